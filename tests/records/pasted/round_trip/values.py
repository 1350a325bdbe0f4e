"""Random valid records, and what one press makes of a text that was written from them.

The writers beside this file share no code with the readers: each writes what a tool would, as its own files say.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from console.records.schemas.schema import Schema
from tests.records.literal_schemas import users_schema
from tests.support.numbers import IS_WHOLE

type Values = list[tuple[Any, ...]]
type Writer = Callable[[Values], str]

# Random records for each format.
OF_EACH = 50 if IS_WHOLE else 10
SCHEMA = users_schema(AGE=["null", "int"], SCORE="double", VIP="boolean", CITY="string")
NAMES = ["USER_ID", "AGE", "SCORE", "VIP", "CITY"]

QUOTES = frozenset("\"'`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb")

# Texts that a format with a typed table can carry; what a format cannot carry is left out beside it.
# Words that readers look for: an id or a text may be one of them all the same.
MARKS = (
    *(
        "aws",
        "AWScurl",
        "curl",
        "COPY",
        "INSERT",
        "SELECT",
        "VALUES",
        "INI",
        "null",
        "NULL",
        "nil",
        "true",
        "NaN",
        "id",
    ),
    *(">>>", "$", "#", "--", "//", "=>", "```", "---", "{", "[", "(", '"', "'", "|", "=", ":", ",", ";", "\\", "\\N"),
    *(
        "In[1]:",
        "Out[1]:",
        "PS>",
        "sqlite>",
        "(1",
        "1.",
        "-",
        "*",
        "+",
        "<td>",
        "&amp;",
        "%41",
        "${x}",
        "{{x}}",
        "#{x}",
    ),
    *(
        "rows",
        "users",
        "data",
        "records",
        "string",
        "STRING",
        "int",
        "TABLE",
        "EOF",
        "users.push(1)",
        "2026-11-30",
        "0x1F",
    ),
)
letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs"])
words = st.text(letters, min_size=1, max_size=8) | st.sampled_from(MARKS)
texts = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda text: text[-1] not in ".\u2026")
any_texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=12
) | st.sampled_from(MARKS)
# For formats that look like Ruby's: in double quotes, `#{` begins code there, and such a text is refused.
texts_without_code = any_texts.filter(lambda text: "#{" not in text)
# For formats that write characters as they are: with ESC begin codes of a terminal, which are left out and said.
raw_texts = any_texts.filter(lambda text: "\x1b" not in text)
# For formats without marks around texts: nothing in them is a mark of a program.
plain_words = st.from_regex(r"[A-Z][a-z]{1,7}", fullmatch=True)
plain_texts = st.from_regex(r"[A-Z][a-z]{1,7}( [A-Z][a-z]{1,7}){0,2}", fullmatch=True)
plain_ids = st.from_regex(r"[a-z]{2,8}-[0-9]{1,4}", fullmatch=True)
# A missing value of another program is no text in a field of numbers, and read as null in some of these formats.
ages = st.none() | st.integers(-(2**31), 2**31 - 1)
scores = st.floats(-1e15, 1e15).map(lambda value: round(value, 3))
# For formats that show 12 digits of a number, or less: more of them are lost.
short_scores = st.integers(-(10**8), 10**8).map(lambda value: value / 1000)
whole_ages = st.integers(-(2**31), 2**31 - 1)


def stands_in_quotes(text: str) -> bool:
    """Return whether a text stands in quotes: where all of a column do, they are left out, and the page says so."""
    return len(text) > 1 and {text[0], text[-1]} <= QUOTES


def text_is_plain(text: str) -> bool:
    # A spreadsheet writes ="1" for the text 1, `string` is a placeholder of the template, and … ends what was cut.
    return text != "string" and not text.startswith('="') and not text.endswith("\u2026")


# A row that begins with the name of a field may be a heading, and `=>` is a prompt of Ruby.
any_ids = words.filter(
    lambda each: text_is_plain(each) and each[-1] != "." and each.upper() not in NAMES and not each.startswith("=>")
)


def rows(
    text: st.SearchStrategy[str],
    ids: st.SearchStrategy[str] = any_ids,
    score: st.SearchStrategy[float] = scores,
    age: st.SearchStrategy[int | None] = ages,
) -> st.SearchStrategy[Values]:
    """Give 1 to 4 rows of values in the order of the schema, with a text of a strategy, and ids that differ."""
    row = st.tuples(ids, age, score, st.booleans(), text.filter(text_is_plain))
    return st.lists(row, min_size=1, max_size=4, unique_by=lambda each: each[0])


def plain_rows() -> st.SearchStrategy[Values]:
    """Give rows whose texts are words of letters alone, for formats that put no marks around texts."""
    return rows(plain_texts, plain_ids)


def came_back(text: str, schema: Schema = SCHEMA) -> Values:
    """Return the values of the records that one press makes of a text, or those of the text as it stands."""
    detected = detect(schema, "", text)
    assert detected is None or detected.refusal == "", detected
    validation = validate_record_input(schema, detected.text if detected else text)
    assert validation.problems == ()
    names = [field.property_name for field in schema.metadata_fields]
    return [(each.record_id, *(each.properties.get(name) for name in names)) for each in validation.records]


def objects(values: Values) -> list[dict[str, Any]]:
    """Return each row as an object with the names of the columns."""
    return [dict(zip(NAMES, row, strict=True)) for row in values]


def cell(value: Any, missing: str, true: str, false: str) -> str:
    """Return a value as a cell without marks around it, with what stands for null, true and false."""
    if value is None:
        return missing
    return {True: true, False: false}[value] if isinstance(value, bool) else str(value)


def columns_as_wide(cells: list[list[str]]) -> list[int]:
    """Return the width of each column of rows of cells: that of its longest one."""
    return [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]


def in_quotes(text: str, quote: str, escapes: dict[str, str], hidden: str = "") -> str:
    """Return a text in quotes with a backslash before these and before backslashes, and other escapes by character.

    `hidden` is how a character that does not show is written, such as `\\u{:04x}`; without it, as it is.
    """
    own = {"\\": "\\\\", quote: f"\\{quote}"} | escapes
    shown = (
        own.get(each) or (each if each.isprintable() or not hidden else hidden.format(ord(each))) for each in text
    )
    return quote + "".join(shown) + quote
