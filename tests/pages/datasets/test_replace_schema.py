"""Replace schema: what is compared, what is refused, what is sent, and by what records are validated afterwards."""

import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.local.models import Dataset, Schema
from tests.pages.configured import forget
from tests.pages.datasets.made_datasets import HTMX, opened, problems, schema_choices
from tests.pages.html import text_of
from tests.support.aws_stand_in import (
    AVRO,
    CONTROL_PLANE,
    DATASET_ARN,
    SCHEMA_ARN,
    Piece,
    Received,
    StandIn,
    http,
)

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

GROUP = "/local/dataset-groups/member-profiles/"
DATASET = f"{GROUP}datasets/users/"
PAGE = f"{DATASET}replace-schema/"
ARN = "arn:aws:personalize:us-east-1:000000000000"
AT_AWS = "/staging/dataset-groups/loyalty/datasets/users/"
PRESENT = [
    {"name": "USER_ID", "type": "string"},
    {"name": "Email", "type": "string"},
    {"name": "FullName", "type": "string"},
    {"name": "Age", "type": "int"},
    {"name": "Gender", "type": "string", "categorical": True},
]
CITY = {"name": "CITY", "type": ["null", "string"]}
RECORD = '[{"USER_ID": "u-1", "Email": "a@b.c", "FullName": "Ada", "Age": 36, "Gender": "F", "CITY": "Bern"}]'


def schema_of(*fields: Any) -> str:
    record = {"type": "record", "name": "Users", "namespace": "com.amazonaws.personalize.schema"}
    return json.dumps({**record, "fields": list(fields), "version": "1.0"})


WITH_CITY = schema_of(*PRESENT, CITY)


def replace(client: Client, page: str = PAGE, **changed: str) -> Any:
    entered = {"source": "new", "schema_name": "with-city", "schema_text": WITH_CITY, "intent": "create"}
    return client.post(page, {"opened": opened(client, page), **entered, **changed})


def schema_now() -> str:
    return Dataset.objects.get(group__name="member-profiles", dataset_type="USERS").schema.name


def added(answer: Any) -> list[str]:
    """Return the fields that a page says are added, the ones of the chosen schema first."""
    part = re.search(r'<ul class="added-fields">(.*?)</ul>', answer.content.decode(), re.DOTALL)
    return [re.sub("<[^>]+>", "", each) for each in re.findall("<li>(.*?)</li>", part[1])] if part else []


def test_opens_with_the_present_schema_in_the_editor(operator: Client) -> None:
    assert f'<a href="{PAGE}">Replace schema</a>' in operator.get(DATASET).content.decode()
    answer = operator.get(PAGE)
    text = re.search(r'<textarea id="schema-text"[^>]*>\n(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    assert text
    assert json.loads(html.unescape(text[1]))["fields"] == PRESENT
    assert "Schema now member-profiles-users-schema" in text_of(answer)
    assert added(answer) == []


def test_shows_the_fields_that_are_added_while_one_types_and_without_a_script(operator: Client) -> None:
    typed = operator.post(PAGE, {"intent": "typing", "schema_text": WITH_CITY}, headers=HTMX)
    assert added(typed) == ["CITY: string, nullable"]
    compared = replace(operator, intent="compare", schema_name="")
    assert (compared.status_code, added(compared)) == (200, ["CITY: string, nullable"])
    assert schema_now() == "member-profiles-users-schema"
    assert not Schema.objects.filter(name="with-city").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            [*PRESENT, {"name": "CITY", "type": "string"}],
            "The new field CITY must allow null, because existing records do not have it.",
        ),
        (
            [*PRESENT[:4], CITY],
            "The new schema has no field Gender. It must keep all fields of the current schema.",
        ),
        (
            [*PRESENT[:3], {"name": "Age", "type": "long"}, PRESENT[4]],
            "The field Age must keep the type and attributes that it has in the current schema.",
        ),
    ],
)
def test_what_aws_would_refuse_is_refused_in_a_sentence_with_its_place(
    operator: Client, fields: list[Any], sentence: str
) -> None:
    text = schema_of(*fields)
    for answer in (replace(operator, schema_text=text), replace(operator, schema_text=text, intent="compare")):
        assert answer.status_code == 422
        assert any(sentence in each for each in problems(answer))
    assert not Schema.objects.filter(name="with-city").exists()
    assert schema_now() == "member-profiles-users-schema"


