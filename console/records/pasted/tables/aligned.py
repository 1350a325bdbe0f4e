"""Tables whose columns are told apart by spaces alone: of sqlite, pandas, R, and what is typed by hand."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from console.records.json.nodes import Bare, Scalar, quoted
from console.records.pasted.tables.below import WORD, split_below
from console.records.pasted.tables.cut_names import with_whole_names
from console.records.pasted.tables.frames import (
    below_titles,
    has_empty_cells,
    notes_on_rounding,
    one_column,
    pairs_below_heading,
    side_by_side,
    without_frame,
)
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.markdown import without_escapes
from console.records.pasted.tables.moments_in_columns import with_apart_moments, with_joined_moments
from console.records.pasted.tables.no_records import FRAME_TYPE, are_types
from console.records.pasted.tables.surroundings import SIZE, notes_on_others, without_footer
from console.records.pasted.tables.table import LEFT_OUT_BY_PROGRAM, Table, TableError, is_left_out, last_row_cut
from console.records.pasted.tables.widths import cells_between, columns_of, named_parts, parts_of
from console.records.pasted.tables.wrapped import check_aligned
from console.records.schemas.schema import Schema

# MATLAB draws it with low lines.
RULE = re.compile(r"[-=]+(?: +[-=]+)+|_+(?: +_+)+")
NAME = re.compile(r"[A-Za-z_][\w.-]*")
WORDS = "rows of a table with aligned columns"
SHAPE_LINE = re.compile(r"\[[0-9]+ rows x [0-9]+ columns\]|# (?:A tibble|\u2139).*|Name: .*, dtype: .*")
TYPE = re.compile(FRAME_TYPE)
# Before each row of a matrix of R.
NUMBER_OF_MATRIX = re.compile(r"^ *\[([0-9]+)(,)\](?= )", re.MULTILINE)
# Below a single name, or below all of them.
ONE_COLUMN = re.compile(r"-{3,}|={3,}")
# Lines that are drawn stand for blanks, so that what is beside them is aligned as it was.
DRAWN = dict.fromkeys(range(0x2500, 0x2580), " ")
GAP = re.compile(r" {2,}")
INDENT_OF_PANDOC = "  -"
ALONE = "Line {}: only {} stands there. It is taken as a row: remove the record if it is a word below the table."
# Beyond this number rows are only counted.
MOST_ALIGNED = 1000
MOST_COLUMNS_LOOKED_AT = 2000


def read_aligned(schema: Schema, text: str) -> Table | None:
    """Return the table of a text whose columns are aligned, or None; raise TableError if it has two."""
    text = without_frame(text)
    body, below = split_below(text)
    table = _read(schema, body) or _below_title(schema, body)
    if table is None or _has_names_below(schema, table):
        return None
    check_aligned(schema, table)
    table = replace(table, notes=(*table.notes, *notes_on_rounding(text, table.rows)))
    table = replace(table, notes=(*table.notes, *_notes_on_last_row(table, body if below else text)))
    if not below:
        return table
    if _read(schema, "\n".join(below[1:])):
        raise TableError("It has more than one table. Paste the one that you mean.")
    return replace(table, notes=(*table.notes, *notes_on_others((), below)))


def _below_title(schema: Schema, text: str) -> Table | None:
    """Return the table below a title, such as the name of the table or what was typed to print it."""
    for above, below in below_titles(text):
        table = _read(schema, "\n" * len(above) + below)
        if table and sum(schema.field(name) is not None for name in table.heading or ()) > 1:
            titles = [line for line in above if WORD.search(line)]
            return replace(table, notes=(*notes_on_others(titles, ()), *table.notes))
    return None


def _notes_on_last_row(table: Table, text: str) -> tuple[str, ...]:
    """Return a sentence on a last row that has its first cell alone, or may be cut."""
    if len(table.rows) < 2 or not table.rows[-1][1]:
        return ()
    line, last = table.rows[-1]
    others = [row for _line, row in table.rows[:-1]]
    filled = [cell.value for cell in _filled(last)]
    if len(filled) == 1 and len(last) > 2 and last[0].value and all(len(_filled(row)) > 1 for row in others):
        return (ALONE.format(line, quoted(str(filled[0]))),)
    lines = [each.rstrip() for each in text.rstrip().split("\n") if each.strip()]
    above = [lines[0], *lines[-len(others) - 1 : -1]]
    ends = {columns_of(each)[-1] for each in above}
    widths = {len(GAP.split(each)[-1]) for each in above}
    is_right_aligned = len(ends) == 1 and len(widths) > 1
    is_short = is_right_aligned and columns_of(lines[-1])[-1] not in ends
    is_without_end = not text.endswith("\n") and last[-1].value == "" and all(row[-1].value != "" for row in others)
    return last_row_cut(table.rows, "its last column") if is_short or is_without_end else ()


def _filled(row: Sequence[Scalar]) -> list[Scalar]:
    return [cell for cell in row if cell.value != ""]


def _has_names_below(schema: Schema, table: Table) -> bool:
    """Return whether rows begin with names of fields, as the lines of a record do that has a field on each."""
    first = [str(row[0].value) for _line, row in table.rows if row]
    return len({field.name for each in first if (field := schema.field(each))}) > 1


def _read(schema: Schema, text: str) -> Table | None:
    """Return the table that a text is, but for counts of its rows, or None; a day and its time may be one cell."""
    joined = with_joined_moments(text)
    if joined is None:
        return _read_columns(schema, text)
    with suppress(TableError):
        table = _read_columns(schema, text)
        if table:
            return table
    table = _read_columns(schema, joined)
    return replace(table, rows=with_apart_moments(table.rows)) if table else None


def _read_columns(schema: Schema, text: str) -> Table | None:
    """Return the table that a text is, with columns between its blanks, or None."""
    plain = NUMBER_OF_MATRIX.sub(lambda match: f" {match[1]} " + " " * len(match[2]), without_footer(text))
    is_drawn = not plain.isascii() and any(chr(character) in plain for character in (0x2502, 0x2503))
    plain = side_by_side(plain if plain.isascii() else plain.translate(DRAWN))
    lines = [(number, line.rstrip()) for number, line in enumerate(plain.split("\n"), 1)]
    lines = [(number, line) for number, line in lines if line and not SHAPE_LINE.fullmatch(line)]
    if lines and SIZE.fullmatch(lines[0][1].strip()):
        del lines[0]
    if len({line for _number, line in lines if ONE_COLUMN.fullmatch(line)}) > 1:
        # Each row is between two lines.
        lines = [(number, line) for number, line in lines if not ONE_COLUMN.fullmatch(line)]
    # reStructuredText and Pandoc's multiline tables have rules above and below too.
    edge = next((rule for rule in (RULE, ONE_COLUMN) if lines and rule.fullmatch(lines[0][1].strip())), None)
    if edge:
        lines = lines[1:-1] if edge.fullmatch(lines[-1][1].strip()) else lines[1:]
    types = lines[1][1].split() if len(lines) > 1 else []
    if len(lines) > 1 and (all(TYPE.fullmatch(word) for word in types) or (is_drawn and are_types(types))):
        del lines[1]
    if len(lines) < 2 or "\t" in text or any(len(line) > MOST_COLUMNS_LOOKED_AT for _number, line in lines):
        return None
    heading, second = lines[0][1], lines[1][1]
    if not heading[: len(second)].strip() and all(map(schema.field, second.split())):
        # The names of an index stand below the others.
        heading = second + heading[len(second) :]
        del lines[1]
        return _between_blanks(schema, heading, lines[1:])
    if ONE_COLUMN.fullmatch(second.strip()):
        del lines[1]
        column = one_column(heading, lines[1:])
        if column or len(lines) < 2:
            return column
    elif RULE.fullmatch(second.strip()):
        if len(lines) > 3 and are_types(lines[2][1].split()):
            del lines[2]
        table = _below_rule(schema, heading, second, lines[2:])
        return _without_escapes(table) if table and second.startswith(INDENT_OF_PANDOC) else table
    return (
        _transposed(schema, lines)
        or _by_words(schema, heading, lines[1:])
        or _between_blanks(schema, heading, lines[1:])
    )


def _without_escapes(table: Table) -> Table:
    """Return a table as Pandoc draws simple ones without the backslashes of Markdown."""
    texts, notes = without_escapes([(line, [str(cell.value) for cell in row]) for line, row in table.rows])
    rows = [(line, [Bare(0, cell) for cell in row]) for line, row in texts]
    return replace(table, rows=rows, notes=(*table.notes, *notes))


def _transposed(schema: Schema, lines: Sequence[tuple[int, str]]) -> Table | None:
    """Return a table that has its rows as columns, below their numbers, as a data frame's `T` has them."""
    numbers = [each.strip("[],") for each in lines[0][1].split()]
    rows = [line.split() for _number, line in lines[1:]]
    names = [row[0] for row in rows]
    if not all(each.isdecimal() for each in numbers) or not _are_names(schema, names):
        return None
    if any(len(row) != len(numbers) + 1 for row in rows):
        edges, is_certain = named_parts(lines[0][1], lines[1:])
        if len(edges) != len(numbers) + 1 or not is_certain:
            return None
        rows = [[cell.strip() for cell in cells_between(line, edges)] for _number, line in lines[1:]]
    columns = zip(*(row[1:] for row in rows), strict=True)
    return Table(WORDS, names, [(lines[0][0], [Bare(0, cell) for cell in column]) for column in columns])


