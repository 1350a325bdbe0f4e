"""The markup in the cells of a Markdown table, read as what it stands for (CommonMark 2.4, 2.5, 6.2 and 6.3)."""

import re
from collections.abc import Sequence

from console.records.html_references import without_references
from console.records.json.nodes import quoted

# Escapes of a character, and a line break within a table.
ESCAPE = r"\\(?P<escaped>[!-/:-@\[-`{-~])"
ESCAPED_BAR = r"\\(?P<escaped>\|)"
MARKUP = r"%s|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)|(?P<br><br ?/?>)"
# A link and strong emphasis, each of a whole cell. One asterisk or underscore may as well be part of a value.
AROUND_TEXT = re.compile(
    r"\[(?P<link>(?:[^\[\]\\]|\\.)+)\]\([^()\s]*(?: +\"[^\"]*\")?\)"
    r"|\*\*(?P<stars>(?:[^*\\]|\\.)+)\*\*"
    r"|__(?P<lines>(?:(?!__)[^\\]|\\.)+)__"
)

# A text in quotes that has escapes of its own.
SHOWN_BY_PYTHON = re.compile(r"'(?:[^'\\]|\\.)*+'")
# A backslash before one of Markdown's marks or before a quote, which values hardly ever contain.
CERTAIN_ESCAPE = re.compile(r"\\[_*'\"`~\[\]<>#]")
NO_ESCAPE = re.compile(r"\\(?![!-/:-@\[-`{-~])")
ANY_ESCAPE = re.compile(ESCAPE)

# The cells of each row, with its line in the text.
type Texts = Sequence[tuple[int, Sequence[str]]]


def without_markup(heading_line: str, heading: Sequence[str], rows: Texts) -> tuple[Texts, tuple[str, ...]]:
    """Return the cells below a heading as what they stand for, and sentences on that.

    Links and emphasis are left out of a column whose cells all have them. Where only some do, they stay and are named.
    """
    markup = _markup_below(heading_line, rows)
    stripped = [(line, [cell.strip() for cell in row]) for line, row in rows]
    plain, notes = _without_emphasis(heading, stripped)
    meant = [(line, [markup.sub(_meaning, cell) for cell in row]) for line, row in plain]
    return meant, (*notes, *_markup_notes(markup, plain))


def _without_emphasis(heading: Sequence[str], rows: Texts) -> tuple[Texts, tuple[str, ...]]:
    columns: list[Sequence[str]] = []
    notes: list[str] = []
    for name, cells in zip(heading, zip(*(row for _line, row in rows), strict=True), strict=False):
        bare = [_inner(cell) for cell in cells]
        first = next((place for place, cell in enumerate(cells) if bare[place] != cell), None)
        if first is None:
            columns.append(cells)
        elif all(one != other for one, other in zip(bare, cells, strict=True) if other):
            columns.append(bare)
            example = f"{quoted(cells[first])} is {quoted(bare[first])}"
            notes.append(f"Links and emphasis of Markdown are left out of {name or 'a column'}: {example}.")
        else:
            columns.append(cells)
            notes.append(
                f"Line {rows[first][0]}: {quoted(cells[first])} keeps its markup, which not all cells of "
                f"{name or 'the column'} have. Leave it out unless it is meant."
            )
    texts = [(line, cells) for (line, _row), cells in zip(rows, zip(*columns, strict=True), strict=False)]
    return texts, tuple(notes)


def _inner(cell: str) -> str:
    """Return the text of a cell that is a link or emphasis, or one in the other."""
    while match := AROUND_TEXT.fullmatch(cell):
        cell = match["link"] or match["stars"] or match["lines"]
    return cell


def without_escapes(rows: Texts) -> tuple[Texts, tuple[str, ...]]:
    """Return the cells of a table that may be one of Pandoc without its backslashes, and a sentence on that."""
    if not _are_escaped(rows):
        return rows, ()
    bare = [(line, [ANY_ESCAPE.sub(r"\g<escaped>", cell) for cell in row]) for line, row in rows]
    return bare, _markup_notes(ANY_ESCAPE, rows)


def _are_escaped(rows: Texts) -> bool:
    """Return whether the backslashes of cells are certainly those of Markdown: all of them are before a mark.

    Those of JSON are not, nor those of a text in quotes as Python shows it.
    """
    cells = [cell for _line, row in rows for cell in row if "\\" in cell]
    if any(cell.lstrip().startswith(("[", "{")) or SHOWN_BY_PYTHON.fullmatch(cell) for cell in cells):
        return False
    is_any = any(map(CERTAIN_ESCAPE.search, cells))
    return is_any and not any(NO_ESCAPE.search(ANY_ESCAPE.sub("", cell)) for cell in cells)


def _markup_below(heading: str, rows: Texts) -> re.Pattern[str]:
    """Return the markup of the cells below a heading of Markdown.

    Each program escapes bars. Other backslashes stand as they are unless the heading has one, since a program that
    escapes makes USER\\_ID of USER_ID, or the cells have only such as Markdown has.
    """
    is_escaped = ANY_ESCAPE.search(heading) or _are_escaped(rows)
    return re.compile(MARKUP % (ESCAPE if is_escaped else ESCAPED_BAR), re.IGNORECASE)


def _markup_notes(markup: re.Pattern[str], rows: Texts) -> tuple[str, ...]:
    """Return a sentence on the markup that is read as what it stands for."""
    found = [cell for _line, row in rows for cell in row if markup.search(cell)]
    if not found:
        return ()
    cells = "1 cell" if len(found) == 1 else f"{len(found)} cells"
    return (f"Markup of Markdown in {cells} is read as what it stands for: {quoted(found[0])}.",)


def _meaning(match: re.Match[str]) -> str:
    if match["escaped"]:
        return match["escaped"]
    return without_references(match["entity"]) if match["entity"] else "\n"
