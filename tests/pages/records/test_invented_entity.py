"""A dataset type is data: an invented one has its pages, from the dataset to the Response, by one value.

botocore takes its operation from a file beside its own models, as it would from a new release.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader
from django.conf import LazySettings
from django.test import Client

from console.personalize.connections import configuration
from console.records.entities import ENTITIES, Entity
from console.records.schemas.dataset_types import CUSTOM, Keyword, TypeRules
from console.submissions.models import Submission
from tests.pages.configured import forget
from tests.pages.html import text_of
from tests.support.aws_stand_in import (
    CONTROL_PLANE,
    DATASET,
    DATASET_ARN,
    GROUP_ARN,
    SCHEMA,
    SCHEMA_ARN,
    Piece,
    Received,
    StandIn,
    as_aws_answers,
    http,
    stand_in,
)

WIDGETS = Entity(
    "WIDGETS",
    "widget",
    "a",
    "Widgets",
    "WIDGET_ID",
    "PutWidgets",
    longest_properties=4_000,
    contents="data about widgets, such as size",
    example=("SIZES", "Small|Large"),
    most_per_call=3,
    calls_per_second=5,
)
ARN = DATASET_ARN.replace("USERS", "WIDGETS")
OF_WIDGETS = {**DATASET, "name": "loyalty-widgets", "datasetArn": ARN, "datasetType": "WIDGETS"}
AVRO = {
    "type": "record",
    "name": "Widgets",
    "namespace": "com.amazonaws.personalize.schema",
    "fields": [{"name": "WIDGET_ID", "type": "string"}, {"name": "SIZE", "type": "int"}],
    "version": "1.0",
}
# As botocore's own models are, in a file of what is added to one of them.
OPERATION = {
    "version": 1.0,
    "merge": {
        "operations": {
            "PutWidgets": {
                "name": "PutWidgets",
                "http": {"method": "POST", "requestUri": "/widgets"},
                "input": {"shape": "PutWidgetsRequest"},
                "errors": [{"shape": "InvalidInputException"}],
            }
        },
        "shapes": {
            "PutWidgetsRequest": {
                "type": "structure",
                "required": ["datasetArn", "widgets"],
                "members": {"datasetArn": {"shape": "Arn"}, "widgets": {"shape": "WidgetList"}},
            },
            "WidgetList": {"type": "list", "member": {"shape": "Widget"}, "max": 3, "min": 1},
            "Widget": {
                "type": "structure",
                "required": ["widgetId"],
                "members": {
                    "widgetId": {"shape": "StringType"},
                    "properties": {"shape": "WidgetProperties", "jsonvalue": True},
                },
            },
            "WidgetProperties": {"type": "string", "max": 4000, "min": 1},
        },
    },
}
GROUP = "/staging/dataset-groups/loyalty/"
PAGE = f"{GROUP}datasets/widgets/create-records/"
RECORD = '{"WIDGET_ID": "w-1", "SIZE": 34}'


def answer(received: Received) -> Iterable[Piece]:
    """Answer as AWS does, of a dataset group whose only dataset is one of widgets."""
    described = {**OF_WIDGETS, "datasetGroupArn": GROUP_ARN, "schemaArn": SCHEMA_ARN}
    own: dict[str, Any] = {
        "ListDatasets": {"datasets": [OF_WIDGETS]},
        "DescribeDataset": {"dataset": described},
        "DescribeSchema": {"schema": {**SCHEMA, "schema": json.dumps(AVRO)}},
    }
    if received.operation == "PutWidgets":
        return [http(200)]
    if received.operation in own:
        return [http(200, json.dumps(own[received.operation]).encode())]
    assert received.operation in CONTROL_PLANE | {"GetCallerIdentity": None}
    return as_aws_answers(received)


def answer_without_datasets(received: Received) -> Iterable[Piece]:
    """Answer as AWS does, of a dataset group that has no dataset yet."""
    if received.operation == "ListDatasets":
        return [http(200, b'{"datasets": []}')]
    return as_aws_answers(received)


@pytest.fixture(params=[answer])
def aws(
    request: pytest.FixtureRequest, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[StandIn]:
    """What stands for an AWS that has widgets, and an environment `staging` that leads to it."""
    models = tmp_path / "models" / "personalize-events" / "2018-03-22"
    models.mkdir(parents=True)
    (models / "service-2.sdk-extras.json").write_text(json.dumps(OPERATION))
    monkeypatch.setattr(configuration, "LOADER", Loader(extra_search_paths=[str(tmp_path / "models")]))
    monkeypatch.setitem(ENTITIES, WIDGETS.dataset_type, WIDGETS)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    file = tmp_path / "environments.toml"
    with stand_in(request.param) as found:
        file.write_text(
            f'[[environments]]\nname = "staging"\nlabel = "Staging"\nregion = "us-west-2"\nendpoint_url = "{found.url}"\n'
        )
        settings.CONSOLE_ENVIRONMENTS = str(file)
        forget()
        yield found
    forget()


@pytest.mark.usefixtures("aws")
def test_its_dataset_is_listed_and_shown(operator: Client) -> None:
    datasets = operator.get(f"{GROUP}datasets/")
    assert f'href="{GROUP}datasets/widgets/">loyalty-widgets</a>' in datasets.content.decode()
    assert "loyalty-widgets Widgets Active" in text_of(datasets)
    details = operator.get(f"{GROUP}datasets/widgets/")
    assert f'<a href="{PAGE}">Create record</a>' in details.content.decode()
    assert "A Widgets dataset contains data about widgets, such as size." in text_of(details)


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("aws", [answer_without_datasets], indirect=True)
def test_its_dataset_is_created_from_a_schema_of_its_name(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CUSTOM, "WIDGETS", TypeRules({"WIDGET_ID": Keyword(("string",))}))
    assert "Create Widgets dataset Widgets Not created" in text_of(operator.get(f"{GROUP}datasets/"))
    page = operator.get(f"{GROUP}datasets/widgets/create-dataset/")
    assert page.status_code == 200
    assert "A Widgets dataset contains data about widgets, such as size." in text_of(page)
    fields = '"fields": [ { "name": "WIDGET_ID", "type": "string" } ]'
    assert f'"name": "Widgets", "namespace": "com.amazonaws.personalize.schema", {fields}' in text_of(page)

    misnamed = json.dumps({**AVRO, "name": "Gadgets"})
    page = operator.post(
        f"{GROUP}datasets/widgets/create-dataset/", {"source": "new", "schema_text": misnamed, "intent": "typing"}
    )
    assert 'The schema has the name “Gadgets”. AWS\'s documents expect "Widgets" there.' in text_of(page)


def test_its_records_are_created(operator: Client, aws: StandIn) -> None:
    page = operator.get(PAGE)
    text = text_of(page)
    assert "Create widget record(s)" in text
    assert (
        "Add 1 to 3 widgets to the Widgets dataset. An existing widget with the same WIDGET_ID is replaced as a whole"
        in text
    )
    assert "A dataset group accepts 5 PutWidgets calls per second." in text
    assert json.loads(page.context["page"].text) == {"WIDGET_ID": "string", "SIZE": "int"}

    created = operator.post(PAGE, {"record_input": RECORD, "intent": "create"}, follow=True)
    assert "Success: 1 widget record created or replaced." in text_of(created)
    assert "1 w-1 New to this console" in text_of(created)
    (received,) = aws.of("PutWidgets")
    assert json.loads(received.body) == {
        "datasetArn": ARN,
        "widgets": [{"widgetId": "w-1", "properties": '{"size":34}'}],
    }
    submission = Submission.objects.get()
    assert (submission.dataset_type, submission.dataset_arn, submission.record_ids) == ("WIDGETS", ARN, "w-1")


@pytest.mark.usefixtures("aws")
def test_what_was_sent_is_known(operator: Client) -> None:
    operator.post(PAGE, {"record_input": RECORD, "intent": "create"})
    changed = operator.post(PAGE, {"record_input": RECORD.replace("34", "35"), "intent": "validate"})
    assert "aws personalize-events put-widgets" in text_of(changed)
    assert "Changes: size ." in text_of(changed)
    loaded = operator.get(f"{PAGE}?known_record=w-1")
    assert json.loads(loaded.context["page"].text) == {"WIDGET_ID": "w-1", "SIZE": 34}
    history = operator.get(f"{GROUP}datasets/widgets/record-history/?record_id=w-1")
    assert "Widget history" in text_of(history)
    submission = operator.get(f"{GROUP}submissions/{Submission.objects.get().pk}/")
    assert f'href="{GROUP}datasets/widgets/record-history/?record_id=w-1"' in submission.content.decode()


def test_what_is_wrong_with_its_records_is_said(operator: Client, aws: StandIn) -> None:
    four = json.dumps([{"WIDGET_ID": f"w-{number}", "SIZE": number} for number in range(4)])
    answer = operator.post(PAGE, {"record_input": four, "intent": "create"})
    assert answer.status_code == 422
    assert "Expected 1 to 3 widgets at a time; found 4" in text_of(answer)
    answer = operator.post(PAGE, {"record_input": '{"WIDGET_ID": "w", "SIZE": "big"}', "intent": "create"})
    assert answer.status_code == 422
    assert not aws.of("PutWidgets")