def test_comparing_by_htmx_says_what_is_wrong(operator: Client) -> None:
    fields = {"source": "new", "schema_name": "with-city", "schema_text": "no schema", "intent": "compare"}
    answer = operator.post(PAGE, fields, headers=HTMX)
    assert (answer.status_code, bool(problems(answer))) == (422, True)
    listed = operator.post(PAGE, {**fields, "intent": "list"}, headers=HTMX)
    assert (listed.status_code, problems(listed)) == (200, [])


def test_replaces_the_schema_and_records_are_validated_by_the_new_one(operator: Client) -> None:
    create = f"{DATASET}create-records/"
    before = operator.post(create, {"record_input": RECORD, "intent": "create"})
    assert before.status_code == 422
    assert "Fields 5" in text_of(operator.get(GROUP))
    answer = replace(operator)
    assert (answer.status_code, answer["Location"]) == (302, DATASET)
    shown = text_of(operator.get(DATASET))
    assert "The schema of the dataset member-profiles-users is being replaced by with-city, which adds CITY." in shown
    assert "Replacement of the schema Active" in shown
    assert schema_now() == "with-city"
    typing = operator.post(create, {"record_input": RECORD, "intent": "typing"}, headers=HTMX)
    assert "CITY" not in text_of(typing)
    assert operator.post(create, {"record_input": RECORD, "intent": "create"}).status_code == 302
    assert "Fields 6" in text_of(operator.get(GROUP))


def test_an_existing_schema_is_offered_only_if_it_can_replace(
    operator: Client, personalize: "PersonalizeClient"
) -> None:
    personalize.create_schema(name="fits", schema=WITH_CITY)
    personalize.create_schema(name="lacks", schema=schema_of(*PRESENT[:4]))
    chosen = {"source": "existing", "schema_arn": f"{ARN}:schema/fits"}
    listed = operator.post(PAGE, {"opened": opened(operator, PAGE), "intent": "list", "source": "existing"})
    assert "fits" in schema_choices(listed)
    assert "lacks" not in schema_choices(listed)
    compared = replace(operator, intent="compare", **chosen)
    assert (compared.status_code, added(compared)) == (200, ["CITY: string, nullable"])
    refused = replace(operator, **{**chosen, "schema_arn": f"{ARN}:schema/lacks"})
    assert refused.status_code == 422
    assert "The schema lacks does not fit. The new schema has no field Gender." in text_of(refused)
    same = replace(operator, **{**chosen, "schema_arn": f"{ARN}:schema/member-profiles-users-schema"})
    assert "This is the schema that the dataset has now." in text_of(same)
    assert replace(operator, **chosen).status_code == 302
    assert schema_now() == "fits"


