"""The list of an environment's schemas, the page of one, and its deletion."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from console.local.models import Dataset, Schema
from tests.pages.configured import forget
from tests.pages.html import rows_of, text_of
from tests.support.aws_stand_in import DATASET, GROUP, SCHEMA_ARN, Piece, Received, StandIn, http

LIST = "/local/schemas/"
USED = f"{LIST}loyalty-programme-users-schema/"
UNUSED = f"{LIST}spare/"
AVRO = '{"type": "record", "name": "Users", "fields": [{"name": "USER_ID", "type": "string"}]}'


@pytest.fixture
def spare(demo: None) -> Schema:
    """A schema that no dataset has."""
    arn = "arn:aws:personalize:us-east-1:000000000000:schema/spare"
    return Schema.objects.create(account="000000000000", region="us-east-1", arn=arn, name="spare", text=AVRO)


def test_lists_schemas_and_finds_them_by_name(viewer: Client, spare: Schema) -> None:
    assert rows_of(viewer.get(LIST))[0][:2] == ["spare", "Custom"]
    assert [row[0] for row in rows_of(viewer.get(f"{LIST}?filter=SPARE"))] == ["spare"]
    assert '<a href="/local/schemas/" aria-current="page">Schemas</a>' in viewer.get(LIST).content.decode()


@pytest.mark.parametrize(("view", "leads_to"), [("details", UNUSED), ("delete", f"{UNUSED}delete-schema/")])
def test_a_chosen_schema_leads_on(operator: Client, spare: Schema, view: str, leads_to: str) -> None:
    assert operator.get(f"{LIST}?view={view}&selected=spare")["Location"] == leads_to
    answer = operator.get(f"{LIST}?view={view}&selected=nothing")
    assert (answer.status_code, "Choose a schema first." in text_of(answer)) == (422, True)


def test_a_schema_has_its_details_and_the_datasets_that_use_it(operator: Client) -> None:
    answer = operator.get(USED)
    text = text_of(answer)
    assert "Schema name loyalty-programme-users-schema Domain Custom" in text
    assert "arn:aws:personalize:us-east-1:000000000000:schema/loyalty-programme-users-schema Copy ARN" in text
    assert '"name": "MEMBERSHIP_TYPE"' in text
    assert "Datasets with this schema (1)" in text
    users = "/local/dataset-groups/loyalty-programme/datasets/users/"
    assert f'<a href="{users}">loyalty-programme-users</a>' in answer.content.decode()
    assert f'<a href="{USED}">loyalty-programme-users-schema</a>' in operator.get(users).content.decode()
    reason = "The dataset loyalty-programme-users of the dataset group loyalty-programme uses this schema."
    assert reason in text
    assert f"{USED}delete-schema/" not in answer.content.decode()


def test_a_schema_that_cannot_be_read_says_so(viewer: Client, spare: Schema) -> None:
    Schema.objects.filter(name="spare").update(text="{")
    assert "This schema cannot be read, so its fields cannot be shown." in text_of(viewer.get(UNUSED))


def test_a_schema_in_use_is_not_deleted(operator: Client) -> None:
    page = f"{USED}delete-schema/"
    assert 'name="deletion"' not in operator.get(page).content.decode()
    answer = operator.post(page, {"deletion": "loyalty-programme-users-schema"})
    assert answer.status_code == 422
    assert "Delete that dataset first, or replace its schema." in text_of(answer)
    assert Schema.objects.filter(name="loyalty-programme-users-schema").exists()


def test_a_schema_of_several_datasets_says_how_many(operator: Client, spare: Schema) -> None:
    Dataset.objects.filter(dataset_type="USERS", group__name__in=["loyalty-programme", "online-shop"]).update(
        schema=spare
    )
    assert "and 1 other dataset use this schema." in text_of(operator.get(UNUSED))


@pytest.mark.parametrize("typed", ["", "Spare", "delete"])
def test_nothing_is_deleted_until_the_name_is_typed(operator: Client, spare: Schema, typed: str) -> None:
    answer = operator.post(f"{UNUSED}delete-schema/", {"deletion": typed})
    assert (answer.status_code, "Nothing was deleted. Type spare to confirm." in text_of(answer)) == (422, True)
    assert Schema.objects.filter(name="spare").exists()


def test_a_schema_is_deleted_once_and_a_second_press_finds_it_gone(operator: Client, spare: Schema) -> None:
    answer = operator.post(f"{UNUSED}delete-schema/", {"deletion": " spare "}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "The schema spare was deleted." in text_of(answer)
    assert not Schema.objects.filter(name="spare").exists()
    again = operator.post(f"{UNUSED}delete-schema/", {"deletion": "spare"}, follow=True)
    assert "This schema no longer exists." in text_of(again)
    assert operator.get(f"{UNUSED}delete-schema/").status_code == 404


def test_a_viewer_deletes_no_schema(viewer: Client, spare: Schema) -> None:
    answer = viewer.post(f"{UNUSED}delete-schema/", {"deletion": "spare"})
    sentence = (
        "Your role, viewer, may not delete dataset groups, datasets or schemas. Ask an administrator for a role."
    )
    assert (answer.status_code, sentence in text_of(answer)) == (403, True)
    assert "delete-schema" not in viewer.get(UNUSED).content.decode()


def answer_otherwise(aws: StandIn, operation: str, *pieces: Piece) -> None:
    usual = aws.answer
    aws.answer = lambda received: pieces if received.operation == operation else usual(received)


def test_of_aws_the_datasets_of_a_schema_are_asked_once_in_a_while(operator: Client, aws: StandIn) -> None:
    page = "/staging/schemas/loyalty-users/"
    assert rows_of(operator.get(page))[0] == ["loyalty-users", "Users", "loyalty"]
    operator.get(page)
    assert len(aws.of("ListDatasets")) == 1


@pytest.mark.parametrize("failing", ["ListDatasets", "DescribeDataset"])
def test_what_aws_does_not_say_is_not_taken_for_none(operator: Client, aws: StandIn, failing: str) -> None:
    answer_otherwise(aws, failing, http(400, b'{"__type": "AccessDeniedException", "message": "No."}'))
    answer = operator.get("/staging/schemas/loyalty-users/")
    assert answer.status_code == 200
    assert "Datasets with this schema (0+) No datasets found Not all datasets could be checked" in text_of(answer)
    deleted = operator.get("/staging/schemas/loyalty-users/delete-schema/")
    assert "It is not known of all datasets whether one uses it" in text_of(deleted)


def test_only_the_newest_dataset_groups_of_aws_are_asked(operator: Client, aws: StandIn) -> None:
    groups = [{**GROUP, "name": f"group-{number}"} for number in range(21)]
    others = {**DATASET, "datasetGroupArn": "any", "schemaArn": f"{SCHEMA_ARN}-other"}

    def answer(received: Received) -> list[Piece]:
        found = {"ListDatasetGroups": {"datasetGroups": groups}, "DescribeDataset": {"dataset": others}}
        if received.operation in found:
            return [http(200, json.dumps(found[received.operation]).encode())]
        return list(usual(received))

    usual, aws.answer = aws.answer, answer
    assert "Not all datasets could be checked" in text_of(operator.get("/staging/schemas/loyalty-users/"))
    assert len(aws.of("ListDatasets")) == 20


def test_aws_refuses_to_delete_a_schema_in_use_in_a_sentence(operator: Client, aws: StandIn) -> None:
    answer_otherwise(aws, "ListDatasets", http(200, b'{"datasets": []}'))
    body = b'{"__type": "ResourceInUseException", "message": "The schema is in use."}'
    usual = aws.answer
    aws.answer = lambda received: [http(400, body)] if received.operation == "DeleteSchema" else usual(received)
    answer = operator.post("/staging/schemas/loyalty-users/delete-schema/", {"deletion": "loyalty-users"})
    text = text_of(answer)
    assert answer.status_code == 422
    assert f"AWS refused personalize:DeleteSchema on {SCHEMA_ARN}." in text
    assert "Delete the datasets that use this schema first, or replace their schema." in text
    assert "The schema is in use." in text


def test_a_read_only_environment_deletes_no_schema(operator: Client, aws: StandIn, settings: LazySettings) -> None:
    file = Path(settings.CONSOLE_ENVIRONMENTS)
    file.write_text(file.read_text() + "read_only = true\n")
    forget()
    page = "/staging/schemas/loyalty-users/"
    assert operator.post(f"{page}delete-schema/", {"deletion": "loyalty-users"}).status_code == 403
    assert "The environment Staging is read-only: nothing can be created or deleted in it" in text_of(
        operator.get(page)
    )
    assert not aws.of("DeleteSchema")
