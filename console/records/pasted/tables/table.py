"""A table of a text: its heading, its rows, and how its program writes values."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from console.records.json.nodes import Bare, Member, Object, Scalar, quoted
from console.records.pasted.detected import Refusal
from console.records.pasted.literals.tokens import END, STRINGS, Tokens, string_text
from console.records.pasted.tables.headings import matched_columns, names_fields
from console.records.pasted.values.dialect import PLAIN, Dialect
from console.records.schemas.schema import Schema

# Marks where programs left out columns, rows or the rest of a cell.
ELLIPSIS = "..."
CUT_MARKS = (ELLIPSIS, "\u2026", "\u22ee")
# Quotation marks of chats, word processors and Markdown.
QUOTED = re.compile(
    r"[\u201c\u201d\u201e]([^\u201c\u201d\u201e]*)[\u201c\u201d]"
    r"|[\u2018\u201a]((?:[^\u2018\u2019\u201a]|\u2019\w)*)[\u2018\u2019]"
    r"|\u00ab([^\u00ab\u00bb]*)\u00bb|`([^`]*)`"
)
# A literal of SQL: a text, a number, or a word that stands for a value.
SQL = re.compile(r"'(?:[^']|'')*'|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|NULL|TRUE|FALSE|true|false|null|")

# A text as data frames and SQL print it: a quote is doubled, or escaped with a backslash; which of the two is
# uncertain.
IN_SINGLE = re.compile(r"'(?:[^'\\]|''|\\['\"])*+'")
QUOTE_IN_SINGLE = re.compile(r"''|\\['\"]")
IN_DOUBLE = re.compile(r'"(?:[^"\\]|"(?!"|\Z)|"(?="\Z))*+"')
NO_VALUES = ("", "null", "none", "nan", "na", "<na>")

LEFT_OUT_BY_PROGRAM = (
    "Its program has left rows or columns out, where it has “…”. Print the whole table, best as CSV: a data frame has "
    "to_csv or write_csv."
)
# Names of a column of row numbers. R and ClickHouse put a mark after each number.
ROW_NUMBERS = frozenset(
    (
        *("#", "row", "(index)", "line_number", "line_numbers", "rownum", "_c0", "index", "idx", "rn", "row_number"),
        *("obs", "no", "no.", "nr", "nr.", "num", "row #", "row no", "row no.", "s.no", "s.no.", "sl. no.", "\u2116"),
    )
)
# The index column of data frames and of browser consoles.
INDEX_OF_NODE = "(index)"
INDEX_NAMES = ("", INDEX_OF_NODE)
NUMBER_MARK = re.compile(r"[:.]$")
WRITTEN_ESCAPE = re.compile(r"\\[ntr]")
MAY_BE_ESCAPED = (
    "Backslashes stay as they are. If a database client wrote \\t for a tab or \\n for a line break, put those in."
)
# Whether a row is chosen, as pages and tickets have it before each.
BOXES = frozenset(("[ ]", "[x]", "[X]", "\u2610", "\u2611", "\u2612", "\u2713", "\u2714", "\u2705"))
BOXES_LEFT_OUT = "The unnamed first column of boxes is left out."
UNNAMED_LEFT_OUT = "The unnamed first column of row numbers is left out."

# The cells of each row, with its line in the text.
type Rows = list[tuple[int, Sequence[Scalar]]]


class TableError(Refusal):
    """A table that cannot be read: its text is a sentence that says where and why."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it is called, such as `a psql table`; its heading; and its rows, each with its line in the text.

    `heading` is None of rows without one. A cell is text without quotes (Bare), or in quotes (Scalar).
    `may_be_cut` says that its program cuts cells that are too long for their column.
    """

    words: str
    heading: Sequence[str] | None
    rows: Sequence[tuple[int, Sequence[Scalar]]]
    dialect: Dialect = PLAIN
    notes: tuple[str, ...] = ()
    may_be_cut: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows of a table as objects, and what is to be said of its columns, in sentences."""

    records: tuple[Object, ...]
    dialect: Dialect
    notes: tuple[str, ...]