def test_two_presses_of_a_page_replace_once(operator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    fields = {"opened": opened(operator, PAGE), "source": "new", "schema_name": "with-city", "intent": "create"}
    for _ in range(2):
        assert operator.post(PAGE, {**fields, "schema_text": WITH_CITY}).status_code == 302
    assert "The schema is being replaced. It can be replaced again once that has ended." in text_of(operator.get(PAGE))
    other = replace_while_busy(operator)
    assert (other.status_code, "Nothing was replaced." in text_of(other)) == (409, True)
    assert not Schema.objects.filter(name="other").exists()


def replace_while_busy(client: Client) -> Any:
    return client.post(PAGE, {"source": "new", "schema_name": "other", "schema_text": WITH_CITY, "intent": "create"})


def test_other_types_keep_their_schemas(operator: Client) -> None:
    page = "/local/dataset-groups/loyalty-programme/datasets/interactions/"
    sentence = "Amazon Personalize does not replace the schemas of Item interactions datasets."
    assert sentence in text_of(operator.get(page))
    answer = operator.get(f"{page}replace-schema/")
    assert (sentence in text_of(answer), 'name="schema_text"' in answer.content.decode()) == (True, False)


def test_a_schema_that_cannot_be_read_is_not_replaced(operator: Client) -> None:
    Schema.objects.filter(name="member-profiles-users-schema").update(text="{")
    assert "The schema of this dataset cannot be read" in text_of(operator.get(PAGE))


def test_a_text_with_a_schema_in_it_is_taken_first(operator: Client) -> None:
    answer = replace(operator, schema_text=f"users_schema = {WITH_CITY}")
    assert answer.status_code == 422
    assert "Nothing was replaced yet. The schema was taken from" in text_of(answer)
    assert added(answer) == ["CITY: string, nullable"]


def test_viewers_replace_nothing(viewer: Client) -> None:
    assert viewer.get(PAGE).status_code == 403
    assert "Your role, viewer, may not replace schemas." in text_of(viewer.get(PAGE))


def test_what_was_typed_comes_back_where_the_form_expired(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    typed_by = str(operator.get(PAGE).context["user"].pk)
    typed = {"schema_name": "mine", "source": "new", "schema_text": WITH_CITY, "typed_by": typed_by}
    answer = strict.post(PAGE, {**typed, "intent": "create"})
    assert (answer.status_code, "so nothing was replaced." in text_of(answer)) == (403, True)
    assert 'value="mine"' in answer.content.decode()


AWS_CITY = json.dumps({**AVRO, "fields": [*AVRO["fields"], CITY]})


def answer_otherwise(aws: StandIn, answers: dict[str, Any]) -> None:
    usual = aws.answer

    def answer(received: Received) -> list[Piece]:
        other = answers.get(received.operation)
        return list(usual(received)) if other is None else [http(*other)]

    aws.answer = answer


def at_aws(client: Client, **changed: str) -> Any:
    return replace(client, f"{AT_AWS}replace-schema/", **{"schema_text": AWS_CITY, **changed})


def test_aws_gets_the_schema_and_then_the_dataset(operator: Client, aws: StandIn) -> None:
    assert at_aws(operator).status_code == 302
    (created,), (updated,) = aws.of("CreateSchema"), aws.of("UpdateDataset")
    assert json.loads(created.body) == {"name": "with-city", "schema": AWS_CITY}
    assert json.loads(updated.body) == {"datasetArn": DATASET_ARN, "schemaArn": SCHEMA_ARN}


def test_a_refusal_of_aws_keeps_the_schema_that_was_created(operator: Client, aws: StandIn) -> None:
    answer_otherwise(aws, {"UpdateDataset": (400, b'{"__type": "InvalidInputException", "message": "No."}')})
    answer = at_aws(operator)
    text = text_of(answer)
    assert answer.status_code == 422
    assert "The schema with-city was created, but the schema of the dataset was not replaced." in text
    assert f"AWS refused personalize:UpdateDataset on {DATASET_ARN}." in text


def test_a_replacement_that_failed_is_said_on_the_page_of_the_dataset(operator: Client, aws: StandIn) -> None:
    dataset = CONTROL_PLANE["DescribeDataset"]["dataset"]
    update = {"schemaArn": SCHEMA_ARN, "status": "CREATE FAILED", "failureReason": "A field is gone."}
    body = json.dumps({"dataset": {**dataset, "latestDatasetUpdate": update}}).encode()
    answer_otherwise(aws, {"DescribeDataset": (200, body)})
    assert "Replacement of the schema Create failed A field is gone." in text_of(operator.get(AT_AWS))


@pytest.mark.parametrize("read_only", [True, False], ids=["read-only", "guarded"])
def test_read_only_refuses_and_guarded_confirms(
    operator: Client, aws: StandIn, settings: LazySettings, read_only: bool
) -> None:
    page = f"{AT_AWS}replace-schema/"
    file = Path(settings.CONSOLE_ENVIRONMENTS)
    file.write_text(f"{file.read_text()}{'read_only' if read_only else 'guarded'} = true\n")
    forget()
    fields = {"source": "new", "schema_name": "with-city", "schema_text": AWS_CITY, "intent": "create"}
    assert operator.post(page, fields).status_code == (403 if read_only else 422)
    assert not aws.of("CreateSchema") + aws.of("UpdateDataset")
    if not read_only:
        assert operator.post(page, {**fields, "confirmation": "loyalty"}).status_code == 302
