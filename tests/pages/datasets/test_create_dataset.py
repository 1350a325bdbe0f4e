"""Create dataset: a schema that exists or a new one, and then the dataset."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.local.models import Dataset, Schema
from console.pages.datasets import fitting_schemas
from console.personalize import calls
from tests.pages.datasets.made_datasets import (
    DATASET,
    DATASET_ARN,
    GROUP,
    HTMX,
    PAGE,
    SCHEMA,
    SCHEMA_ARN,
    create,
    fields,
    focused,
    list_schemas,
    opened,
    problems,
    schema_choices,
    shown_text,
)
from tests.pages.html import rows_of, text_of

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


@pytest.mark.parametrize(
    ("domain", "field"),
    [("", "GENDER"), ("ECOMMERCE", "MEMBERSHIP_STATUS"), ("VIDEO_ON_DEMAND", "SUBSCRIPTION_MODEL")],
)
def test_opens_with_the_schema_of_the_domain_which_can_be_created_as_it_is(
    operator: Client, personalize: "PersonalizeClient", domain: Any, field: str
) -> None:
    personalize.create_dataset_group(name="club", **({"domain": domain} if domain else {}))
    page = "/local/dataset-groups/club/datasets/users/create-dataset/"
    text = shown_text(operator.get(page))
    assert json.loads(text)["fields"][-1] == {"name": field, "type": "string", "categorical": True}
    answer = create(operator, page, schema_text=text)
    assert (answer.status_code, answer["Location"]) == (302, "/local/dataset-groups/club/datasets/users/")
    assert personalize.describe_schema(schemaArn=SCHEMA_ARN)["schema"].get("domain", "") == domain


@pytest.mark.parametrize(
    ("slug", "rules"),
    [
        (
            "users",
            "Required: USER_ID (string). "
            "Metadata fields: 1 to 25, of type string, int, long, float, double or boolean, each with or without null. "
            "At least one must be a categorical string or a number.",
        ),
        (
            "items",
            "Required: ITEM_ID (string). Optional, with a meaning of their own: CREATION_TIMESTAMP. "
            "Metadata fields: 1 to 100, of type string, int, long, float, double or boolean, each with or without null. "
            "At least one must be a categorical string, a textual one or a number. One can be textual.",
        ),
        (
            "interactions",
            "Required: USER_ID (string), ITEM_ID (string), TIMESTAMP (long). Optional, with a meaning of their own: "
            "EVENT_TYPE, EVENT_VALUE, IMPRESSION, RECOMMENDATION_ID, EVENT_ATTRIBUTION_SOURCE. "
            "Metadata fields: up to 5, of type string, int, long, float, double or boolean, each with or without null.",
        ),
        (
            "action-interactions",
            "Required: USER_ID (string), ACTION_ID (string), EVENT_TYPE (string), TIMESTAMP (long). "
            "Optional, with a meaning of their own: IMPRESSION, RECOMMENDATION_ID. "
            "Metadata fields: up to 5, of type string, int, long, float, double or boolean, each with or without null.",
        ),
    ],
)
def test_says_what_a_schema_of_the_type_must_and_may_have(
    operator: Client, personalize: "PersonalizeClient", slug: str, rules: str
) -> None:
    personalize.create_dataset_group(name="club")
    answer = operator.get(f"/local/dataset-groups/club/datasets/{slug}/create-dataset/")
    hint = text_of(answer).partition("Avro JSON. A schema cannot be changed later. ")[2]
    assert hint.replace(" ,", ",").replace(" .", ".").startswith(f"{rules} Esc, then Tab")


def test_says_what_the_schema_of_a_domain_must_have(operator: Client, personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="club", domain="ECOMMERCE")
    text = text_of(operator.get("/local/dataset-groups/club/datasets/items/create-dataset/"))
    assert "Required: ITEM_ID (string), PRICE (float), CATEGORY_L1 (categorical string)." in text
    assert "Metadata fields: up to 100, of type" in text


def test_says_which_reserved_fields_count_as_metadata(operator: Client, personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="club", domain="VIDEO_ON_DEMAND")
    text = text_of(operator.get("/local/dataset-groups/club/datasets/users/create-dataset/"))
    assert "Metadata fields: 1 to 25, SUBSCRIPTION_MODEL included, of type" in text


@pytest.mark.parametrize("slug", ["users", "items", "actions", "interactions", "action-interactions"])
def test_each_type_is_created_with_the_schema_that_its_page_opens_with(
    operator: Client, personalize: "PersonalizeClient", slug: str
) -> None:
    personalize.create_dataset_group(name="club")
    page = f"/local/dataset-groups/club/datasets/{slug}/create-dataset/"
    answer = create(operator, page, schema_text=shown_text(operator.get(page)))
    assert (answer.status_code, answer["Location"]) == (302, f"/local/dataset-groups/club/datasets/{slug}/")


def test_creates_the_schema_and_the_dataset_and_goes_there(operator: Client, personalize: "PersonalizeClient") -> None:
    answer = create(operator, name=" our-readers ", schema_name=" readers ", schema_text=SCHEMA.replace(", ", ",\r\n"))
    assert (answer.status_code, answer["Location"]) == (302, DATASET)
    text = text_of(operator.get(DATASET))
    assert "The creation of the dataset our-readers has started. Once it is Active, records can be created." in text
    assert "AGE age int No No" in text
    dataset = personalize.describe_dataset(datasetArn=DATASET_ARN)["dataset"]
    assert (dataset["name"], dataset["schemaArn"], dataset["datasetType"]) == ("our-readers", SCHEMA_ARN, "USERS")
    assert personalize.describe_schema(schemaArn=SCHEMA_ARN)["schema"]["schema"] == SCHEMA.replace(", ", ",\n")


def test_a_schema_that_existed_already_is_said_to_be_used(operator: Client, personalize: "PersonalizeClient") -> None:
    personalize.create_schema(name="readers", schema=SCHEMA)
    create(operator, name="our-readers", schema_name="readers", schema_text=SCHEMA)
    said = "has started, with the schema readers, which existed already and is the same. Once it is Active"
    assert f"The creation of the dataset our-readers {said}" in text_of(operator.get(DATASET))


def test_item_interactions_are_said_to_need_an_event_tracker(
    operator: Client, personalize: "PersonalizeClient"
) -> None:
    personalize.create_dataset_group(name="club")
    page = "/local/dataset-groups/club/datasets/interactions/create-dataset/"
    answer = create(operator, page, schema_text=shown_text(operator.get(page)))
    said = "has started. Once it and an event tracker are Active, records can be created."
    assert said in text_of(operator.get(answer["Location"]))


def test_records_can_be_created_in_it(operator: Client, personalize: "PersonalizeClient") -> None:
    create(operator)
    record = {"record_input": '{"USER_ID": "ada", "AGE": 36}', "intent": "create"}
    answer = operator.get(operator.post(f"{DATASET}create-records/", record)["Location"])
    assert "Success: 1 user record created or replaced." in text_of(answer)


def test_a_dataset_on_its_way_is_shown_so(operator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    assert "Status Create pending" in text_of(operator.get(create(operator)["Location"]))


def test_uses_an_existing_schema(operator: Client, personalize: "PersonalizeClient") -> None:
    personalize.create_schema(name="readers", schema=SCHEMA)
    answer = create(operator, source="existing", schema_arn=SCHEMA_ARN, schema_name="", schema_text="not JSON")
    assert answer["Location"] == DATASET
    assert personalize.describe_dataset(datasetArn=DATASET_ARN)["dataset"]["schemaArn"] == SCHEMA_ARN


def test_offers_the_schemas_that_fit_newest_first(operator: Client, personalize: "PersonalizeClient") -> None:
    items = SCHEMA.replace("USER_ID", "ITEM_ID").replace("Users", "Items")
    for name, schema in (("older", SCHEMA), ("of-items", items), ("newer", SCHEMA)):
        personalize.create_schema(name=name, schema=schema)
    personalize.create_schema(name="of-a-shop", schema=SCHEMA, domain="ECOMMERCE")
    choices = schema_choices(list_schemas(operator))
    assert choices[:2] == ["newer", "older"]
    assert "of-items" not in choices
    assert "of-a-shop" not in choices
    assert "loyalty-programme-users-schema" in choices
    assert "online-shop-users-schema" not in choices


def test_lists_more_schemas_at_a_press_and_keeps_what_was_entered(
    operator: Client, personalize: "PersonalizeClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting_schemas, "SCHEMAS_AT_A_TIME", 2)
    for number in range(3):
        personalize.create_schema(name=f"readers-{number}", schema=SCHEMA)
    first = list_schemas(operator)
    assert schema_choices(first) == ["readers-2", "readers-1"]
    assert 'name="schemas_from" value="2">List older schemas' in first.content.decode()
    second = operator.post(PAGE, {**fields(name="typed", intent=""), "schemas_from": "2"})
    assert second.status_code == 200
    assert "Enter a name." not in text_of(list_schemas(operator, name="", schemas_from="2"))
    assert focused(second) == ["select"]
    assert schema_choices(second)[0] == "readers-0"
    assert second.context["page"].form["name"].value() == "typed"
    assert 'name="schemas_from" value="0">List newer schemas' in second.content.decode()
    assert not Schema.objects.filter(name="readers").exists()


@pytest.mark.parametrize("start", ["-1", "x", "٣", "99999", "9999", "\0", "9" * 6000])
def test_a_position_that_is_none_lists_schemas_all_the_same(operator: Client, start: str) -> None:
    assert operator.post(PAGE, {**fields(intent=""), "schemas_from": start}).status_code == 200


def test_a_schema_of_the_same_name_and_contents_is_used(operator: Client, personalize: "PersonalizeClient") -> None:
    personalize.create_schema(name="readers", schema=json.dumps(json.loads(SCHEMA), indent=4))
    assert create(operator)["Location"] == DATASET


def test_two_presses_of_one_page_create_once(operator: Client) -> None:
    moment = opened(operator)
    answers = [operator.post(PAGE, {"opened": moment, **fields()}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [DATASET, DATASET]
    assert Dataset.objects.filter(arn=DATASET_ARN).count() == Schema.objects.filter(name="readers").count() == 1


def test_a_press_during_another_one_creates_once(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    moment, real, presses = opened(operator), calls.create_dataset, []

    def pressed_twice(*arguments: Any) -> str:
        monkeypatch.setattr(calls, "create_dataset", real)
        presses.append(operator.post(PAGE, {"opened": moment, **fields()}))
        return real(*arguments)

    monkeypatch.setattr(calls, "create_dataset", pressed_twice)
    presses.append(operator.post(PAGE, {"opened": moment, **fields()}))
    assert [answer["Location"] for answer in presses] == [DATASET, DATASET]


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "another"},
        {"schema_name": "another"},
        {"opened": "2020-01-01T00:00:00+00:00"},
        {"opened": "0001-01-01T00:00:00+14:00"},
        {"opened": "9999-12-31T23:59:59-14:00"},
        {"opened": "9999-12-31T23:59:59+00:00"},
        {"opened": ""},
    ],
)
def test_what_is_not_the_same_press_meets_the_dataset_that_there_is(operator: Client, changed: dict[str, str]) -> None:
    moment = opened(operator)
    operator.post(PAGE, {"opened": moment, **fields()})
    Dataset.objects.filter(arn=DATASET_ARN).update(
        created_at="2020-06-01T00:00:00Z" if changed.get("opened") else moment
    )
    answer = operator.post(PAGE, {"opened": moment, **fields(), **changed})
    assert answer.status_code == 409
    assert "Nothing was created. This dataset group already has a Users dataset, and can have only one." in text_of(
        answer
    )
    assert shown_text(answer) == SCHEMA
    assert not Schema.objects.filter(name="another").exists()


def test_asks_for_no_schemas_before_one_of_them_is_wanted(operator: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "console.local.http.wire")
    with_dataset = "/local/dataset-groups/loyalty-programme/datasets/users/create-dataset/"
    for answer in (operator.get(PAGE), operator.get(with_dataset), create(operator, name="")):
        assert schema_choices(answer) == []
    asked = {record.getMessage().split()[0] for record in caplog.records}
    # The account is learnt from a list of groups, once.
    assert asked - {"ListDatasetGroups"} == {"DescribeDatasetGroup", "ListDatasets"}
    assert "loyalty-programme-users-schema" in schema_choices(create(operator, name="", source="existing"))


def test_htmx_gets_the_list_of_schemas_alone(operator: Client) -> None:
    answer = operator.post(PAGE, fields(intent="", source="existing"), headers=HTMX)
    assert "loyalty-programme-users-schema" in schema_choices(answer)
    assert answer.content.decode().lstrip().startswith('<div id="existing-schemas"')
    # Who goes through the choices by keyboard stays there.
    assert focused(answer) == []


def test_the_chosen_schema_stays_chosen_where_none_are_listed(operator: Client) -> None:
    html = create(operator, name="", schema_arn=SCHEMA_ARN).content.decode()
    assert f'<input type="hidden" name="schema_arn" value="{SCHEMA_ARN}">' in html


def test_a_request_that_names_no_button_creates_nothing(operator: Client) -> None:
    assert operator.post(PAGE, fields(intent="")).status_code == 200
    assert not Schema.objects.filter(name="readers").exists()


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        ("retired-campaigns", "This dataset group has the status Create failed, so no dataset can be created in it."),
    ],
)  # fmt: skip
def test_a_group_that_can_have_none_says_why(operator: Client, group: str, reason: str) -> None:
    datasets = operator.get(f"/local/dataset-groups/{group}/datasets/")
    assert (
        '<button type="button" class="primary" disabled aria-describedby="no-dataset">Create dataset</button>'
        in datasets.content.decode()
    )
    assert f"Create dataset {reason}" in text_of(datasets)
    assert "Create Users dataset" not in text_of(datasets)
    page = operator.get(f"/local/dataset-groups/{group}/datasets/users/create-dataset/")
    assert reason in text_of(page)
    assert "<form id=" not in page.content.decode()


def test_datasets_leads_there_by_its_button_and_by_the_row(operator: Client) -> None:
    answer = operator.get(f"{GROUP}/datasets/?sort=type")
    html = answer.content.decode()
    assert '<button type="submit" form="selection" class="primary" name="view" value="create">Create dataset' in html
    assert rows_of(answer)[-1][:3] == ["Create Users dataset", "Users", "Not created"]
    assert f'<a id="view-USERS" href="{PAGE}">Create Users dataset</a>' in html
    assert operator.get(f"{GROUP}/datasets/?view=details&selected=USERS")["Location"] == PAGE


def test_create_dataset_creates_the_chosen_one_or_the_first_that_is_lacking(
    operator: Client, personalize: "PersonalizeClient"
) -> None:
    personalize.create_dataset_group(name="empty-one")
    page = "/local/dataset-groups/empty-one/datasets/"
    for chosen, slug in (("", "interactions"), ("&selected=ITEMS", "items"), ("&selected=nonsense", "interactions")):
        assert operator.get(f"{page}?view=create{chosen}")["Location"] == f"{page}{slug}/create-dataset/"
    there = operator.get("/local/dataset-groups/newsroom/datasets/?view=create&selected=INTERACTIONS")
    assert there["Location"] == PAGE


def test_a_viewer_is_not_led_there_and_is_refused(viewer: Client) -> None:
    assert PAGE not in viewer.get(f"{GROUP}/datasets/").content.decode()
    assert "Create dataset" not in text_of(viewer.get("/local/dataset-groups/retired-campaigns/datasets/"))
    for answer in (viewer.get(PAGE), viewer.post(PAGE, fields()), viewer.post(PAGE, fields(intent="typing"))):
        assert answer.status_code == 403
        sentence = "Your role, viewer, may not create dataset groups and datasets. Ask an administrator for a role."
        assert sentence in text_of(answer)
    assert not Schema.objects.filter(name="readers").exists()


@pytest.mark.parametrize(
    ("group", "slug", "rules"),
    [
        ("newsroom", "users", ("USER_ID : string, without null", "You can add 1 to 25 metadata fields")),
        (
            "newsroom",
            "actions",
            (
                "ACTION_ID : string, without null",
                "REPEAT_FREQUENCY : long, with or without null",
                "You can add 1 to 10 metadata fields",
                "VALUE is what the action is worth to you: 1 to 10",
            ),
        ),
        (
            "newsroom",
            "action-interactions",
            (
                "EVENT_TYPE : string, without null",
                "IMPRESSION : string, with or without null",
                "You can add up to 5 metadata fields, and name your own as you like. They are sent as properties",
                "EVENT_TYPE is Taken, Not Taken or Viewed.",
                "Its tracking ID is on the dataset's page.",
            ),
        ),
        (
            "video-streaming",
            "items",
            (
                "GENRES : categorical string, without null CREATION_TIMESTAMP : long, without null",
                "PRODUCT_DESCRIPTION : textual string, with or without null",
                "You can add up to 100 metadata fields",
                "One field can be textual",
            ),
        ),
        (
            "video-streaming",
            "interactions",
            (
                "USER_ID : string, without null ITEM_ID : string, without null TIMESTAMP : long, without null "
                "EVENT_TYPE : string, without null",
                "EVENT_VALUE : float, with or without null",
                "the different types of events together must not exceed 10",
            ),
        ),
    ],
)
def test_the_help_has_the_rules_of_the_type(operator: Client, group: str, slug: str, rules: tuple[str, ...]) -> None:
    text = text_of(operator.get(f"/local/dataset-groups/{group}/datasets/{slug}/create-dataset/"))
    shown = text.partition("Close help panel")[2]
    assert [rule for rule in rules if rule not in shown] == []


# What `aws personalize describe-schema` prints.
DESCRIBED = json.dumps({"schema": {"name": "x", "schemaArn": "arn:x", "schema": SCHEMA}}, indent=4)


def test_says_what_a_pasted_text_is_with_a_preview_and_a_press(operator: Client) -> None:
    part = operator.post(PAGE, fields(schema_text=DESCRIBED, intent="typing"), headers=HTMX)
    text = text_of(part)
    assert "Detected: a response of DescribeSchema. Preview" in text
    assert "Use this schema" in text
    assert problems(part) == ["Ln 1, Col 1 · Detected: a response of DescribeSchema. Choose Use this schema."]


@pytest.mark.parametrize(("intent", "status"), [("use", 200), ("create", 422)])
def test_a_press_puts_the_schema_into_the_editor_and_creates_nothing(
    operator: Client, intent: str, status: int
) -> None:
    answer = create(operator, schema_text=DESCRIBED, intent=intent, name="typed", schema_name="also typed")
    assert answer.status_code == status
    said = "Nothing was created yet. The schema was taken from a response of DescribeSchema. Check it, then choose "
    assert f"{said}Create dataset." in text_of(answer)
    assert json.loads(shown_text(answer)) == json.loads(SCHEMA)
    form = answer.context["page"].form
    assert [form[name].value() for name in ("name", "schema_name", "source")] == ["typed", "also typed", "new"]
    assert focused(answer) == ["div"]
    assert problems(answer) == []
    assert not Schema.objects.filter(name="readers").exists()
    assert create(operator, schema_text=shown_text(answer))["Location"] == DATASET


def test_two_schemas_in_one_text_are_refused(operator: Client) -> None:
    both = f"{SCHEMA}\n{SCHEMA.replace('Users', 'Readers')}"
    answer = create(operator, schema_text=both)
    assert answer.status_code == 422
    assert problems(answer) == ["Ln 1, Col 1 · Detected: 2 schemas: Users and Readers. Paste the one that you mean."]
    assert shown_text(answer) == both
    assert 'value="use"' not in answer.content.decode()


def test_a_press_that_finds_nothing_to_use_leaves_the_page_as_it_is(operator: Client) -> None:
    answer = create(operator, intent="use")
    assert answer.status_code == 200
    assert shown_text(answer) == SCHEMA
    assert "List schemas" in text_of(answer)


def test_a_pasted_text_does_not_keep_an_existing_schema_from_being_used(
    operator: Client, personalize: "PersonalizeClient"
) -> None:
    personalize.create_schema(name="readers", schema=SCHEMA)
    answer = create(operator, source="existing", schema_arn=SCHEMA_ARN, schema_name="", schema_text=DESCRIBED)
    assert answer["Location"] == DATASET
