"""Tables whose cells stand between separators (RFC 4180 and its kin), with or without quotes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.bars import is_between_bars, with_spaced_bars, without_outer_bars
from console.records.pasted.tables.cells import (
    ESCAPED_IN_QUOTES,
    UNESCAPED,
    has_space_after,
    notes_on_spaces,
    read_cells,
    rows_of_any,
    unescaped,
)
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.joined_cells import with_joined_cells
from console.records.pasted.tables.no_records import without_others
from console.records.pasted.tables.surroundings import notes_on_others, without_footer, without_success
from console.records.pasted.tables.table import MAY_BE_ESCAPED, Rows, Table, TableError, last_cell_cut, last_row_cut
from console.records.pasted.tables.words import words_of_rows, words_of_shell
from console.records.pasted.values.dialect import Dialect
from console.records.schemas.schema import Schema
from console.records.validation.text_doubts import FORMULA_OF_TEXT

# Tabs come from a spreadsheet's clipboard, semicolons from the CSV files of half of Europe.
SEPARATORS = {
    "\t": "rows of a spreadsheet",
    ",": "rows of CSV",
    ";": "rows of CSV with semicolons",
    "|": "rows with bars",
}
# The format of R's write.table.
BETWEEN_QUOTES = (" ", "rows of words in quotes")
ALL_IN_QUOTES = re.compile(r'"[^"]*+"(?: "[^"]*+")*+ ?\r?')
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)')
BEGINS_A_LITERAL = ("[", "{", "(", "<")
# A heading that begins as a browser's or a notebook's table of objects does.
NAME_IN_PARENTHESES = re.compile(r"\s*\(\w+\)[ ]*[\t,;|]")
# How far a heading may stand below the titles above it, and the words of a mail.
MOST_TITLE_LINES = 40
# More of them than any schema has fields.
MOST_COLUMNS = 1000
# How a mail ends, below a blank line.
SIGNATURE = re.compile(
    r"\s*(?:--[ \r]?$|(?:(?:(?:kind|best|warm|with)\s+)?(?:kind\s+|best\s+)?(?:regards|wishes)|best|cheers|thanks"
    r"|thank you|many thanks|sincerely|yours)\b[^|;\t\"]*$|(?:mit freundlichen|viele|liebe|beste)\s+gr\w+)",
    re.IGNORECASE,
)
DECIMAL_COMMA = re.compile(r"-?[0-9]{1,3}(?:\.?[0-9]{3})*,[0-9]+|-?[0-9]+,[0-9]+")
NUMBER_OR_WORD = re.compile(r"[-+0-9.,eE]*|TRUE|FALSE|NA|true|false|True|False")
ONE_COLUMN = re.compile(r"-{3,}")
ONE_IN_QUOTES = re.compile(r'"[^"]*+"\r?')
# A cell of JSON, possibly after the words of a log.
MAY_BE_JSON = re.compile(r"(?:^|[\t,;|])[ ]*\"?(?:[^\t,;|\"{\[\n]{0,200}[\s:=])?[\[{]")
# A separator inside a member's text in a program: `userId = ","`.
OPENS_VALUE = re.compile(r"\w[ \t]*[=:][ \t]*\"[ \t]*\Z")
# Padding of columns; other invisible characters are part of a value.
BLANKS = " \t"


def read_separated(schema: Schema, text: str) -> Table | None:
    """Return the table of a text with a separator, whose heading names the schema's fields; raise TableError."""
    if text.lstrip()[:1] in BEGINS_A_LITERAL and not NAME_IN_PARENTHESES.match(text):
        return None
    marked = SEPARATOR_LINE.match(text)
    body, first = (text[marked.end() :], 2) if marked else (text, 1)
    body = without_footer(body)
    starts = _line_starts(body)
    for number, start in enumerate(starts[: MOST_TITLE_LINES + 1]):
        line = body[start:].partition("\n")[0]
        for separator, words in SEPARATORS.items() if line[:1] != '"' else (*SEPARATORS.items(), BETWEEN_QUOTES):
            if (marked and separator != marked[1]) or separator not in line:
                continue
            if separator == BETWEEN_QUOTES[0] and not ALL_IN_QUOTES.fullmatch(line):
                continue
            if line.count(separator) > MOST_COLUMNS:
                return None
            cells = line.split(separator)
            if any(OPENS_VALUE.search(cell) for cell in cells):
                continue
            if names_fields(schema, [cell.strip(' ="\r') for cell in cells]):
                rows, below = _without_prose(body[start:], separator)
                table = _table(words, separator, rows, first + number)
                table = _with_joined(schema, separator, table)
                around = notes_on_others(body[:start].split("\n"), below)
                cut = _notes_on_cut(table, rows, separator) if rows == body[start:] else ()
                return replace(table, notes=(*around, *table.notes, *cut))
    return None