def _edges_of_rule(rule: str) -> list[tuple[int, int]]:
    starts = [match.start() for match in re.finditer("[-=_]+", rule)]
    return list(zip(starts, [*starts[1:], MOST_COLUMNS_LOOKED_AT], strict=True))


def _below_rule(schema: Schema, heading: str, rule: str, lines: Sequence[tuple[int, str]]) -> Table | None:
    """Return a table with a column below each part of its rule, or between as many blanks; raise TableError.

    PowerShell has as many dashes as a name has letters, and numbers that begin before them.
    """
    edges = _edges_of_rule(rule)
    names = [cell.strip() for cell in cells_between(heading, edges)]
    pairs = pairs_below_heading(schema, names, [(line, cells_between(text, edges)) for line, text in lines])
    if pairs:
        return Table(WORDS, *pairs, may_be_cut=True)
    table = _made(schema, heading, lines, edges)
    table = with_whole_names(schema, table, rule) if table else None
    cut = _cut_word(lines[: schema.entity.most_per_call], edges) if table else ""
    if not cut:
        return table
    # All that stands behind the beginning of the last column is in it.
    last = edges[-1][0] + 1
    blanks, is_certain = named_parts(heading[:last], [(line, text[:last]) for line, text in lines])
    blanks[-1] = (blanks[-1][0], MOST_COLUMNS_LOOKED_AT)
    if len(blanks) != len(edges) or not is_certain:
        raise TableError(f"{cut} stands in two columns. Align the columns, or paste CSV or JSON.")
    return _made(schema, heading, lines, blanks)


