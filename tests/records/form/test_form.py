import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.form.controls import State
from console.records.form.form import Card, FilledCard, Form, fill_form, read_form
from console.records.form.parts import OtherMember
from console.records.record_input import validate_record_input
from console.records.schemas.schema import Schema
from console.records.template import record_template
from tests.records.literal_schemas import users_schema

VALUE, NULL, ABSENT, KEPT = State.VALUE, State.NULL, State.ABSENT, State.KEPT
SCHEMA = users_schema(AGE=["null", "int"], MEMBERSHIP_TYPE="categorical string", TOTAL_SPEND="float")


def shown(card: Card) -> dict[str, tuple[State, str]]:
    return {control.field.name: (control.state, control.text) for control in card.controls}


def as_shown(card: Card, **changes: tuple[State, str]) -> FilledCard:
    """Return a card as a browser gives it back: with CRLF, and changes by field name."""
    values = {name: (state, text.replace("\n", "\r\n")) for name, (state, text) in shown(card).items()}
    return FilledCard(card.origin, {**values, **changes})


def filled(text: str, **changes: tuple[State, str]) -> str:
    """Return a text whose first card was changed."""
    first, *others = read_form(SCHEMA, text).cards
    return fill_form(SCHEMA, text, [as_shown(first, **changes), *map(as_shown, others)])


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "There is no text yet. Write a record as JSON, or start from the template."),
        (" \n", "There is no text yet. Write a record as JSON, or start from the template."),
        ("{", "The text is not JSON yet, so the form cannot show it. Fix the JSON first."),
        ('[{"USER_ID": "u",}]', "The text is not JSON yet, so the form cannot show it. Fix the JSON first."),
        (
            "[" + "{}," * 11 + "{}]",
            "The form shows at most 10 records; found 12. Keep the first 10 in the JSON, and send the others after them.",
        ),
        ("[" * 400_001, "The form shows at most 400000 characters of text; found 400001. Shorten the JSON."),
    ],
)
def test_says_why_a_text_has_no_form(text: str, refusal: str) -> None:
    assert read_form(SCHEMA, text) == Form((), refusal)
    assert fill_form(SCHEMA, text, [FilledCard(None, {"USER_ID": (VALUE, "u")})]) == text


@pytest.mark.parametrize(
    "text",
    [
        '{"USER_ID": "u-1", "AGE": 30, "MEMBERSHIP_TYPE": "a|b", "TOTAL_SPEND": 1.50}',
        '[{"total_spend": 1.50, "membershipType": "a|b", "Age": 30, "userId": "u-1"}]',
        '{"properties": {"age": 30, "membershipType": "a|b", "totalSpend": 1.50}, "userId": "u-1"}',
        '{"USER_ID": "u-1", "Properties": "{\\"AGE\\": 30, \\"membershipType\\": \\"a|b\\", \\"totalSpend\\": 1.50}"}',
        '\ufeff{"USER_ID": "u-1", "AGE": 30, "MEMBERSHIP_TYPE": "a|b", "TOTAL_SPEND": 1.50}\r\n',
    ],
)
def test_every_shape_gives_the_same_controls(text: str) -> None:
    (card,) = read_form(SCHEMA, text).cards
    assert (card.origin, card.others, card.json) == (0, (), "")
    assert list(shown(card).items()) == [
        ("USER_ID", (VALUE, "u-1")),
        ("AGE", (VALUE, "30")),
        ("MEMBERSHIP_TYPE", (VALUE, "a|b")),
        ("TOTAL_SPEND", (VALUE, "1.50")),
    ]
    assert filled(text) == text


def test_the_template_is_a_card_with_nothing_filled_in() -> None:
    (card,) = read_form(SCHEMA, record_template(SCHEMA)).cards
    assert set(shown(card).values()) == {(VALUE, "")}


@pytest.mark.parametrize(
    ("text", "are_empty"),
    [
        (record_template(SCHEMA), [True]),
        ('[{}, {"AGE": "int"}, {"AGE": null}, {"AGE": 3}]', [True, True, False, False]),
        ('[{"Nonsense": 1}, 7]', [False, False]),
    ],
)
def test_a_card_is_empty_until_something_is_filled_in(text: str, are_empty: list[bool]) -> None:
    assert [card.is_empty for card in read_form(SCHEMA, text).cards] == are_empty


def test_an_empty_array_is_a_form_without_cards() -> None:
    assert read_form(SCHEMA, " [ ] ") == Form(())
    assert fill_form(SCHEMA, " [ ] ", []) == " [ ] "


