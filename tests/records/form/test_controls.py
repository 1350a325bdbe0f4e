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
        ("string", Kind.TEXT, "Text"),
        (["null", "string"], Kind.TEXT, "Text"),
        ("categorical string", Kind.CATEGORIES, "One category, or several with | between them"),
        ("int", Kind.WHOLE_NUMBER, "Whole number"),
        ("categorical long", Kind.WHOLE_NUMBER, "Whole number"),
        (["int", "long"], Kind.WHOLE_NUMBER, "Whole number"),
        ("float", Kind.DECIMAL, "Number"),
        (["float", "double", "null"], Kind.DECIMAL, "Number"),
        (["int", "double"], Kind.DECIMAL, "Whole number, or number"),
        ("boolean", Kind.BOOLEAN, "True or false"),
        (["int", "string"], Kind.TEXT, "Whole number, or text"),
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
    assert rules["USER_ID"] == ("Text. It can be left out for a user who has not signed in, if there is a SESSION_ID.")
    assert rules["SESSION_ID"] == "Text. Without one, the console makes a session for each user."
    assert rules["ITEM_ID"] == "Text"


def test_a_user_id_is_one_text_even_if_its_schema_calls_it_categorical() -> None:
    user_id = Field("USER_ID", ("string",), nullable=False, categorical=True, is_id=True)
    assert kind_of(user_id) == Kind.TEXT
    assert rule_in_words(user_id) == "Text"


@pytest.mark.parametrize(
    ("type_", "value", "has_lines"),
    [
        ("string", '"a"', False),
        ("string", '"a\\nb"', True),
        ("string", '"a\\r"', True),
        ("string", "", False),
        ("categorical string", '"a|b"', False),
        ("categorical string", '"a\\nb"', True),
        ("int", '"3\\n4"', False),
    ],
)
def test_a_control_has_lines_for_a_long_text_or_for_a_value_with_line_breaks(
    type_: str, value: str, has_lines: bool
) -> None:
    assert control(type_, value).has_lines is has_lines


@pytest.mark.parametrize("categorical", [True, False])
def test_a_textual_field_has_a_control_of_several_lines_unless_it_is_categorical(categorical: bool) -> None:
    field = Field("TEXT", ("string",), nullable=True, categorical=categorical, textual=True)
    assert control_of(field, None).has_lines is not categorical


@pytest.mark.parametrize(
    ("type_", "value", "may_be_null"),
    [
        (["null", "int"], "7", True),
        (["null", "int"], "", True),
        ("int", "null", True),
        ("int", "7", False),
        (["null", "int"], '"7"', False),
        ("null", "", False),
    ],
)
def test_no_value_may_be_chosen_alone_beside_a_control(type_: Any, value: str, may_be_null: bool) -> None:
    assert control(type_, value).may_be_null is may_be_null


@pytest.mark.parametrize(
    ("type_", "value", "is_empty"),
    [("int", "", True), ("int", '"int"', True), ("int", "7", False), (["null", "int"], "null", False)],
)
def test_a_control_is_empty_until_it_has_a_value_or_none_is_chosen(type_: Any, value: str, is_empty: bool) -> None:
    assert control(type_, value).is_empty is is_empty


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
        ("categorical string", '"Premium Class|Legacy Member"', "Premium Class|Legacy Member", VALUE),
        ("categorical string", '"|a||b"', "|a||b", VALUE),
        ("categorical string", '"a|"', "a|", VALUE),
        ("categorical string", '"|"', "|", VALUE),
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
        # That there is no value was unchosen, or the control was emptied.
        (["null", "int"], "null", VALUE, "", ""),
        (["null", "int"], "", VALUE, "", ""),
        (["null", "int"], "30", VALUE, "", ""),
        (["null", "int"], '"int"', VALUE, "", '"int"'),
        ("int", "30", VALUE, "", '"int"'),
        # A value was chosen, and nothing was typed.
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