def with_columns(schema: Schema, table: Table, heading: Sequence[str]) -> Columns:
    """Return the rows of a table as objects with the names of its columns; raise TableError.

    A column that no field is named as keeps its heading. An unnamed first one of numbers is left out.
    """
    if heading[:1] == [INDEX_OF_NODE]:
        table = replace(table, rows=[(line, [_as_node_shows(cell) for cell in row]) for line, row in table.rows])
    table, heading = _without_sql_quotes(table, heading)
    table = _without_other_quotes(table)
    rows = [(line, row) for line, row in table.rows if not is_left_out([cell.value for cell in row])]
    if len(rows) < len(table.rows) or any(name in CUT_MARKS for name in heading):
        raise TableError(LEFT_OUT_BY_PROGRAM)
    heading, rows, notes = _without_index(schema, heading, rows)
    for line, row in rows:
        if len(row) != len(heading):
            advice = (
                "Put a cell in double quotes that has the separator in it, or paste JSON."
                if len(row) > len(heading)
                else "Add what is missing, or put a cell in double quotes that has the separator in it."
            )
            raise TableError(
                f"Line {line}: expected {len(heading)} cells, as the heading has; found {len(row)}. {advice}"
            )
        cut = [cell for cell in row if isinstance(cell, Bare) and str(cell.value).endswith("\u2026")]
        if cut:
            raise TableError(f"Line {line}: “{cut[0].value}” was cut by its program. Print the whole of it.")
    names, renamed = matched_columns(schema, heading)
    objects: list[Object] = []
    for line, row in rows:
        members = [Member(0, name, cell) for name, cell in zip(names, row, strict=True) if name or cell.value]
        objects.append(Object(line, members))
    cut_notes = (*_notes_on_cut_cells(rows), *_notes_on_escapes(rows)) if table.may_be_cut else ()
    return Columns(tuple(objects), table.dialect, (*table.notes, *notes, *renamed, *cut_notes))


def _notes_on_cut_cells(rows: Rows) -> tuple[str, ...]:
    """Return a sentence on cells that end with an ellipsis, if several do, or the longest of a column."""
    found = []
    for column in zip(*(row for _line, row in rows), strict=True):
        texts = [str(cell.value) for cell in column]
        longest = max(len(text) for text in texts)
        cut = [text for text in texts if text.endswith(ELLIPSIS) and text != ELLIPSIS]
        found += cut if len(cut) > 1 or any(len(text) == longest for text in cut) else []
    if not found:
        return ()
    cells = "1 cell ends" if len(found) == 1 else f"{len(found)} cells end"
    return (f"{cells} with “...”, as cells do that a program has cut: {quoted(found[0])}. Print the whole of them.",)


def _notes_on_escapes(rows: Rows) -> tuple[str, ...]:
    """Return a sentence on backslashes as data frames and DuckDB have them in the place of line breaks and tabs."""
    has_escapes = any(
        isinstance(cell, Bare) and WRITTEN_ESCAPE.search(str(cell.value)) for _line, row in rows for cell in row
    )
    return (MAY_BE_ESCAPED,) if has_escapes else ()


def last_cell_cut(rows: Sequence[tuple[int, Sequence[Scalar]]]) -> tuple[str, ...]:
    """Return a sentence on the last cell if it ends with an ellipsis, where the whole text may be cut."""
    last = str(rows[-1][1][-1].value) if rows and rows[-1][1] else ""
    if not last.endswith((ELLIPSIS, "\u2026")):
        return ()
    return (f"The last cell ends as a text does that was cut: {quoted(last)}. Paste the whole of it.",)


def last_row_cut(rows: Sequence[tuple[int, object]], wanted: str) -> tuple[str, ...]:
    """Return a sentence on a last row that does not end as it should, in words."""
    return (f"Line {rows[-1][0]}: the last row may be cut, since it does not end with {wanted}. Check its values.",)