@pytest.mark.parametrize(
    ("text", "json_texts"),
    [("7", ["7"]), ('[null, "u", [1.50], NaN]', []), ('[null, "u", [1.50]]', ["null", '"u"', "[1.50]"])],
)
def test_what_is_no_object_is_a_card_without_controls(text: str, json_texts: list[str]) -> None:
    cards = read_form(SCHEMA, text).cards
    assert cards == tuple(Card(origin, (), json=json_text) for origin, json_text in enumerate(json_texts))
    assert fill_form(SCHEMA, text, [as_shown(card, AGE=(VALUE, "1")) for card in cards]) == text


@pytest.mark.parametrize(
    ("text", "others", "age"),
    [
        (
            '{"x": [1.50], "AGE": 1, "age": 2, "AGE": 3, "x": {"y": null}}',
            [("x", "[1.50]"), ("age", "2"), ("AGE", "3"), ("x", '{"y": null}')],
            (VALUE, "1"),
        ),
        (
            '{"AGE": 1, "properties": {"userId": "v", "x": 2, "age": 3}, "userId": "u", "properties": {}}',
            [("AGE", "1"), ("properties", "{}"), ("userId", '"v"'), ("x", "2")],
            (VALUE, "3"),
        ),
        ('{"AGE": 1, "properties": null}', [("properties", "null")], (VALUE, "1")),
        ('{"AGE": 1, "properties": "{,}"}', [("properties", '"{,}"')], (VALUE, "1")),
        (
            '{"AGE": 1, "properties": "{\\"age\\": NaN}"}',
            [("properties", '"{\\"age\\": NaN}"')],
            (VALUE, "1"),
        ),
        ('{"AGE": 1, "properties": "[]"}', [("properties", '"[]"')], (VALUE, "1")),
        ('{"AGE": 1, "properties": "\\"{}\\""}', [("properties", '"\\"{}\\""')], (VALUE, "1")),
        (
            '{"properties": [], "properties": {"age": 1}, "age": 2}',
            [("properties", "[]"), ("age", "2")],
            (VALUE, "1"),
        ),
    ],
)
def test_what_has_no_control_is_listed_and_kept(
    text: str, others: list[tuple[str, str]], age: tuple[State, str]
) -> None:
    (card,) = read_form(SCHEMA, text).cards
    assert card.others == tuple(OtherMember(position, *other) for position, other in enumerate(others))
    assert shown(card)["AGE"] == age
    assert filled(text) == text


def test_a_field_may_be_called_properties() -> None:
    schema = users_schema(PROPERTIES="string")
    (flat,) = read_form(schema, '{"USER_ID": "u", "PROPERTIES": "{}"}').cards
    assert shown(flat)["PROPERTIES"] == (VALUE, "{}")
    (nested,) = read_form(schema, '{"userId": "u", "properties": {"properties": "x"}}').cards
    assert shown(nested)["PROPERTIES"] == (VALUE, "x")


def test_a_change_stays_in_its_place_and_spelling() -> None:
    text = '[{"x": 1.50, "age": 30, "User_Id": "\\u00fc", "age": 4E1}, {"AGE": "7"}, null]'
    assert filled(text, AGE=(VALUE, "31")) == (
        "[\n"
        "  {\n"
        '    "x": 1.50,\n'
        '    "age": 31,\n'
        '    "User_Id": "ü",\n'
        '    "age": 4E1\n'
        "  },\n"
        "  {\n"
        '    "AGE": "7"\n'
        "  },\n"
        "  null\n"
        "]"
    )


def test_new_fields_of_a_flat_record_come_last_in_the_schema_s_order() -> None:
    changes = {"TOTAL_SPEND": (VALUE, "2.50"), "USER_ID": (VALUE, "u"), "AGE": (NULL, "")}
    assert filled('{"membershipType": "a"}', **changes) == (
        '{\n  "membershipType": "a",\n  "USER_ID": "u",\n  "AGE": null,\n  "TOTAL_SPEND": 2.50\n}'
    )


def test_new_fields_of_the_api_s_shape_go_where_the_api_has_them() -> None:
    changes = {"TOTAL_SPEND": (VALUE, "2.50"), "USER_ID": (VALUE, "u"), "AGE": (NULL, "")}
    assert filled('{"properties": {"MEMBERSHIP_TYPE": "a"}, "x": 1}', **changes) == (
        "{\n"
        '  "properties": {\n'
        '    "MEMBERSHIP_TYPE": "a",\n'
        '    "age": null,\n'
        '    "totalSpend": 2.50\n'
        "  },\n"
        '  "x": 1,\n'
        '  "userId": "u"\n'
        "}"
    )


