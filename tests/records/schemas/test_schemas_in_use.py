"""Schemas of the other types in public use: what the guide makes of each, and the request of a record of it."""

import json
from typing import Any

import pytest

from console.records.entities import ENTITIES
from console.records.record_input import validate_record_input
from console.records.schemas.schema import SchemaError, read_entity_schema
from console.records.schemas.schema_rules import check_schema_of_type
from console.records.template import record_template
from tests.support.served import ROOT

IN_USE = ROOT / "tests" / "schemas" / "other_types"
VALUES = {"string": "Taken", "int": 1, "long": 1764410400, "float": 1.5, "double": 1.5}
SHOP, VIDEO, CUSTOM = "ECOMMERCE", "VIDEO_ON_DEMAND", ""


@pytest.mark.parametrize(
    ("name", "dataset_type", "domain", "refusal"),
    [
        ("docs_vod_items_default", "ITEMS", VIDEO, ""),
        ("samples_shop_items_replacement", "ITEMS", SHOP, ""),
        ("immersion_news_items_textual", "ITEMS", CUSTOM, ""),
        ("samples_travel_items_mixed_case", "ITEMS", CUSTOM, ""),
        (
            "terraform_shop_items_all_nullable",
            "ITEMS",
            SHOP,
            "The field CATEGORY_L1 has the type string, with null. Expected categorical string, without null, "
            "as the type ITEMS in the domain ECOMMERCE has it.",
        ),
        ("docs_interactions_keywords", "INTERACTIONS", CUSTOM, ""),
        ("immersion_news_interactions_session", "INTERACTIONS", CUSTOM, ""),
        (
            "conversion_interactions_value_text",
            "INTERACTIONS",
            CUSTOM,
            "The field EVENT_VALUE has the type string. Expected float, with or without null, "
            "as the type INTERACTIONS has it.",
        ),
        ("docs_actions_membership", "ACTIONS", CUSTOM, ""),
        ("docs_action_interactions", "ACTION_INTERACTIONS", CUSTOM, ""),
    ],
)
def test_a_schema_is_taken_or_refused_as_the_guide_has_it(
    name: str, dataset_type: str, domain: str, refusal: str
) -> None:
    text = (IN_USE / f"{name}.json").read_text()
    if refusal:
        with pytest.raises(SchemaError) as error:
            check_schema_of_type(text, dataset_type, domain)
        assert str(error.value) == refusal
    else:
        check_schema_of_type(text, dataset_type, domain)


def sent(name: str, dataset_type: str) -> dict[str, Any]:
    """Return the record that the template of a schema makes, as its request has it."""
    schema = read_entity_schema(ENTITIES[dataset_type], (IN_USE / f"{name}.json").read_text())
    template = json.loads(record_template(schema))
    record = {field: VALUES[type_name.partition(" ")[0]] for field, type_name in template.items()}
    validation = validate_record_input(schema, json.dumps(record))
    assert validation.problems == ()
    return validation.records[0].as_request_member()


def test_names_of_any_case_become_property_names() -> None:
    assert sent("samples_travel_items_mixed_case", "ITEMS") == {
        "itemId": "Taken",
        "properties": '{"dSTCity":"Taken","sRCCity":"Taken","airline":"Taken","durationDays":1,"season":"Taken",'
        '"numberOfSearchByUser":1,"promotion":"Taken","dynamicPrice":1,"discountForMember":1.5,"expired":"Taken"}',
    }


def test_the_keywords_of_interactions_are_members_of_the_event() -> None:
    assert sent("docs_interactions_keywords", "INTERACTIONS") == {
        "itemId": "Taken",
        "eventType": "Taken",
        "sentAt": 1764410400,
        "eventValue": 1.5,
        "impression": ["Taken"],
        "recommendationId": "Taken",
        "properties": '{"location":"Taken","device":"Taken"}',
    }


def test_a_session_that_the_schema_has_is_that_of_the_request() -> None:
    assert sent("immersion_news_interactions_session", "INTERACTIONS") == {
        "itemId": "Taken",
        "eventType": "Taken",
        "sentAt": 1764410400,
        "properties": '{"userDeviceType":"Taken"}',
    }


def test_the_value_of_an_event_is_a_number_whatever_a_live_schema_says() -> None:
    assert sent("conversion_interactions_value_text", "INTERACTIONS")["eventValue"] == 1.5
