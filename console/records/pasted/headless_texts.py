"""Rows without a heading: as they are, as the items of a list, and below words."""

import re
from dataclasses import replace

from console.records.json.nodes import enumerated
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.reader import within
from console.records.pasted.row_texts import LIST_ITEM
from console.records.pasted.table_records import found_without_heading
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE
from console.records.schemas.schema import Schema

BREAK = re.compile(r"\n(?:[ \t\r]*+\n)++")
MOST_PARAGRAPHS = 4
FEWEST_IN_LIST = 3
SEPARATORS = ("\t", ",", ";", "|")
# Neither words nor values with a separator.
ID_ALONE = re.compile(r"(?=\S*[0-9])[^\s,;|=:(){}\[\]<>\"']{2,64}")
IDS_ALONE = "These are ids alone. A record needs {} as well: write them behind each id, with a heading above."


def read_headless(schema: Schema, target: str, text: str) -> Found | None:
    """Return the rows of a text without a heading, in the schema's order, or None; raise Refusal."""
    found = (
        found_without_heading(schema, target, text)
        or _in_list(schema, target, text)
        or _among_words(schema, target, text)
    )
    if found is None:
        _refuse_ids(schema, text)
    return found


def _in_list(schema: Schema, target: str, text: str) -> Found | None:
    lines = [line for line in text.split("\n") if line.strip()]
    # An item of words may have one comma as well.
    is_list = len(lines) > 1 and all(LIST_ITEM.match(line) for line in lines)
    if not is_list or len(schema.declared_fields) < FEWEST_IN_LIST:
        return None
    found = found_without_heading(schema, target, "\n".join(LIST_ITEM.sub("", line, count=1) for line in lines))
    return within(schema, found, "in a list") if found else None


def _among_words(schema: Schema, target: str, text: str) -> Found | None:
    """Return the rows of the one paragraph that has some, where the others have none: neither is a heading there."""
    if len(text) > LONGEST_PROSE:
        return None
    paragraphs = BREAK.split(text.strip(), MOST_PARAGRAPHS)
    if not 1 < len(paragraphs) <= MOST_PARAGRAPHS:
        return None
    width = len(schema.declared_fields)
    rows = [number for number, each in enumerate(paragraphs) if _has_rows(each, width)]
    if len(rows) != 1:
        return None
    try:
        found = found_without_heading(schema, target, paragraphs[rows[0]])
    except Refusal:
        return None
    if found is None:
        return None
    around = notes_on_others(
        "\n".join(paragraphs[: rows[0]]).split("\n"), "\n".join(paragraphs[rows[0] + 1 :]).split("\n")
    )
    return within(schema, replace(found, notes=(*around, *found.notes)), "among other text")


def _has_rows(paragraph: str, width: int) -> bool:
    """Return whether a line of a paragraph has as many cells as a record has fields."""
    return any(line.count(each) == width - 1 > 0 for line in paragraph.split("\n") for each in SEPARATORS)


def _refuse_ids(schema: Schema, text: str) -> None:
    """Raise Refusal if a text is ids alone, each on its line, and a record needs more."""
    ids = [line.strip() for line in text.strip().split("\n") if line.strip()]
    needed = [field.name for field in schema.declared_fields if not field.nullable and not field.is_id]
    if needed and len(ids) > 1 and all(map(ID_ALONE.fullmatch, ids)):
        raise Refusal(IDS_ALONE.format(enumerated(needed)), f"{len(ids)} ids")