def test_properties_that_are_text_stay_text() -> None:
    text = '{"userId": "u", "properties": "{\\"age\\":4E1,\\"membershipType\\":\\"\\\\u00fc\\"}"}'
    assert filled(text, MEMBERSHIP_TYPE=(VALUE, "ö\r\nä")) == (
        '{\n  "userId": "u",\n  "properties": "{\\"age\\": 4E1, \\"membershipType\\": \\"ö|ä\\"}"\n}'
    )
    # The text stays as it was typed if nothing in it changed.
    assert filled(text, USER_ID=(VALUE, "v")) == (
        '{\n  "userId": "v",\n  "properties": "{\\"age\\":4E1,\\"membershipType\\":\\"\\\\u00fc\\"}"\n}'
    )


def test_a_field_may_be_left_out_and_its_properties_may_be_empty() -> None:
    assert filled('{"userId": "u", "properties": {"age": 30}}', AGE=(ABSENT, "30")) == (
        '{\n  "userId": "u",\n  "properties": {}\n}'
    )


def test_others_that_were_dropped_are_gone() -> None:
    text = '{"USER_ID": "u", "x": 1, "properties": {"y": 2, "z": 3}}'
    assert fill_form(SCHEMA, text, [FilledCard(0, {}, frozenset({0, 2}))]) == (
        '{\n  "USER_ID": "u",\n  "properties": {\n    "y": 2\n  }\n}'
    )


def test_fields_that_did_not_come_back_stay_as_they_were() -> None:
    text = '{"USER_ID": "u", "AGE": "7"}'
    assert fill_form(SCHEMA, text, [FilledCard(0, {})]) == text
    assert fill_form(SCHEMA, text, [FilledCard(0, {"AGE": (KEPT, None)})]) == text


def test_a_field_that_the_schema_no_longer_has_is_not_lost() -> None:
    text = '{"USER_ID": "u"}'
    typed = FilledCard(0, {"COLOUR": (VALUE, "red"), "SIZE": (ABSENT, "7"), "SHAPE": (VALUE, "")})
    assert fill_form(SCHEMA, text, [typed]) == '{\n  "USER_ID": "u",\n  "COLOUR": "red"\n}'
    assert fill_form(SCHEMA, '{"USER_ID": "u", "COLOUR": 1}', [typed]) == '{"USER_ID": "u", "COLOUR": 1}'
    assert '"COLOUR": "red"' in fill_form(SCHEMA, "[]", [FilledCard(None, typed.values)])


def test_typing_the_same_value_changes_nothing() -> None:
    text = '{"USER_ID":"u","AGE":30,"MEMBERSHIP_TYPE":"a|b"}'
    assert filled(text, AGE=(VALUE, " 30 "), MEMBERSHIP_TYPE=(VALUE, "a\nb\n\n")) == text


@pytest.mark.parametrize("origin", [None, 1, -1])
def test_a_new_card_becomes_a_record_with_the_template_s_placeholders(origin: int | None) -> None:
    text = '[{"userId": "u", "properties": {}}]'
    values = {"TOTAL_SPEND": (VALUE, "2.50"), "AGE": (ABSENT, "30"), "MEMBERSHIP_TYPE": (KEPT, "")}
    assert json.loads(fill_form(SCHEMA, text, [FilledCard(0, {}), FilledCard(origin, values)])) == [
        {"userId": "u", "properties": {}},
        {"USER_ID": "string", "AGE": 30, "MEMBERSHIP_TYPE": "string", "TOTAL_SPEND": 2.5},
    ]


def test_a_new_card_s_fields_stand_in_the_schema_s_order() -> None:
    filled_card = FilledCard(None, {"AGE": (NULL, ""), "USER_ID": (VALUE, "u")}, frozenset({0}))
    assert fill_form(SCHEMA, "[]", [filled_card]) == (
        "[\n"
        "  {\n"
        '    "USER_ID": "u",\n'
        '    "AGE": null,\n'
        '    "MEMBERSHIP_TYPE": "string",\n'
        '    "TOTAL_SPEND": "float"\n'
        "  }\n"
        "]"
    )


