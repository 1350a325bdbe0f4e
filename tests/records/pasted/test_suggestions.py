"""Fixes that are offered for a text that is JSON, each with its sentence and what one press makes of the text."""

import json
from typing import Any

import pytest

from console.records.entities import ITEMS
from console.records.pasted.suggestions import suggested, suggestions
from console.records.schemas.schema import read_entity_schema
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(AGE=["null", "int"], CITY=["null", "string"], NAME="string", TIER="categorical string")
ITEM_SCHEMA = read_entity_schema(
    ITEMS,
    json.dumps(
        {
            "type": "record",
            "name": "Items",
            "fields": [{"name": "ITEM_ID", "type": "string"}, {"name": "CREATION_TIMESTAMP", "type": "long"}],
        }
    ),
)


@pytest.mark.parametrize(
    ("name", "typed", "sentence", "button", "fixed"),
    [
        (
            "use-no-value",
            [{"USER_ID": "u", "CITY": "NULL", "NAME": "NA"}, {"userId": "v", "properties": {"city": "n/a"}}],
            "2 texts look like a missing value of another program: “NULL”, “n/a”.",
            "Use no value",
            [{"USER_ID": "u", "CITY": None, "NAME": "NA"}, {"USER_ID": "v", "CITY": None}],
        ),
        (
            "use-no-value",
            {"USER_ID": "u", "CITY": "#N/A"},
            "1 text looks like a missing value of another program: “#N/A”.",
            "Use no value",
            [{"USER_ID": "u", "CITY": None}],
        ),
        (
            "trim-ids",
            [{"USER_ID": " u\u200b\u00a01 "}, {"USER_ID": "\u00a0v"}, {"USER_ID": "w"}],
            "USER_ID has spaces or characters that do not show. Without them it is “u 1”, and 1 more.",
            "Remove the spaces",
            [{"USER_ID": "u 1"}, {"USER_ID": "v"}, {"USER_ID": "w"}],
        ),
        (
            "restore-ids",
            [{"USER_ID": '="00123"'}, {"USER_ID": "'00124"}, {"USER_ID": "1001.0"}, {"USER_ID": "1.2E+15"}],
            'USER_ID “="00123"” becomes “00123”, and 2 more.',
            "Restore the IDs",
            [{"USER_ID": "00123"}, {"USER_ID": "00124"}, {"USER_ID": "1001"}, {"USER_ID": "1.2E+15"}],
        ),
        (
            "separate-lists",
            [
                {"USER_ID": "u", "TIER": '{Gold,"Bird class"}', "NAME": "['x', 'y']"},
                {"USER_ID": "v", "TIER": "(new)", "NAME": "n"},
                {"USER_ID": "w", "TIER": '["Gold"]', "NAME": "n"},
            ],
            'The list “{Gold,"Bird class"}” becomes “Gold|Bird class”, and 1 more.',
            "Separate with |",
            [
                {"USER_ID": "u", "TIER": "Gold|Bird class", "NAME": "['x', 'y']"},
                {"USER_ID": "v", "TIER": "(new)", "NAME": "n"},
                {"USER_ID": "w", "TIER": "Gold", "NAME": "n"},
            ],
        ),
        (
            "use-numbers",
            [
                {"USER_ID": "1,234", "AGE": "1,234"},
                {"USER_ID": "v", "AGE": "-1.234.567"},
                {"USER_ID": "w", "AGE": "7"},
            ],
            "“1,234” becomes the number 1234, and 1 more.",
            "Use numbers",
            [{"USER_ID": "1,234", "AGE": 1234}, {"USER_ID": "v", "AGE": -1234567}, {"USER_ID": "w", "AGE": "7"}],
        ),
        (
            "drop-unknown",
            [{"USER_ID": "u", "email": 1, "a": 1, "b": 2, "c": 3}, {"USER_ID": "v", "email": 2}],
            "The schema has no field for “email”, “a”, “b” and 1 more.",
            "Leave them out",
            [{"USER_ID": "u"}, {"USER_ID": "v"}],
        ),
        (
            "drop-unknown",
            [{"USER_ID": "u", "email": 1}, {"USER_ID": "v", "email": 2}],
            "The schema has no field for “email”.",
            "Leave it out",
            [{"USER_ID": "u"}, {"USER_ID": "v"}],
        ),
        (
            "restore-ids",
            {"USER_ID": '="00123"'},
            'USER_ID “="00123"” becomes “00123”.',
            "Restore the ID",
            [{"USER_ID": "00123"}],
        ),
        (
            "use-numbers",
            {"USER_ID": "u", "AGE": "1,234"},
            "“1,234” becomes the number 1234.",
            "Use the number",
            [{"USER_ID": "u", "AGE": 1234}],
        ),
    ],
)
def test_a_fix_is_offered_with_its_numbers(name: str, typed: Any, sentence: str, button: str, fixed: Any) -> None:
    text = json.dumps(typed)
    offered = {each.name: each for each in suggestions(SCHEMA, text)}
    assert (offered[name].sentence, offered[name].button) == (sentence, button)
    changed = suggested(SCHEMA, text, name)
    assert changed is not None
    assert json.loads(changed) == fixed
    assert name not in {each.name for each in suggestions(SCHEMA, changed)}
    assert suggested(SCHEMA, changed, name) is None


