"""Records in rows with a separator, and in the items of a list."""

import re
from dataclasses import replace

from console.records.json.nodes import quoted
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.envelopes.other_type import refuse_other_type, rows_of_other_type
from console.records.pasted.reader import COMPUTED, Reader, first_found, found_without, within
from console.records.pasted.table_records import found_in_table
from console.records.pasted.tables.aligned import read_aligned
from console.records.pasted.tables.pairs import read_pairs
from console.records.pasted.tables.ruled import read_ruled
from console.records.pasted.tables.separated import read_separated
from console.records.pasted.wrappings.lines import without_indent
from console.records.pasted.wrappings.program_strings import program_string
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE
from console.records.schemas.schema import Schema

# With the box of a task behind it.
LIST_ITEM = re.compile(r"[ \t]*(?:[-*\N{BULLET}]|[0-9]{1,3}[.)])[ \t](?:[ \t]*\[[ xX]\][ \t])?(?=[ \t]*\S)")


def read_rows(schema: Schema, _target: str, text: str) -> Found | None:
    """Return the records of rows with a separator, without what all of them are indented by."""
    without = without_indent(text.replace("\r\n", "\n"), lambda line: read_separated(schema, line) is not None)
    found = SEPARATED(schema, _target, without.text if without else text)
    return replace(found, notes=(*without.notes, *found.notes)) if without and found else found


def read_program_string(schema: Schema, target: str, text: str) -> Found | None:
    """Return the rows with a separator that a program or a shell has as a text of several lines; raise Refusal."""
    without, code = program_string(text) or (None, "")
    found = found_without(without, (("rows with a separator", read_rows),), schema, target)
    if found and code:
        raise Refusal(COMPUTED.format(quoted(code)), "rows in a program")
    return found


SEPARATED = found_in_table(read_separated)
NAMES_AND_VALUES: tuple[str, Reader] = ("rows of names and values", found_in_table(read_pairs))
# Formats of the items of a list, a row each.
LISTED: tuple[tuple[str, Reader], ...] = (
    ("a table", found_in_table(read_ruled)),
    NAMES_AND_VALUES,
    ("rows with a separator", read_rows),
    ("a table with aligned columns", found_in_table(read_aligned)),
)


def read_list(schema: Schema, target: str, text: str) -> Found | None:
    """Return the rows of a table, or of names and values, that are the items of a list."""
    if not LIST_ITEM.match(text):
        return None
    lines = [line for line in text.split("\n") if line.strip()]
    if not all(LIST_ITEM.match(line) for line in lines):
        return None
    bare = "\n".join(LIST_ITEM.sub("", line, count=1) for line in lines)
    # In a longer list, rows are only counted.
    readers = LISTED if len(text) <= LONGEST_PROSE else (("rows with a separator", read_rows),)
    if len(lines) == 1:
        # For a single item only names and values are unambiguous.
        readers = (NAMES_AND_VALUES,)
    found = first_found(readers, schema, target, bare)
    return within(schema, found, "in a list") if found else None


def refuse_other_rows(schema: Schema, _target: str, text: str) -> Found | None:
    """Refuse rows whose heading is that of another type's records; return None of all others."""
    refuse_other_type(schema, rows_of_other_type(schema, text))
    return None