def _with_joined(schema: Schema, separator: str, table: Table) -> Table:
    rows, notes = with_joined_cells(schema, separator, table.heading or (), list(table.rows))
    return replace(table, rows=rows, notes=(*table.notes, *notes)) if notes else table


def _notes_on_cut(table: Table, text: str, separator: str) -> tuple[str, ...]:
    """Return a sentence on a last row that the text ends with, if it has an ellipsis, an open quote or no last value.

    No value is behind the last separator if no other row ends so.
    """
    if text.endswith(("\n", "\r")):
        return ()
    if len(table.rows) < 2:
        return last_cell_cut(table.rows)
    last = table.rows[-1][1][-1]
    if not isinstance(last, Bare) and str(last.value).count('"') % 2:
        return last_row_cut(table.rows, "a quote that closes")
    others = [row[-1].value for _line, row in table.rows[:-1] if row]
    return (
        last_row_cut(table.rows, "a value") if text.endswith(separator) and all(others) else last_cell_cut(table.rows)
    )


def read_without_heading(schema: Schema, text: str) -> Table | None:
    """Return the rows of a text that are told apart by a separator, and have as many cells each, or None.

    A single line is a row if it has a cell for each field of the schema.
    """
    # The last cell of the last row may be empty.
    text = _without_parentheses(without_footer(without_success(text.rstrip(" \r\n"))).rstrip(" \r\n"))
    if text.lstrip()[:1] in BEGINS_A_LITERAL:
        return None
    for separator, words in SEPARATORS.items():
        if not 0 < text.partition("\n")[0].count(separator) <= MOST_COLUMNS:
            continue
        try:
            table = _table(words, separator, text, 1, has_heading=False)
        except TableError:
            continue
        if not table.rows:
            continue
        widths = {len(row) for _line, row in table.rows}
        is_table = len(table.rows) > 1 or widths == {len(schema.declared_fields)}
        is_heading = names_fields(schema, [str(cell.value) for cell in table.rows[0][1]])
        if len(widths) == 1 and widths != {1} and is_table and not is_heading:
            return table
    return words_of_shell(schema, text) or words_of_rows(schema, text)


def _without_parentheses(text: str) -> str:
    """Return rows without the parentheses that PostgreSQL has around each, and without the name of their column."""
    lines = text.strip().split("\n")
    rows = lines[2:] if len(lines) > 2 and ONE_COLUMN.fullmatch(lines[1].strip()) else lines
    bare = [line.strip() for line in rows if line.strip()]
    if not bare or not all(each.startswith("(") and each.endswith(")") for each in bare):
        return text
    return "\n".join(each[1:-1] for each in bare)


def read_with_documents(text: str) -> Table | None:
    """Return the rows of a text with any heading whose cells may be JSON, or None."""
    text = without_footer(text.strip("\n"))
    first, _break, rest = text.partition("\n")
    if first.lstrip()[:1] in BEGINS_A_LITERAL or not MAY_BE_JSON.search(rest.partition("\n")[0]):
        return None
    for separator, words in SEPARATORS.items():
        is_column = separator == "," and rest.startswith('"') and not first.strip('"').count('"')
        if first.count(separator) > MOST_COLUMNS or (separator not in first and not is_column):
            continue
        try:
            table = _table(words, separator, text, 1)
        except TableError:
            continue
        if table.heading and all(len(row) == len(table.heading) for _line, row in table.rows):
            return table
    return None


def _without_prose(text: str, separator: str) -> tuple[str, list[str]]:
    """Return rows without the words that a blank line keeps apart from them, and the lines of these.

    From the end of a mail on all are words. Others have no separator, or a space behind it where the heading has none.
    """
    lines = text.split("\n")
    if separator == "|" and is_between_bars(lines[0]):
        # The words of a step may stand right below a table of Gherkin.
        rows = sum(1 for _line in takewhile(lambda line: not line.strip() or is_between_bars(line), lines))
        return "\n".join(lines[:rows]), [line for line in lines[rows:] if line.strip()]
    is_spaced = f"{separator} " in lines[0]
    end = len(lines)
    while end > 1 and _are_words(lines[end - 1], separator, is_spaced=is_spaced):
        end -= 1
    signed = (number for number in range(2, end) if not lines[number - 1].strip() and SIGNATURE.match(lines[number]))
    signature = next(signed, end)
    end = end if '"' in "".join(lines[signature:end]) else signature
    if end == len(lines) or (lines[end].strip() and not SIGNATURE.match(lines[end])):
        return text, []
    return without_footer("\n".join(lines[:end])), lines[end:]


