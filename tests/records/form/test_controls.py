"""What a control shows of one value of one field, and what it makes of what comes back."""

from typing import Any

import pytest

from console.records.entities import ENTITIES
from console.records.form.controls import Control, Kind, State, control_of, filled_value, kind_of, rule_in_words
from console.records.json.nodes import Node
from console.records.json.reading import read_json
from console.records.json.writing import json_of
from console.records.schemas.fields import Field, fields_of_events
from tests.records.literal_schemas import users_schema

VALUE, NULL, ABSENT, KEPT = State.VALUE, State.NULL, State.ABSENT, State.KEPT


def field_of(type_: Any) -> Field:
    return users_schema(FIELD=type_).fields[1]


def node_of(value: str) -> Node | None:
    """Return the node of a JSON text; no text is a field that is left out."""
    return read_json(value).root if value else None


def control(type_: Any, value: str) -> Control:
    return control_of(field_of(type_), node_of(value))


def filled(type_: Any, value: str, state: State, text: str) -> str:
    """Return the JSON text that a field gets, or no text if it is left out."""
    node = filled_value(control(type_, value), node_of(value), state, text)
    return json_of(node) if node else ""


@pytest.mark.parametrize(
    ("type_", "kind", "rule"),
    [
        ("string", Kind.TEXT, "Text of at most 1000 characters"),
        (["null", "string"], Kind.TEXT, "Text of at most 1000 characters"),
        (
            "categorical string",
            Kind.CATEGORIES,
            "One category per line, each at most 1000 characters. They are sent with | between them.",
        ),
        ("int", Kind.WHOLE_NUMBER, "Whole number from -2147483648 to 2147483647"),
        ("categorical long", Kind.WHOLE_NUMBER, "Whole number from -9223372036854775808 to 9223372036854775807"),
        (
            ["int", "long"],
            Kind.WHOLE_NUMBER,
            "Whole number from -2147483648 to 2147483647, or "
            "whole number from -9223372036854775808 to 9223372036854775807",
        ),
        ("float", Kind.DECIMAL, "Number"),
        (["float", "double", "null"], Kind.DECIMAL, "Number"),
        (["int", "double"], Kind.DECIMAL, "Whole number from -2147483648 to 2147483647, or number"),
        ("boolean", Kind.BOOLEAN, "True or false"),
        (
            ["int", "string"],
            Kind.TEXT,
            "Whole number from -2147483648 to 2147483647, or text of at most 1000 characters",
        ),
        (["boolean", "double"], Kind.TEXT, "True or false, or number"),
        ("null", Kind.NULL, "Null alone"),
    ],
)
def test_a_field_has_a_control_of_its_types_and_their_rule(type_: Any, kind: Kind, rule: str) -> None:
    assert kind_of(field_of(type_)) == kind
    assert rule_in_words(field_of(type_)) == rule


def test_an_event_s_form_says_what_user_and_session_are_for() -> None:
    entity = ENTITIES["INTERACTIONS"]
    rules = {field.name: rule_in_words(field) for field in fields_of_events(entity, ())}
    assert rules["USER_ID"] == (
        "Text, 1 to 256 characters. It can be left out for a user who has not signed in, if there is a SESSION_ID."
    )
    assert rules["SESSION_ID"] == (
        "Text, 1 to 256 characters. Without one, the console makes a session for each user."
    )
    assert rules["ITEM_ID"] == "Text, 1 to 256 characters"


def test_a_user_id_is_one_text_even_if_its_schema_calls_it_categorical() -> None:
    user_id = Field("USER_ID", ("string",), nullable=False, categorical=True, is_id=True)
    assert kind_of(user_id) == Kind.TEXT
    assert rule_in_words(user_id) == "Text, 1 to 256 characters"


@pytest.mark.parametrize(
    ("types", "categorical", "rule"),
    [
        (("string",), False, "Text of at most 20000 characters, or 7000 of Chinese or Japanese"),
        (
            ("int", "string"),
            False,
            "Whole number from -2147483648 to 2147483647, or text of at most 20000 characters, or 7000 of Chinese or "
            "Japanese",
        ),
        (("string",), True, "One category per line, each at most 1000 characters. They are sent with | between them."),
    ],
)
def test_a_textual_field_takes_long_text_unless_it_is_categorical(
    types: tuple[str, ...], categorical: bool, rule: str
) -> None:
    assert rule_in_words(Field("TEXT", types, nullable=True, categorical=categorical, textual=True)) == rule


