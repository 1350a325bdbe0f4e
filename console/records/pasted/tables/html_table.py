"""Tables of HTML, as data frames and database clients write them."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from console.records.html_references import without_long_references
from console.records.json.nodes import Bare, quoted
from console.records.pasted.tables.headings import matched_columns, names_fields
from console.records.pasted.tables.no_records import TYPES_LEFT_OUT, are_types
from console.records.pasted.tables.table import Table, TableError, last_cell_cut, last_row_cut
from console.records.schemas.schema import Schema

ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
# html.parser takes more than its share of time for long nonsense, and ten rows are short.
LONGEST_HTML = 20_000
IN_CELL = ("td", "th")
# HTML shows any of these characters in a row as one space.
SPACE = re.compile(r"[ \t\n\r\f]+")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
HIDDEN_STYLE = re.compile(r"\b(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
# Nor are names of icons, and what people press, a part of a value.
NEVER_SHOWN = ("script", "style", "template", "noscript", "title", "svg", "button", "select", "datalist")
FOR_SCREEN_READERS = re.compile(r"\b(?:sr-only|screen-reader-text|visually-?hidden)\b")
STRUCK_OUT = ("del", "s", "strike")
# Each begins and ends a line.
BLOCKS = ("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "pre", "blockquote", "section", "h1", "h2", "h3", "h4")
# A wiki's stored macro: of its parameters, only the title is shown.
MACRO_PARAMETER, SHOWN_PARAMETER = "ac:parameter", "title"
WITHOUT_TEXT = ("br", "img", "input", "hr", "wbr", "col")
FOOTNOTES = "Raised text is left out of cells, as a footnote: {}."
HIDDEN = "Hidden text is left out of cells: {}."
STRUCK = "Text that is struck out is left out of cells: {}."
BREAKS = "A <br> or a paragraph in a cell is read as a line break."
SPACES = "No-break spaces in cells are read as spaces."


def read_html(schema: Schema, text: str) -> Table | None:
    """Return the table of a text that is HTML with one table, or its rows alone, or None; raise TableError."""
    if len(text) > LONGEST_HTML or not text.lstrip().startswith("<") or not ROW.search(text):
        return None
    reader = _Reader()
    reader.feed(without_long_references(text))
    reader.close()
    rows = [(line, row) for line, row in reader.rows if row]
    if len(rows) > 1 and _is_index_below(rows[0][1], rows[1][1]):
        rows[:2] = [(rows[0][0], [name or index for name, index in zip(rows[0][1], rows[1][1], strict=True)])]
    if not rows or not names_fields(schema, rows[0][1]):
        return None
    if reader.tables > 1:
        raise TableError("It has more than one table. Paste the one that you mean.")
    notes: tuple[str, ...] = ()
    if len(rows) > 1 and are_types([cell for cell in rows[1][1] if cell]):
        del rows[1]
        notes = (TYPES_LEFT_OUT,)
    heading = [cell.replace("\n", " ") for cell in rows[0][1]]
    _check_breaks(schema, heading, rows[1:])
    cells = [(line, [Bare(0, cell) for cell in row]) for line, row in rows[1:]]
    cut = last_row_cut(rows, "its tags") if _is_cut(text) else ()
    return Table(
        "rows of an HTML table", heading, cells, notes=(*notes, *_notes(reader, rows[1:]), *cut, *last_cell_cut(cells))
    )


def _is_cut(text: str) -> bool:
    """Return whether the last cell of a table is not closed, where others are, or the table itself."""
    text = text.lower()
    last = max(text.rfind("<td"), text.rfind("<th"))
    is_open = "</td" in text and not any(end in text[last:] for end in ("</td", "</th", "</tr"))
    return is_open or ("<table" in text and "</table" not in text)


def _is_index_below(heading: Sequence[str], names: Sequence[str]) -> bool:
    """Return whether a second row of names has those of the index alone, where the first one has none."""
    return len(heading) == len(names) and all(
        bool(name) != bool(index) for name, index in zip(heading, names, strict=True)
    )


def _check_breaks(schema: Schema, heading: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> None:
    """Raise TableError if a cell has a line break whose field is not one of text, where it might separate values."""
    for place, name in enumerate(matched_columns(schema, heading)[0]):
        field = schema.field(name)
        if field is None or ("string" in field.types and not (field.categorical or field.is_id)):
            continue
        for line, row in rows:
            if place < len(row) and "\n" in row[place]:
                raise TableError(
                    f"Line {line}: a cell of {field.name} has a line break, which is no part of such a value. "
                    "Put | between categories, or leave the line break out."
                )


def _notes(reader: "_Reader", rows: Sequence[tuple[int, list[str]]]) -> tuple[str, ...]:
    """Return a sentence on the texts that are left out of each kind, and one on line breaks."""
    notes = [
        sentence.format(", ".join(map(quoted, dict.fromkeys(texts))))
        for sentence, texts in reader.left_out.items()
        if texts
    ]
    if any("\n" in cell for _line, row in rows for cell in row):
        notes.append(BREAKS)
    return (*notes, SPACES) if reader.has_no_break_spaces else tuple(notes)


class _Reader(HTMLParser):
    """Collects the texts of the cells of each row, with the row's line, and what is left out of them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[str]]] = []
        self.tables = 0
        # By the sentence that reports them.
        self.left_out: dict[str, list[str]] = {FOOTNOTES: [], HIDDEN: [], STRUCK: []}
        self.has_no_break_spaces = False
        # The lines of the cell that is read, None between cells.
        self._lines: list[str] | None = None
        # The element whose text is left out, how often it is open within itself, and where its text goes.
        self._left_out = ""
        self._depth = 0
        self._aside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell, or a text that is left out; a line break within a cell is one."""
        self.tables += tag == "table"
        if tag == "tr":
            self._end_cell()
            self.rows.append((self.getpos()[0], []))
        elif tag in IN_CELL and self.rows:
            self._end_cell()
            self._lines = [""]
        elif self._lines is not None and tag in BLOCKS:
            self._break()
            self._begin_left_out(tag, dict(attrs))
        elif self._lines is not None and tag not in WITHOUT_TEXT:
            self._begin_left_out(tag, dict(attrs))
        elif tag == "br" and self._lines is not None and not self._left_out:
            self._lines.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a cell, or a text that is left out of it."""
        if tag in IN_CELL:
            self._end_cell()
        elif tag == self._left_out:
            self._depth -= 1
            self._left_out = self._left_out if self._depth else ""
        elif tag in BLOCKS:
            self._break()

    def _break(self) -> None:
        """Begin a new line of the cell, unless that has no text yet."""
        if self._lines and self._lines[-1].strip() and not self._left_out:
            self._lines.append("")

    def handle_data(self, data: str) -> None:
        """Add to the text of the cell that is read, or to what is left out of it."""
        if self._lines is None:
            return
        if not self._left_out:
            self._lines[-1] += data
        elif data.strip():
            self._aside.append(data.strip())

    def close(self) -> None:
        """End the last cell, which needs no end of its own."""
        super().close()
        self._end_cell()

    def _begin_left_out(self, tag: str, attributes: dict[str, str | None]) -> None:
        if self._left_out:
            self._depth += tag == self._left_out
            return
        kind = _kind_left_out(tag, attributes)
        if kind:
            self._left_out, self._depth = tag, 1
            self._aside = self.left_out[kind]

    def _end_cell(self) -> None:
        """Add the cell that is read to its row, with its white space as HTML shows it."""
        if self._lines is not None:
            lines = [SPACE.sub(" ", line).strip() for line in self._lines]
            cell = "\n".join(lines).strip()
            self.has_no_break_spaces = self.has_no_break_spaces or NO_BREAK_SPACE in cell.strip(NO_BREAK_SPACE)
            self.rows[-1][1].append(cell.replace(NO_BREAK_SPACE, " ").strip(" "))
        self._lines, self._left_out = None, ""


def _kind_left_out(tag: str, attributes: dict[str, str | None]) -> str:
    """Return the sentence on what is left out of a cell by an element and its attributes, "" if it is shown."""
    is_hidden = (
        tag in NEVER_SHOWN
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (tag == MACRO_PARAMETER and attributes.get("ac:name") != SHOWN_PARAMETER)
        or HIDDEN_STYLE.search(attributes.get("style") or "") is not None
        or FOR_SCREEN_READERS.search(attributes.get("class") or "") is not None
    )
    if is_hidden:
        return HIDDEN
    return STRUCK if tag in STRUCK_OUT else FOOTNOTES if tag == "sup" else ""