def _cut_word(lines: Sequence[tuple[int, str]], edges: list[tuple[int, int]]) -> str:
    """Return the first word that the beginning of a column would cut, with its line; "" if there is none."""
    for number, line in lines:
        for left, right in pairwise(cells_between(line, edges)):
            if left[-1:].strip() and right[:1].strip():
                return f"Line {number}: {quoted(left.split()[-1] + right.split()[0])}"
    return ""


def _by_words(schema: Schema, heading: str, lines: Sequence[tuple[int, str]]) -> Table | None:
    """Return a table each of whose rows has as many words as its heading, or one more before them."""
    names = heading.split()
    counts = {len(line.split()) for _number, line in lines}
    if counts not in ({len(names)}, {len(names) + 1}) or not _are_names(schema, names):
        return None
    if counts != {len(names)} and not all(line.split()[0].rstrip(":.").isdecimal() for _number, line in lines):
        return None
    if len(lines) <= MOST_ALIGNED and has_empty_cells(len(names), named_parts(heading, lines)[0], lines):
        return None
    rows = [(number, [Bare(0, cell) for cell in line.split()]) for number, line in lines]
    return Table(WORDS, names, rows, may_be_cut=True)


def _are_names(schema: Schema, names: Sequence[str]) -> bool:
    """Return whether a line is a heading: half of it are fields, since words with spaces between them are any text."""
    known = [name for name in names if NAME.fullmatch(name) and schema.field(name)]
    return 2 * len(known) >= len(names) > 1 and names_fields(schema, names)


def _between_blanks(schema: Schema, heading: str, lines: Sequence[tuple[int, str]]) -> Table | None:
    """Return a table whose columns stand between blanks, or None; raise TableError where words are near to two."""
    edges, is_certain = named_parts(heading, lines)
    table = _made(schema, heading, lines, edges)
    if table is None:
        return None
    if not is_certain:
        table = _made(schema, heading, lines, parts_of([heading, *(line for _number, line in lines)], 2))
        if table is None or not all(map(schema.field, table.heading or [""])):
            raise TableError("Words stand as near to one column as to the next one. Paste CSV or JSON.")
    return replace(table, notes=(*table.notes, *_notes_on_gaps(table)))


def _notes_on_gaps(table: Table) -> tuple[str, ...]:
    """Return a sentence on the first cell with several blanks in it, which may be two: nothing else tells them."""
    wide = next(
        ((line, str(cell.value)) for line, row in table.rows for cell in row if GAP.search(str(cell.value))), None
    )
    return (f"Line {wide[0]}: {quoted(wide[1])} is taken for one cell, with the spaces in it.",) if wide else ()


def _made(
    schema: Schema, heading: str, lines: Sequence[tuple[int, str]], edges: list[tuple[int, int]]
) -> Table | None:
    names = [cell.strip() for cell in cells_between(heading, edges)]
    if not lines or not _are_names(schema, names):
        return None
    if len(lines) > schema.entity.most_per_call:
        if any(is_left_out(line.split()) for _number, line in lines):
            raise TableError(LEFT_OUT_BY_PROGRAM)
        # Beyond the number of records that can be sent, rows are only counted.
        return Table(WORDS, names, [(number, ()) for number, _line in lines])
    rows = [(number, [Bare(0, cell.strip()) for cell in cells_between(line, edges)]) for number, line in lines]
    return Table(WORDS, names, rows, may_be_cut=True)