@pytest.mark.parametrize(
    ("type_", "value", "text", "state"),
    [
        ("string", '"Zürich"', "Zürich", VALUE),
        ("string", '" a|b "', " a|b ", VALUE),
        ("string", '"a\\nb\\n"', "a\nb\n", VALUE),
        ("string", '"a\\r\\nb"', "a\nb", KEPT),
        ("string", '"a\\rb"', "a\nb", KEPT),
        ("string", '"a\\u0000b"', "a\ufffdb", KEPT),
        ("string", '""', "", KEPT),
        ("string", '"string"', "", VALUE),
        ("string", '"int"', "int", VALUE),
        ("string", "7", "7", KEPT),
        ("string", "true", "true", KEPT),
        ("string", '["a", 1.50]', '["a", 1.50]', KEPT),
        ("string", '{"a":1}', '{"a": 1}', KEPT),
        ("string", "null", "", NULL),
        ("string", "", "", ABSENT),
        ("categorical string", '"Premium Class|Legacy Member"', "Premium Class\nLegacy Member", VALUE),
        ("categorical string", '"|a||b"', "\na\n\nb", VALUE),
        ("categorical string", '"a|"', "a\n", KEPT),
        ("categorical string", '"|"', "\n", KEPT),
        ("categorical string", '"a\\nb"', "a\nb", KEPT),
        ("categorical string", '"string"', "", VALUE),
        ("int", "45", "45", VALUE),
        ("int", "4.50E1", "4.50E1", VALUE),
        ("int", "1e400", "1e400", VALUE),
        ("int", '"45"', "45", KEPT),
        ("int", '" 45"', " 45", KEPT),
        ("int", '"old"', "old", VALUE),
        ("int", '" old "', " old ", VALUE),
        ("int", '"int"', "", VALUE),
        ("int", '""', "", KEPT),
        ("int", "true", "true", KEPT),
        ("int", '"true"', "true", VALUE),
        ("boolean", "true", "true", VALUE),
        ("boolean", "false", "false", VALUE),
        ("boolean", '"true"', "true", KEPT),
        ("boolean", '"False"', "False", KEPT),
        ("boolean", '"maybe"', "maybe", VALUE),
        ("boolean", '"boolean"', "", VALUE),
        (["int", "string"], "7", "7", KEPT),
        (["int", "string"], '"7"', "7", VALUE),
        (["int", "string"], '"int or string"', "", VALUE),
        (["boolean", "double"], "1.50", "1.50", VALUE),
        (["boolean", "double"], "true", "true", VALUE),
        ("null", "null", "", NULL),
        ("null", "", "", ABSENT),
        ("null", "7", "7", KEPT),
        ("null", '"null"', "", KEPT),
    ],
)
def test_shows_a_value(type_: Any, value: str, text: str, state: State) -> None:
    shown = control(type_, value)
    assert (shown.text, shown.state) == (text, state)
    # What nobody touches comes back as it was.
    assert filled(type_, value, state, text.replace("\n", "\r\n")) == (
        json_of(node) if (node := node_of(value)) else ""
    )


@pytest.mark.parametrize(
    ("type_", "value", "states", "kept"),
    [
        ("int", "7", (VALUE,), ""),
        ("int", "null", (VALUE, NULL), ""),
        ("int", "", (VALUE, ABSENT), ""),
        ("int", '"7"', (VALUE, KEPT), '"7"'),
        (["null", "int"], "7", (VALUE, NULL, ABSENT), ""),
        (["null", "int"], '[7, "\\u00fc"]', (VALUE, NULL, ABSENT, KEPT), '[7, "ü"]'),
        ("null", "", (NULL, ABSENT), ""),
        ("null", "7", (NULL, ABSENT, KEPT), "7"),
    ],
)
def test_says_which_states_may_be_chosen(type_: Any, value: str, states: tuple[State, ...], kept: str) -> None:
    shown = control(type_, value)
    assert (shown.states, shown.kept) == (states, kept)


@pytest.mark.parametrize(
    ("type_", "text", "expected"),
    [
        ("string", "it's", '"it\'s"'),
        ("string", " a\r\nb\rc ", '" a\\nb\\nc "'),
        ("string", "a\x00\ud800", '"a\ufffd\ufffd"'),
        ("string", "", '"string"'),
        ("string", "null", '"null"'),
        ("string", "7", '"7"'),
        ("categorical string", "a\r\nb\r\n\r\n", '"a|b"'),
        ("categorical string", "a|b", '"a|b"'),
        ("categorical string", "\r\n", '"string"'),
        ("int", " 007 ", '" 007 "'),
        ("int", " 30 ", "30"),
        ("int", "30.0", "30.0"),
        ("int", "thirty", '"thirty"'),
        ("int", "", '"int"'),
        ("double", "-1.50e+3", "-1.50e+3"),
        ("double", "9" * 500, "9" * 500),
        ("boolean", " TRUE ", "true"),
        ("boolean", "False", "false"),
        ("boolean", "yes", '"yes"'),
        ("boolean", "1", "1"),
        (["boolean", "long"], "true", "true"),
        (["int", "string"], "7", '"7"'),
        ("null", "", "null"),
        ("null", "x", '"x"'),
    ],
)
def test_writes_what_was_typed(type_: Any, text: str, expected: str) -> None:
    # The field was left out before, so that no text means a choice of the state alone.
    assert filled(type_, "", VALUE, text) == expected


@pytest.mark.parametrize(
    ("type_", "value", "state", "text", "expected"),
    [
        (["null", "int"], "30", VALUE, "31", "31"),
        (["null", "int"], "30", NULL, "30", "null"),
        (["null", "int"], "30", ABSENT, "30", ""),
        # Null and left out were chosen while something was typed.
        (["null", "int"], "30", NULL, "31", "null"),
        (["null", "int"], "null", ABSENT, "31", ""),
        (["null", "int"], '"30"', ABSENT, "31", ""),
        # Something was typed, and the state was not touched.
        (["null", "int"], "null", NULL, "31", "31"),
        (["null", "int"], "", ABSENT, "31", "31"),
        (["null", "int"], '"30"', KEPT, "31", "31"),
        # A value was chosen, and nothing was typed.
        (["null", "int"], "null", VALUE, "", '"int"'),
        (["null", "int"], "", VALUE, "", '"int"'),
        (["null", "int"], '"30"', VALUE, "30", "30"),
        ("string", "7", VALUE, "7", '"7"'),
        ("string", '""', VALUE, "", '"string"'),
        # States that could not be chosen.
        ("int", "30", NULL, "30", "30"),
        ("int", "30", ABSENT, "31", "31"),
        ("int", "30", KEPT, "30", "30"),
        ("int", "", NULL, "", '"int"'),
        ("int", "", KEPT, "", '"int"'),
    ],
)
def test_a_state_and_a_text_come_back(type_: Any, value: str, state: State, text: str, expected: str) -> None:
    assert filled(type_, value, state, text) == expected