def _as_node_shows(cell: Scalar) -> Scalar:
    """Return the text of a cell of Node's console.table that has escapes in its quotes, as JavaScript has them."""
    text = str(cell.value)
    token = Tokens(text)[0] if "\\" in text else END
    value = string_text(token) if token.text == text and token.kind in STRINGS else None
    return cell if value is None else Scalar(0, value)


def _without_sql_quotes(table: Table, heading: Sequence[str]) -> tuple[Table, Sequence[str]]:
    """Return a table whose texts are literals of SQL without their quotes, as sqlite's mode `quote` has them."""
    cells = [str(cell.value) for _line, row in table.rows for cell in row if isinstance(cell, Bare)]
    if not _is_of_sql(cells):
        return table, heading
    rows = [(line, [_of_sql(cell) for cell in row]) for line, row in table.rows]
    return replace(table, rows=rows, dialect=Dialect(has_quotes=True)), [name.strip("'") for name in heading]


def _without_other_quotes(table: Table) -> Table:
    """Return a table without what are quotes in single columns, as console.table has them, or typographic ones."""
    width = max((len(row) for _line, row in table.rows), default=0)
    columns = [[row[index] for _line, row in table.rows if index < len(row)] for index in range(width)]
    ways = [_way_without_quotes(column) for column in columns]
    rows: Rows = []
    count = 0
    for line, row in table.rows:
        bare = [way(cell) for way, cell in zip(ways, row, strict=False)]
        count += sum(one is not other for one, other in zip(bare, row, strict=True))
        rows.append((line, bare))
    left = _note_on_quotes_left(rows)
    if not count and not left:
        return table
    note = f"Quotes are left out: {count} {'cell stands' if count == 1 else 'cells stand'} in them."
    return replace(table, rows=rows, notes=(*table.notes, *((note,) if count else ()), *left))


def _way_without_quotes(column: Sequence[Scalar]) -> Callable[[Scalar], Scalar]:
    """Return what leaves out the quotes of a column's cells: single ones, double ones, or typographic ones."""
    if _is_of_sql([str(cell.value) for cell in column]) or _is_in_quotes(column):
        return _without_single
    return _without_double if _is_in_double(column) else _without_typographic


def _note_on_quotes_left(rows: Rows) -> tuple[str, ...]:
    """Return a sentence on the first cell that keeps its single quotes, which not all cells of its column have."""
    for line, row in rows:
        for cell in row:
            text = str(cell.value)
            if isinstance(cell, Bare) and len(text) > 2 and text[0] == text[-1] == "'":
                return (f"Line {line}: {quoted(text)} keeps its quotes, which not all cells of its column have.",)
    return ()


def _is_in_quotes(column: Sequence[Scalar]) -> bool:
    """Return whether all values of a column are quoted, some with single quotes, as in Python's repr."""
    texts = [str(cell.value) for cell in column if isinstance(cell, Bare) and str(cell.value).lower() not in NO_VALUES]
    is_single = [bool(IN_SINGLE.fullmatch(text)) for text in texts]
    return any(is_single) and all(
        single or IN_DOUBLE.fullmatch(text) for single, text in zip(is_single, texts, strict=True)
    )


def _without_single(cell: Scalar) -> Scalar:
    text = str(cell.value)
    if isinstance(cell, Bare) and IN_SINGLE.fullmatch(text):
        return Scalar(0, QUOTE_IN_SINGLE.sub(lambda match: match[0][1], text[1:-1]))
    return _without_double(cell) if IN_DOUBLE.fullmatch(text) else _of_sql(cell)


def _is_of_sql(cells: Sequence[str]) -> bool:
    """Return whether the cells are literals of SQL, texts in quotes among them."""
    return any(cell.startswith("'") for cell in cells) and all(SQL.fullmatch(cell) for cell in cells)