@pytest.mark.parametrize(
    ("text", "origins", "expected"),
    [
        ('[{"USER_ID":"u"},{"USER_ID":"v"}]', [0, 1], '[{"USER_ID":"u"},{"USER_ID":"v"}]'),
        (
            '[{"USER_ID":"u"},7]',
            [1, 0, 0],
            '[\n  7,\n  {\n    "USER_ID": "u"\n  },\n  {\n    "USER_ID": "u"\n  }\n]',
        ),
        ('[{"USER_ID":"u"},{"USER_ID":"v"}]', [1], '[\n  {\n    "USER_ID": "v"\n  }\n]'),
        ('{"USER_ID":"u"}', [0], '{"USER_ID":"u"}'),
        ('{"USER_ID":"u"}', [0, 0], '[\n  {\n    "USER_ID": "u"\n  },\n  {\n    "USER_ID": "u"\n  }\n]'),
        ('{"USER_ID":"u"}', [], "[]"),
    ],
)
def test_cards_may_be_moved_copied_and_removed(text: str, origins: list[int], expected: str) -> None:
    assert fill_form(SCHEMA, text, [FilledCard(origin, {}) for origin in origins]) == expected


def test_a_single_object_that_is_changed_stays_one() -> None:
    assert filled('{"USER_ID":"u"}', USER_ID=(VALUE, "v")) == '{\n  "USER_ID": "v"\n}'


def test_a_field_given_twice_is_shown_by_its_second_value_once_the_first_is_left_out() -> None:
    text = '{"AGE": 1, "age": 2}'
    assert filled(text, AGE=(ABSENT, "1")) == '{\n  "age": 2\n}'
    assert fill_form(SCHEMA, text, [FilledCard(0, {"AGE": (ABSENT, "1")}, frozenset({0}))]) == "{}"


def test_an_empty_control_is_validated_as_not_filled_in() -> None:
    validation = validate_record_input(SCHEMA, fill_form(SCHEMA, "[]", [FilledCard(None, {"USER_ID": (VALUE, "")})]))
    assert [problem.field for problem in validation.problems] == ["USER_ID", "MEMBERSHIP_TYPE", "TOTAL_SPEND"]
    assert all("the template's placeholder" in problem.found for problem in validation.problems)


FIELDS: dict[str, Any] = {
    "AGE": ["null", "int"],
    "SEEN": "long",
    "SPEND": "double",
    "ACTIVE": ["boolean", "null"],
    "CITY": "string",
    "TAGS": "categorical string",
    "EITHER": ["int", "string"],
    "NOTHING": "null",
    "CODE": ["null", "string"],
}
EVERY_KIND = users_schema(**FIELDS)
WITH_PROPERTIES = users_schema(**FIELDS, PROPERTIES=["null", "string"])
schemas = st.sampled_from([EVERY_KIND, WITH_PROPERTIES])
NAMES = [name for field in EVERY_KIND.fields for name in (field.name, field.property_name)]
plain_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
texts = plain_texts | st.sampled_from(
    ["", " ", "7", "1.50", "1e400", "true", "False", "null", "string", "int", "a|b", "|", "a|", "a\nb", "\r\n", "\r", "\x00", "{}"]
)  # fmt: skip
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts


class Members(list[tuple[str, Any]]):
    """An object's members, with equal names: what `object_pairs_hook` gives."""


def written(value: Any) -> str:
    """Return JSON text with members of equal names."""
    if isinstance(value, Members):
        return "{" + ",".join(f"{json.dumps(name)}:{written(each)}" for name, each in value) + "}"
    return f"[{','.join(map(written, value))}]" if isinstance(value, list) else json.dumps(value)


def members(values: st.SearchStrategy[Any], names: list[str]) -> st.SearchStrategy[Members]:
    return st.lists(st.tuples(st.sampled_from(names) | plain_texts, values), max_size=6).map(Members)


inner_values = st.recursive(
    scalars, lambda each: st.lists(each, max_size=2) | members(each, ["x", *NAMES]), max_leaves=4
)
properties = members(inner_values, NAMES)
outer_values = inner_values | properties | properties.map(written)
records = members(inner_values, NAMES) | st.builds(
    lambda before, inner, after: Members([*before, ("properties", inner), *after]),
    members(outer_values, ["userId", "properties", *NAMES]),
    properties | properties.map(written) | inner_values,
    members(outer_values, ["userId", "properties", *NAMES]),
)
inputs = st.lists(records | inner_values, max_size=10) | records
answers = st.tuples(st.sampled_from(list(State)), texts)


