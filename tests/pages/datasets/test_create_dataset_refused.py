"""Create dataset: what is wrong with what was entered, and what AWS refuses of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from console.local.models import Dataset, DatasetGroup, Schema
from console.personalize import calls
from tests.pages.datasets.made_datasets import (
    AGE,
    DATASET,
    DATASET_ARN,
    GROUP_ARN,
    HTMX,
    PAGE,
    SCHEMA,
    SCHEMA_ARN,
    create,
    fields,
    focused,
    problems,
    shown_text,
)
from tests.pages.html import text_of
from tests.records.literal_schemas import avro

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


def test_shows_every_problem_and_creates_nothing(operator: Client) -> None:
    text = '{"type": "record", "name": "Users", "fields": [\r\n{"name": "USER_ID", "type": "int"},\r\n{"name": "AGE", "type": "number"}]}'
    answer = create(operator, schema_text=text)
    assert answer.status_code == 422
    assert problems(answer) == [
        "Ln 2, Col 29 · USER_ID · The field USER_ID has the type int. Expected string, without null, as the type USERS has it.",
        'Ln 3, Col 25 · AGE · The field AGE has the type "number". Expected string, int, long, float, double, boolean, or a union of these with null.',
    ]
    assert shown_text(answer) == text.replace("\r\n", "\n")
    assert answer.context["page"].form["name"].value() == "our-readers"
    assert not Schema.objects.filter(name="readers").exists()
    assert not Dataset.objects.filter(arn=DATASET_ARN).exists()


def test_says_on_the_whole_page_what_is_wrong_also_to_htmx(operator: Client) -> None:
    answer = operator.post(PAGE, fields(schema_text="{"), headers=HTMX)
    assert answer.status_code == 422
    assert problems(answer)


HOSTILE = [
    "",
    " \r\n ",
    "not JSON",
    "7",
    "[]",
    "{}",
    "\0",
    "{\0}",
    "[" * 15_000,
    '{"a":' * 4_000,
    "x" * 200_000,
    "</textarea><script>alert(1)</script>",
    '{"type": "record", "name": "Users", "fields": ' + "[" * 40 + "]" * 40 + "}",
    '{"type": "record", "name": {"a": []}, "fields": [{"name": "\\u0000", "type": {"type": {"type": []}}}]}',
    '{"type": "record", "name": "Users", "fields": [{"name": "A", "type": "int", "default": 1e999, "order": {}}]}',
    '{"type": "record", "name": "\\ud800", "fields": [{"name": "\\udfff", "type": "\\ud800"}]}',
    '{"type": "record", "name": "Users", "fields": [{"name": "' + "A" * 19_000 + '", "type": "x"}]}',
    '{"type": "record", "name": "Users", "fields": [' + ",".join(["0"] * 5_000) + "]}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_schemas_get_sentences_and_stay(operator: Client, text: str) -> None:
    answer = create(operator, schema_text=text)
    assert answer.status_code == 422
    assert problems(answer)
    assert shown_text(answer) == text.replace("\r\n", "\n")
    part = operator.post(PAGE, fields(schema_text=text, intent="typing"), headers=HTMX)
    assert part.status_code == 200
    assert problems(part) == problems(answer)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter a name."),
        ({"name": "x" * 100_000}, "Expected at most 63 characters; found 100000."),
        ({"name": "a\0b"}, 'Expected only a-z, A-Z, 0-9, _ and -; found "\\u0000".'),
        ({"schema_name": "my schema"}, "Expected only a-z, A-Z, 0-9, _ and -; found a space."),
        ({"source": ""}, "Choose where the schema comes from."),
        ({"source": "\0"}, "Choose where the schema comes from."),
        ({"source": "existing"}, "Choose a schema from the list, or create a new one."),
        ({"source": "existing", "schema_arn": "readers"}, "Choose a schema from the list, or create a new one."),
        ({"source": "existing", "schema_arn": f"arn:{'x' * 100_000}"}, "Choose a schema from the list, or create a new one."),
        ({"source": "existing", "schema_arn": "arn:\0"}, "Choose a schema from the list, or create a new one."),
    ],
)  # fmt: skip
def test_names_what_is_wrong_with_a_field(operator: Client, changed: dict[str, str], sentence: str) -> None:
    answer = create(operator, **changed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert shown_text(answer) == SCHEMA
    assert not Schema.objects.filter(name="readers").exists()


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"name": "", "schema_name": ""}, 'id="name"'),
        ({"schema_name": "", "schema_text": ""}, 'id="schema_name"'),
        ({"source": ""}, 'id="source-new"'),
    ],
)
def test_one_thing_is_focused_the_first_that_is_wrong(operator: Client, changed: dict[str, str], place: str) -> None:
    answer = create(operator, **changed)
    assert focused(answer) == ["input"]
    focus = answer.content.decode().partition(" autofocus")[0].rpartition("<")[2]
    assert place in focus


def test_validates_what_is_typed_for_htmx_alone(operator: Client) -> None:
    answer = operator.post(PAGE, fields(schema_text=avro(), intent="typing"), headers=HTMX)
    assert "<html" not in answer.content.decode()
    assert problems(answer) == [
        "Ln 1, Col 47 · The schema of the type USERS has 0 metadata fields. Expected 1 to 25 metadata fields beside USER_ID."
    ]
    assert 'hx-swap-oob="true"' in answer.content.decode()


def test_what_aws_may_take_is_a_warning_and_is_sent(operator: Client) -> None:
    text = avro(AGE, name="Members")
    part = operator.post(PAGE, fields(schema_text=text, intent="typing"), headers=HTMX)
    assert "Warnings: 1" in text_of(part)
    assert create(operator, schema_text=text).status_code == 302


def test_a_schema_that_aws_refuses_is_said_with_the_words_of_aws(operator: Client) -> None:
    text = avro({"name": "SINCE", "type": {"type": "long", "logicalType": "timestamp-millis"}})
    answer = create(operator, schema_text=text)
    assert answer.status_code == 422
    assert "The local service refused personalize:CreateSchema on readers." in text_of(answer)
    assert "The field SINCE has a logicalType. Expected a plain long." in text_of(answer)
    assert "Fix what the message names, and try again." in text_of(answer)
    assert shown_text(answer) == text
    assert not Dataset.objects.filter(arn=DATASET_ARN).exists()


def test_a_schema_name_that_is_taken_by_another_schema_is_said_so(
    operator: Client, personalize: "PersonalizeClient"
) -> None:
    personalize.create_schema(name="readers", schema=avro({"name": "CITY", "type": "string", "categorical": True}))
    answer = create(operator)
    assert answer.status_code == 422
    assert "A different schema already has the name readers. Choose another name." in text_of(answer)
    assert not Dataset.objects.filter(arn=DATASET_ARN).exists()


def test_an_existing_schema_that_does_not_fit_is_refused_with_the_reason(
    operator: Client, personalize: "PersonalizeClient"
) -> None:
    personalize.create_schema(name="readers", schema=SCHEMA.replace("USER_ID", "ITEM_ID").replace("Users", "Things"))
    answer = create(operator, source="existing", schema_arn=SCHEMA_ARN)
    assert answer.status_code == 422
    assert "The schema readers does not fit. The schema of the type USERS needs a field USER_ID" in text_of(answer)
    personalize.delete_schema(schemaArn=SCHEMA_ARN)
    personalize.create_schema(name="readers", schema=SCHEMA, domain="ECOMMERCE")
    answer = create(operator, source="existing", schema_arn=SCHEMA_ARN)
    sentence = "The schema readers does not fit. Its domain is E-commerce, and the dataset group's is Custom."
    assert sentence in text_of(answer)


def test_an_existing_schema_that_is_gone_is_said_so(operator: Client) -> None:
    answer = create(operator, source="existing", schema_arn=SCHEMA_ARN)
    assert answer.status_code == 422
    assert f"The given schema does not exist: {SCHEMA_ARN}" in text_of(answer)
    sentence = "This schema does not exist. Choose another one, or create a new one."
    assert answer.context["page"].form.errors["schema_arn"] == [sentence]
    assert sentence in text_of(answer)


@contextmanager
def group_that_goes() -> Iterator[None]:
    """Let a press create its schema, and not its dataset, since the group has gone meanwhile."""
    real = calls.create_dataset

    def after_the_group_went(*arguments: Any) -> str:
        DatasetGroup.objects.filter(name="newsroom").update(settled_status="CREATE FAILED")
        try:
            return real(*arguments)
        finally:
            DatasetGroup.objects.filter(name="newsroom").update(settled_status="ACTIVE")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calls, "create_dataset", after_the_group_went)
        yield


def test_a_schema_without_its_dataset_is_said_and_chosen(operator: Client) -> None:
    with group_that_goes():
        schema_alone = create(operator)
    assert schema_alone.status_code == 422
    text = text_of(schema_alone)
    assert "The schema readers was created, but the dataset was not created." in text
    assert f"The local service refused personalize:CreateDataset on {GROUP_ARN}." in text
    assert "has the status CREATE FAILED; it must be ACTIVE." in text
    page = schema_alone.content.decode()
    assert 'id="source-existing" name="source" value="existing" checked' in page
    assert f'<option value="{SCHEMA_ARN}" selected>readers</option>' in page
    assert shown_text(schema_alone) == SCHEMA
    again = create(operator, source="existing", schema_arn=SCHEMA_ARN)
    assert again["Location"] == DATASET


def test_a_schema_that_was_there_before_is_not_said_to_be_created(operator: Client) -> None:
    with group_that_goes():
        create(operator)
        again = create(operator)
    assert "The schema readers existed already, but the dataset was not created." in text_of(again)


def test_a_group_that_is_not_there_is_said_to_be_so(operator: Client) -> None:
    for answer in (
        operator.get("/local/dataset-groups/missing/datasets/users/create-dataset/"),
        operator.post("/local/dataset-groups/missing/datasets/users/create-dataset/", fields()),
    ):
        assert answer.status_code == 404
        assert "The given dataset group does not exist" in text_of(answer)
    assert shown_text(answer) == SCHEMA


@pytest.mark.usefixtures("broken_environment")
def test_aws_that_is_not_reached_is_said(operator: Client) -> None:
    page = PAGE.replace("local", "broken")
    for answer in (operator.get(page), operator.post(page, fields())):
        assert answer.status_code == 502
        assert "AWS could not be reached at http://127.0.0.1:" in text_of(answer)
    assert shown_text(answer) == SCHEMA
    assert answer.context["page"].form["name"].value() == "our-readers"


def test_says_at_once_that_a_domain_has_no_dataset_of_the_type(operator: Client) -> None:
    answer = operator.get("/local/dataset-groups/video-streaming/datasets/actions/create-dataset/")
    sentence = "A dataset group in the domain Video on demand cannot have an Actions dataset."
    assert f"{sentence} Create it in a dataset group without a domain." in text_of(answer)
    assert 'name="schema_text"' not in answer.content.decode()