def _are_words(line: str, separator: str, *, is_spaced: bool) -> bool:
    if '"' in line:
        # Salesforce puts each line of its footer in quotes.
        return ONE_IN_QUOTES.fullmatch(line) is not None
    return separator not in line or (
        not is_spaced and all(not part or part[0] in " \r" for part in line.split(separator)[1:])
    )


def _line_starts(text: str) -> list[int]:
    starts, position = [0], 0
    while len(starts) <= MOST_TITLE_LINES and (position := text.find("\n", position)) >= 0:
        position += 1
        starts.append(position)
    return starts


def _table(words: str, separator: str, text: str, first_line: int, *, has_heading: bool = True) -> Table:
    if separator == "|":
        text = with_spaced_bars(without_outer_bars(text))
    rows, has_escapes = rows_of_any(text, separator, first_line)
    notes: tuple[str, ...] = (ESCAPED_IN_QUOTES,) if has_escapes else ()
    if separator == "|":
        rows = [(line, [_stripped(cell) for cell in row]) for line, row in rows]
    elif separator != "\t" and has_space_after(text, separator, rows, has_heading=has_heading):
        rows = read_cells(text, separator, first_line, skips_space=True, has_escapes=has_escapes)
        notes = (*notes, "The space after each separator is left out.")
    elif separator in ",;":
        notes = (*notes, *notes_on_spaces(text, separator, rows, has_escapes=has_escapes))
    if separator == "\t" and _is_padded(rows):
        rows = [(line, [_stripped(cell) for cell in row]) for line, row in rows]
        notes = ("The spaces that align the columns are left out.",)
    heading = [_name(cell) for cell in rows.pop(0)[1]] if has_heading else None
    # A cell without quotes may have a bar in it, and the last one may be empty.
    has_end = separator != "|" or heading is None or heading[-1] == ""
    rows = [(line, _without_end(row, heading if has_end else None)) for line, row in rows]
    if heading:
        rows, others = without_others(heading, rows)
        notes = (*notes, *others)
    is_quoted = any(not isinstance(cell, Bare) for _line, row in rows for cell in row)
    is_dump = separator == "\t" and not is_quoted
    no_value = {"\\N"} if is_dump and any(cell.value == "\\N" for _line, row in rows for cell in row) else set()
    if is_dump and any("\\" in str(cell.value) and cell.value != "\\N" for _line, row in rows for cell in row):
        is_certain = bool(no_value) or any(cell.value == "NULL" for _line, row in rows for cell in row)
        notes = (*notes, UNESCAPED if is_certain else MAY_BE_ESCAPED)
        rows = [(line, [unescaped(cell) for cell in row]) for line, row in rows] if is_certain else rows
    if separator == BETWEEN_QUOTES[0] and not has_escapes and "\\" in text:
        # sqlite's mode `tcl` escapes backslashes, and write.table of R does not.
        notes = (*notes, MAY_BE_ESCAPED)
    decimal_comma = separator == ";" and any(
        DECIMAL_COMMA.fullmatch(str(cell.value).strip()) for _line, row in rows for cell in row
    )
    has_quotes = is_quoted and _are_texts_quoted(rows)
    return Table(words, heading, rows, Dialect(frozenset(no_value), has_quotes, decimal_comma), notes)


def _name(cell: Scalar) -> str:
    """Return the name of a column, which may be the text of a formula."""
    name = str(cell.value).strip()
    match = FORMULA_OF_TEXT.fullmatch(name)
    return match[1] if match else name


def _is_padded(rows: Rows) -> bool:
    """Return whether spaces around cells make the columns as wide in each row, but perhaps for the last one."""
    columns = list(zip(*([str(cell.value) for cell in row] for _line, row in rows), strict=False))[:-1]
    is_aligned = all(len({len(cell) for cell in column}) == 1 for column in columns)
    return is_aligned and any(cell != cell.strip(BLANKS) for column in columns for cell in column)


def _stripped(cell: Scalar) -> Scalar:
    return Bare(0, str(cell.value).strip(BLANKS)) if isinstance(cell, Bare) else cell


def _without_end(row: Sequence[Scalar], heading: Sequence[str] | None) -> Sequence[Scalar]:
    """Return a row without the empty cells past its heading, which a separator at its end makes.

    A heading with a separator at its end has a cell for that itself, in which no row has a value.
    """
    if heading is None:
        return row
    if len(row) > len(heading) > 1 and not heading[-1] and row[len(heading) - 1].value:
        return row
    end = len(row)
    while end > len(heading) and isinstance(row[end - 1], Bare) and not row[end - 1].value:
        end -= 1
    return row[:end]


def _are_texts_quoted(rows: Rows) -> bool:
    """Return whether all unquoted cells are numbers or markers, as where R quotes its texts."""
    return all(
        NUMBER_OR_WORD.fullmatch(str(cell.value)) for _line, row in rows for cell in row if isinstance(cell, Bare)
    )