def read(text: str) -> Any:
    return json.loads(text, object_pairs_hook=Members)


@given(schemas, inputs)
def test_what_is_not_changed_is_the_text_to_the_character(schema: Schema, value: Any) -> None:
    text = written(value)
    form = read_form(schema, text)
    assert form.refusal == ""
    assert fill_form(schema, text, [as_shown(card) for card in form.cards]) == text


@given(schemas, inputs)
def test_a_new_layout_loses_nothing(schema: Schema, value: Any) -> None:
    text = written(value)
    cards = [as_shown(card) for card in read_form(schema, text).cards]
    found = read(fill_form(schema, text, [*cards, FilledCard(None, {})]))
    assert found[:-1] == (value if not isinstance(value, Members) else [value])


@given(schemas, inputs, st.sampled_from(EVERY_KIND.fields), answers, st.data())
def test_one_change_leaves_everything_else_alone(
    schema: Schema, value: Any, field: Any, answer: tuple[State, str], data: st.DataObject
) -> None:
    text = written(value)
    cards = list(read_form(schema, text).cards)
    changeable = [position for position, card in enumerate(cards) if card.controls]
    if not changeable:
        return
    position = data.draw(st.sampled_from(changeable))
    filled_cards = [
        as_shown(card, **({field.name: answer} if number == position else {})) for number, card in enumerate(cards)
    ]
    after = fill_form(schema, text, filled_cards)
    old, new = ([read(each)] if isinstance(value, Members) else read(each) for each in (text, after))
    assert new[:position] + new[position + 1 :] == old[:position] + old[position + 1 :]
    (was, now) = (read_form(schema, each).cards[position] for each in (text, after))
    given_again = any(schema.field(other.name) == field for other in was.others)
    if not given_again:
        assert [other.json for other in now.others] == [other.json for other in was.others]
        assert {**shown(now), field.name: None} == {**shown(was), field.name: None}
    assert [control.kept for control in now.controls if control.field != field] == [
        control.kept for control in was.controls if control.field != field
    ]


@given(schemas, inputs, st.dictionaries(st.sampled_from([field.name for field in EVERY_KIND.fields]), texts))
def test_what_was_filled_in_is_shown_again(schema: Schema, value: Any, typed: dict[str, str]) -> None:
    text = written(value)
    cards = [as_shown(card) for card in read_form(schema, text).cards][:9]
    card = FilledCard(None, {name: (VALUE, each) for name, each in typed.items()})
    after = fill_form(schema, text, [*cards, card])
    shown_again = shown(read_form(schema, after).cards[-1])
    assert fill_form(schema, after, [as_shown(each) for each in read_form(schema, after).cards]) == after
    for name, each in typed.items():
        kept_as_typed = each.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
        if name in ("AGE", "CODE") and not kept_as_typed.strip("\n" if name == "AGE" else ""):
            assert shown_again[name] == (ABSENT, "")
        elif name in ("CITY", "CODE") and kept_as_typed != "string":
            assert shown_again[name] == (VALUE, kept_as_typed)
        elif name == "SEEN" and kept_as_typed.replace("\n", "") != "long":
            # The control of a number is of one line.
            assert shown_again[name][1].strip() == kept_as_typed.replace("\n", "").strip()


@given(
    schemas,
    st.text(max_size=40) | inputs.map(written),
    st.lists(
        st.builds(
            FilledCard,
            st.none() | st.integers(-2, 11),
            st.dictionaries(
                st.sampled_from([*(field.name for field in EVERY_KIND.fields), "x"]),
                st.tuples(st.sampled_from(list(State)), texts | st.text()),
            ),
            st.frozensets(st.integers(-1, 5)),
        ),
        max_size=10,
    ),
)
def test_whatever_comes_back_gives_a_text_that_has_a_form(schema: Schema, text: str, cards: list[FilledCard]) -> None:
    refusal = read_form(schema, text).refusal
    after = fill_form(schema, text, cards)
    assert read_form(schema, after).refusal == refusal
    if not refusal:
        assert len(read_form(schema, after).cards) == len(cards)


def test_a_text_with_many_unknown_fields_has_no_form() -> None:
    members = ", ".join(f'"x{number}": 1' for number in range(101))
    assert read_form(SCHEMA, f"{{{members}}}").refusal == (
        "The form shows at most 100 fields that the schema does not have; found 101."
    )
    assert len(read_form(SCHEMA, f"[{{{members.removesuffix(', "x100": 1')}}}]").cards[0].others) == 100