def _is_in_double(cells: Sequence[Scalar]) -> bool:
    """Return whether all cells of a column with a value are texts in double quotes, without escapes in them."""
    texts = [str(cell.value) for cell in cells if isinstance(cell, Bare) and str(cell.value).lower() not in NO_VALUES]
    return bool(texts) and all(IN_DOUBLE.fullmatch(text) for text in texts)


def _without_double(cell: Scalar) -> Scalar:
    text = str(cell.value)
    return Scalar(0, text[1:-1]) if isinstance(cell, Bare) and text.startswith('"') else cell


def _without_typographic(cell: Scalar) -> Scalar:
    match = QUOTED.fullmatch(str(cell.value).strip()) if isinstance(cell, Bare) else None
    return Scalar(0, match[match.lastindex or 0]) if match else cell


def _of_sql(cell: Scalar) -> Scalar:
    text = str(cell.value)
    return Scalar(0, text[1:-1].replace("''", "'")) if text.startswith("'") and isinstance(cell, Bare) else cell


def is_left_out(row: Sequence[object]) -> bool:
    """Return whether the values of a row are marks of rows that a program has left out."""
    cells = {cell for cell in row if cell != ""}
    # pandas has two dots in place of short row numbers.
    return bool(cells & set(CUT_MARKS)) and cells <= {*CUT_MARKS, ".."}


def _without_index(schema: Schema, heading: Sequence[str], rows: Rows) -> tuple[Sequence[str], Rows, tuple[str, ...]]:
    """Return a table without its first column, if that is a running number without a name, or with that of one."""
    is_short = bool(rows) and all(len(row) == len(heading) + 1 for _line, row in rows)
    name = "" if is_short else heading[0].strip()
    is_named = name.lower() in ROW_NUMBERS or name.isdecimal()
    if (name and not is_named) or (is_named and schema.field(name)):
        return heading, rows, ()
    marks = {str(row[0].value).strip() for _line, row in rows if row}
    if not name and marks & BOXES and marks <= BOXES | {""} and not is_short:
        return heading[1:], [(line, row[1:]) for line, row in rows], (BOXES_LEFT_OUT,)
    numbers = [NUMBER_MARK.sub("", str(row[0].value)) for _line, row in rows if row]
    if len(numbers) < len(rows) or not rows or not all(each.isdecimal() for each in numbers):
        return _with_ids(schema, name, heading if is_short else heading[1:], heading, rows)
    if len(set(numbers)) < len(numbers):
        return heading, rows, ()
    if is_named and not _is_running([name, *numbers] if name.isdecimal() else numbers):
        return heading, rows, ()
    others = [(line, row[1:]) for line, row in rows]
    note = f"The column {name} of row numbers is left out." if name else UNNAMED_LEFT_OUT
    return heading if is_short else heading[1:], others, (note,)


def _with_ids(
    schema: Schema, name: str, others: Sequence[str], heading: Sequence[str], rows: Rows
) -> tuple[Sequence[str], Rows, tuple[str, ...]]:
    """Return a table whose index has the ids, where no other column has them, under the name of their field."""
    ids = [str(row[0].value) for _line, row in rows if row and str(row[0].value).strip()]
    has_own = schema.id_field.name in matched_columns(schema, others)[0]
    if any("  " in each or schema.field(each) for each in ids):
        # There are several columns, or the names of fields.
        return heading, rows, ()
    if name not in INDEX_NAMES or has_own or len(set(ids)) < len(rows) or not names_fields(schema, others):
        return heading, rows, ()
    note = f"The {f'column {name}' if name else 'unnamed first column'} is taken for {schema.id_field.name}."
    return [schema.id_field.name, *others], rows, (note,)


def _is_running(numbers: Sequence[str]) -> bool:
    first = {"0": 0, "1": 1}.get(numbers[0])
    return first is not None and [str(first + number) for number in range(len(numbers))] == list(numbers)
