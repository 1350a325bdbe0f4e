import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.json.cursor import MOST_FAULTS
from console.records.json.nodes import Array, Node, Object, Scalar
from console.records.json.reading import DEEPEST_LEVEL, read_json
from console.records.json.scalars import number_value
from console.records.json.strings import source_offsets
from console.records.json.writing import json_of
from console.records.problems import Places

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


def plain(node: Node) -> object:
    """Return what the standard library would have read."""
    match node:
        case Scalar():
            return node.value
        case Array():
            return [plain(item) for item in node.items]
        case Object():
            return {member.key: plain(member.value) for member in node.members}


def sentences(text: str) -> list[tuple[int, str]]:
    return [(fault.offset, fault.sentence()) for fault in read_json(text).faults]


@given(json_values, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_reads_what_the_standard_library_writes(value: object, indent: int | str | None, ascii_only: bool) -> None:
    reading = read_json(json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    assert reading.faults == []
    assert reading.root is not None
    assert plain(reading.root) == value


@given(st.text(), st.text(alphabet='{}[]",:\\ue1290-+.nultrfase \n\r\t\x00\ud800'))
def test_any_text_is_read_or_has_a_fault_within_it(text: str, json_like: str) -> None:
    for each in (text, json_like, text + json_like):
        reading = read_json(each)
        assert reading.root is not None or reading.faults
        assert all(0 <= fault.offset <= len(each) for fault in reading.faults)


@given(st.text(alphabet='{}[]",: 1tn\\'))
def test_accepts_exactly_what_the_standard_library_accepts(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        assert read_json(text).faults
    else:
        assert not read_json(text).faults


def test_keeps_the_place_of_every_part() -> None:
    root = read_json('{"a": [1, "x"],\n "b": null}').root
    assert isinstance(root, Object)
    first, second = root.members
    assert (root.start, first.start, second.start) == (0, 1, 17)
    assert isinstance(first.value, Array)
    assert [item.start for item in first.value.items] == [7, 10]


def test_keeps_members_with_equal_keys() -> None:
    root = read_json('{"a": 1, "a": 2}').root
    assert isinstance(root, Object)
    assert [member.key for member in root.members] == ["a", "a"]


def test_skips_a_byte_order_mark() -> None:
    assert read_json("\ufeff{}").root == Object(1, [])


@pytest.mark.parametrize(
    ("text", "offset", "sentence"),
    [
        ("", 0, "Expected a value; found the end of the text."),
        ("{", 1, "Expected a name in double quotes; found the end of the text."),
        ("{'a': 1}", 1, "Expected a name in double quotes; found “'”. Write text in double quotes."),
        ("{a: 1}", 1, "Expected a name in double quotes; found “a”. Write names in double quotes."),
        ('{"a" 1}', 5, "Expected a colon after the name; found “1”."),
        ('{"a": 1 "b": 2}', 8, "Expected a comma or “}”; found a double quote."),
        ('{"a": 1,}', 7, "Expected no comma before “}”; found one. Remove the comma."),
        ("[1, 2,]", 5, "Expected no comma before “]”; found one. Remove the comma."),
        ("[1 2]", 3, "Expected a comma or “]”; found “2”."),
        ("[1,, 2]", 3, "Expected a value; found “,”."),
        ("[1", 2, "Expected a comma or “]”; found the end of the text."),
        ("{} {}", 3, "Expected the end of the text; found “{”. Put several records into one array: [ …, … ]."),
        (
            '"a',
            2,
            "Expected the closing double quote; found the end of the text. Write a line break inside text as \\n.",
        ),
        (
            '"a\nb"',
            2,
            "Expected the closing double quote; found the end of the line. Write a line break inside text as \\n.",
        ),
        ('"a\tb"', 2, "Expected text without control characters; found the character U+0009. Write a tab as \\t."),
        (
            '"a\\qb"',
            2,
            'Expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t, or \\u and four hexadecimal digits; found “\\q”. Write a backslash as \\\\.',
        ),
        (
            '"a\\u12"',
            2,
            'Expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t, or \\u and four hexadecimal digits; found “\\u”. Write a backslash as \\\\.',
        ),
        (
            '"\\ud83d"',
            0,
            "Expected whole characters; found half of a surrogate pair. Write the character itself, or both of its escapes.",
        ),
        (
            "NaN",
            0,
            "Expected a JSON value; found “NaN”. JSON has only finite numbers. Write null for no value, if the field is nullable.",
        ),
        (
            "-Infinity",
            0,
            "Expected a JSON value; found “-Infinity”. JSON has only finite numbers. Write null for no value, if the field is nullable.",
        ),
        ("True", 0, "Expected a JSON value; found “True”. Write true."),
        ("None", 0, "Expected a JSON value; found “None”. Write null."),
        ("007", 0, "Expected a JSON value; found “007”. Leave out the zeros before it."),
        ("+7", 0, "Expected a JSON value; found “+7”. Leave out the plus sign."),
        ("7.", 0, "Expected a JSON value; found “7.”. Write it as 7 or 0.7."),
        ("male", 0, "Expected a JSON value; found “male”. Write text in double quotes."),
        ("// x\n{}", 0, "Expected a value; found “/”. JSON has no comments: remove it."),
        ("“a”", 0, "Expected a value; found left double quotation mark (U+201C). Write straight double quotes."),
        ("\u00a0{}", 0, "Expected a value; found no-break space (U+00A0). Replace it with an ordinary space."),
        ("\x07", 0, "Expected a value; found the character U+0007."),
    ],
)
def test_says_where_and_what_is_wrong(text: str, offset: int, sentence: str) -> None:
    assert (offset, sentence) in sentences(text)


def test_goes_on_after_what_it_can_step_over() -> None:
    text = '{"a": NaN, "b": "\\x\\y", "c": None, "d": [1,], "\ud800": 3}'
    assert [offset for offset, _ in sentences(text)] == [6, 17, 19, 29, 42, 47]


def test_stops_after_a_hundred_faults() -> None:
    faults = sentences("[" + "NaN," * 500 + "1]")
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1][1].startswith("Expected fewer than 100 problems; found “,”.")


def test_refuses_nesting_that_no_record_needs() -> None:
    assert not sentences("[" * DEEPEST_LEVEL + "]" * DEEPEST_LEVEL)
    assert not sentences("[" * DEEPEST_LEVEL + "7" + "]" * DEEPEST_LEVEL)
    assert sentences("[" * DEEPEST_LEVEL + "{}" + "]" * DEEPEST_LEVEL) == [
        (DEEPEST_LEVEL, "Expected at most 32 levels of brackets; found “{”.")
    ]
    assert sentences("[" * 1_000_000) == [(DEEPEST_LEVEL, "Expected at most 32 levels of brackets; found “[”.")]


@pytest.mark.parametrize(
    ("literal", "number"),
    [
        ("0", 0),
        ("-0", 0),
        ("45", 45),
        ("-2147483649", -2147483649),
        ("9223372036854775807", 9223372036854775807),
        ("4.5", 4.5),
        ("1e3", 1000.0),
        ("1E-2", 0.01),
        ("1e400", math.inf),
        ("9" * 5000, math.inf),
        ("-" + "9" * 5000, -math.inf),
        ("4_5", None),
        ("٤٥", None),
        (" 45", None),
        ("045", None),
        ("0x1F", None),
        ("", None),
    ],
)
def test_reads_numbers_of_json_only(literal: str, number: float | None) -> None:
    value = number_value(literal)
    assert value == number
    assert type(value) is type(number)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_places_count_lines_as_editors_do(line_break: str) -> None:
    text = line_break.join(["{", '  "a": 1', '  "b": 2', "}"])
    (problem,) = (Places(text).of(fault) for fault in read_json(text).faults)
    assert (problem.line, problem.column) == (3, 3)
    assert problem.text == "Ln 3, Col 3 · Expected a comma or “}”; found a double quote."


def test_columns_count_characters() -> None:
    text = '{"😀é": NaN}'
    (problem,) = (Places(text).of(fault) for fault in read_json(text).faults)
    assert problem.place == "Ln 1, Col 8"


def test_counts_the_items_that_it_does_not_keep() -> None:
    text = '[1, {"a": [4, 5, 6]}, "\\n", [], NaN, 6, [7], 8,]'
    reading = read_json(text, most_items=2)
    assert isinstance(reading.root, Array)
    assert [item.start for item in reading.root.items] == [1, 4]
    assert reading.root.count == 8
    assert [fault.offset for fault in reading.faults] == [32, 46]
    # Only the root's items are counted; what is within them is kept.
    assert isinstance(reading.root.items[1], Object)
    inner = reading.root.items[1].members[0].value
    assert isinstance(inner, Array)
    assert (len(inner.items), inner.count) == (3, 3)


def test_reads_no_more_values_than_any_record_input_has() -> None:
    # The outer array, 24,999 arrays and the number in each are 49,999 values.
    assert not sentences("[" + "[1]," * 24_998 + "[1]]")
    assert not sentences("[" + "1," * 49_998 + "1]")
    assert sentences("[" + "1," * 49_999 + "1]") == [(100_000, "Expected at most 50000 values in all; found “]”.")]
    assert sentences("{" + '"a":1,' * 50_000 + '"a":1}') == [
        (300_001, "Expected at most 50000 values in all; found a double quote.")
    ]


spaces = st.text(alphabet=" \t\r\n", max_size=2)
plain_values = st.sampled_from(["7", "-0", "1.50e0", "9" * 30, '""', '"é"', "true", "false", "null", "[ ]", "{}"])


@given(st.lists(st.tuples(spaces, plain_values, spaces), max_size=5))
def test_plain_items_and_members_are_read_as_others_are(items: list[tuple[str, str, str]]) -> None:
    array = "[" + ",".join(before + value + after for before, value, after in items) + "]"
    members = "{" + ",".join(f'{before}"k"{after}:{before}{value}{after}' for before, value, after in items) + "}"
    # An escape makes the items and the names anything but plain.
    slow_members = members.replace('"k"', '"\\u006b"')
    array_root, members_root, slow_root = (read_json(text).root for text in (array, members, slow_members))
    assert isinstance(array_root, Array)
    assert isinstance(members_root, Object)
    assert isinstance(slow_root, Object)
    assert [json_of(member.value) for member in members_root.members] == [json_of(item) for item in array_root.items]
    assert [json_of(member.value) for member in slow_root.members] == [json_of(item) for item in array_root.items]
    assert all(array[item.start :].startswith(json_of(item)[:1]) for item in array_root.items)
    assert all(members[each.value.start :].startswith(json_of(each.value)[:1]) for each in members_root.members)


@given(st.lists(st.sampled_from(["a", "é", "\\n", '\\"', "\\\\", "\\u00e9", "\\ud83d\\ude00", "😀"]), max_size=10))
def test_offsets_of_a_string_lead_back_to_its_source(units: list[str]) -> None:
    text = f'["x", "{"".join(units)}", 7]'
    offset_of = source_offsets(text, 6)
    starts = [7 + len("".join(units[:position])) for position in range(len(units) + 1)]
    assert [offset_of(position) for position in range(len(units) + 1)] == starts
    assert offset_of(len(units) + 100) == starts[-1]