@pytest.mark.parametrize(
    ("moments", "sentence"),
    [
        ([1795946460123], "1 timestamp seems to be in milliseconds: 1795946460123 is 1795946460 in seconds."),
        (
            [1795946460123, 1, 1795946461000],
            "2 timestamps seem to be in milliseconds: 1795946460123 is 1795946460 in seconds.",
        ),
    ],
)
def test_moments_in_milliseconds_are_offered_in_seconds(moments: list[int], sentence: str) -> None:
    text = json.dumps([{"ITEM_ID": str(each), "CREATION_TIMESTAMP": each} for each in moments])
    (offered,) = suggestions(ITEM_SCHEMA, text)
    assert (offered.name, offered.sentence) == ("use-seconds", sentence)
    changed = json.loads(suggested(ITEM_SCHEMA, text, "use-seconds") or "")
    assert [each["CREATION_TIMESTAMP"] for each in changed] == [
        each // 1000 if each > 1_000_000_000_000 else each for each in moments
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1]",
        "7",
        '{"a": 1}',
        '[{"USER_ID": "u", "CITY": "x"}]',
        '[{"USER_ID": "u", "AGE": "NULL", "NAME": "NULL"}]',
        "[" + ",".join('{"USER_ID": " u "}' for _ in range(12)) + "]",
        '{"USER_ID": 7, "properties": 7}',
    ],
)
def test_nothing_is_offered_for_what_has_no_such_fix(text: str) -> None:
    assert suggestions(SCHEMA, text) == ()


@pytest.mark.parametrize(
    ("moments", "offered"),
    [
        # Of a spreadsheet in the United States: the 29 is no month.
        (
            ["11/29/2026 10:00:00", "11/5/2026"],
            {"take-month-first": ["2026-11-29T10:00:00Z", "2026-11-05T00:00:00Z"]},
        ),
        # Of one in Germany.
        (["29.11.2026 10:00", "05.11.2026"], {"take-day-first": ["2026-11-29T10:00:00Z", "2026-11-05T00:00:00Z"]}),
        (["05.11.2026 10:00"], {"take-day-first": ["2026-11-05T10:00:00Z"]}),
        # Nothing decides it.
        (
            ["11/05/2026 12:00 AM", "11/05/2026 1:00 pm"],
            {
                "take-month-first": ["2026-11-05T00:00:00Z", "2026-11-05T13:00:00Z"],
                "take-day-first": ["2026-05-11T00:00:00Z", "2026-05-11T13:00:00Z"],
            },
        ),
        # In both orders it is one day.
        (["2026/11/29 9:30", "11/11/2026"], {"take-month-first": ["2026-11-29T09:30:00Z", "2026-11-11T00:00:00Z"]}),
        # Written in two orders.
        (["11/29/2026", "29/11/2026"], {}),
        (["13/13/2026", "26-11-05", "1/2/2026 13:00 PM"], {}),
        # With years of two digits, of which 69 is the first one of 1900.
        (
            ["11/29/26", "11/5/69 10:00 PM", "11/30/68"],
            {"take-month-first": ["2026-11-29T00:00:00Z", "1969-11-05T22:00:00Z", "2068-11-30T00:00:00Z"]},
        ),
        (["29.11.26 10:00"], {"take-day-first": ["2026-11-29T10:00:00Z"]}),
    ],
)
def test_dates_of_spreadsheets_are_offered_in_the_orders_that_all_of_them_have(
    moments: list[str], offered: dict[str, list[str]]
) -> None:
    text = json.dumps([{"ITEM_ID": str(each), "CREATION_TIMESTAMP": each} for each in moments])
    names = [each.name for each in suggestions(ITEM_SCHEMA, text)]
    assert names == list(offered)
    for name, dates in offered.items():
        changed = json.loads(suggested(ITEM_SCHEMA, text, name) or "")
        assert [each["CREATION_TIMESTAMP"] for each in changed] == dates
    for name in {"take-month-first", "take-day-first"} - set(offered):
        assert suggested(ITEM_SCHEMA, text, name) is None


def test_the_sentence_on_a_date_says_what_it_becomes() -> None:
    text = '{"ITEM_ID": "i", "CREATION_TIMESTAMP": "11/05/2026"}'
    month, day = suggestions(ITEM_SCHEMA, text)
    assert (month.sentence, month.button) == (
        "With the month first, in UTC, “11/05/2026” is 2026-11-05T00:00:00Z.",
        "Take the month first",
    )
    assert (day.sentence, day.button) == (
        "With the day first, in UTC, “11/05/2026” is 2026-05-11T00:00:00Z.",
        "Take the day first",
    )


def test_dates_whose_month_has_a_name_are_offered() -> None:
    moments = ["Sun, 29 Nov 2026 10:00:00 GMT", "Nov 29, 2026 11:00 AM", "29/Nov/2026:10:00:00 +0100"]
    text = json.dumps([{"ITEM_ID": each, "CREATION_TIMESTAMP": each} for each in moments])
    (offered,) = suggestions(ITEM_SCHEMA, text)
    assert (offered.sentence, offered.button) == (
        "“Sun, 29 Nov 2026 10:00:00 GMT” is 2026-11-29T10:00:00Z, and 2 more.",
        "Use the date",
    )
    changed = json.loads(suggested(ITEM_SCHEMA, text, offered.name) or "")
    assert [each["ITEM_ID"] for each in changed] == moments
    assert [each["CREATION_TIMESTAMP"] for each in changed] == [
        "2026-11-29T10:00:00Z",
        "2026-11-29T11:00:00Z",
        "2026-11-29T10:00:00+01:00",
    ]
