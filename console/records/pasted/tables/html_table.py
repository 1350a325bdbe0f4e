"""Tables of HTML, as data frames and database clients write them."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from console.records.json.nodes import Bare, quoted
from console.records.pasted.tables.headings import matched_columns, names_fields
from console.records.pasted.tables.table import Table, TableError
from console.records.schemas.schema import Schema

ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
# html.parser takes more than its share of time for long nonsense, and ten rows are short.
LONGEST_HTML = 20_000
IN_CELL = ("td", "th")
# HTML shows any of these characters in a row as one space.
SPACE = re.compile(r"[ \t\n\r\f]+")
HIDDEN_STYLE = re.compile(r"\b(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
NEVER_SHOWN = ("script", "style", "template")
WITHOUT_TEXT = ("br", "img", "input", "hr", "wbr", "col")
FOOTNOTES = "Raised text is left out of cells, as a footnote: {}."
HIDDEN = "Hidden text is left out of cells: {}."
BREAKS = "A <br> in a cell is read as a line break."


def read_html(schema: Schema, text: str) -> Table | None:
    """Return the table of a text that is HTML with one table, or its rows alone, or None; raise TableError."""
    if len(text) > LONGEST_HTML or not text.lstrip().startswith("<") or not ROW.search(text):
        return None
    reader = _Reader()
    reader.feed(text)
    reader.close()
    rows = [(line, row) for line, row in reader.rows if row]
    if not rows or not names_fields(schema, rows[0][1]):
        return None
    if reader.tables > 1:
        raise TableError("It has more than one table. Paste the one that you mean.")
    heading = [cell.replace("\n", " ") for cell in rows[0][1]]
    _check_breaks(schema, heading, rows[1:])
    cells = [(line, [Bare(0, cell) for cell in row]) for line, row in rows[1:]]
    return Table("rows of an HTML table", heading, cells, notes=_notes(reader, rows[1:]))


def _check_breaks(schema: Schema, heading: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> None:
    """Raise TableError if a cell has a line break whose field is not one of text, where it might separate values."""
    for place, name in enumerate(matched_columns(schema, heading)[0]):
        field = schema.field(name)
        if field is None or ("string" in field.types and not (field.categorical or field.is_id)):
            continue
        for line, row in rows:
            if place < len(row) and "\n" in row[place]:
                raise TableError(
                    f"Line {line}: a cell of {field.name} has a <br>, which is no part of such a value. "
                    "Put | between categories, or leave the <br> out."
                )


def _notes(reader: "_Reader", rows: Sequence[tuple[int, list[str]]]) -> tuple[str, ...]:
    """Return a sentence on the texts that are left out of each kind, and one on line breaks."""
    notes = [
        sentence.format(", ".join(map(quoted, dict.fromkeys(texts))))
        for sentence, texts in ((FOOTNOTES, reader.footnotes), (HIDDEN, reader.hidden))
        if texts
    ]
    has_breaks = any("\n" in cell for _line, row in rows for cell in row)
    return (*notes, BREAKS) if has_breaks else tuple(notes)


class _Reader(HTMLParser):
    """Collects the texts of the cells of each row, with the row's line, and what is left out of them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[str]]] = []
        self.tables = 0
        self.footnotes: list[str] = []
        self.hidden: list[str] = []
        # The lines of the cell that is read, None between cells.
        self._lines: list[str] | None = None
        # The element whose text is left out, how often it is open within itself, and where its text goes.
        self._left_out = ""
        self._depth = 0
        self._aside: list[str] = self.hidden

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell, or a text that is left out; a line break within a cell is one."""
        self.tables += tag == "table"
        if tag == "tr":
            self._end_cell()
            self.rows.append((self.getpos()[0], []))
        elif tag in IN_CELL and self.rows:
            self._end_cell()
            self._lines = [""]
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
        is_hidden = (
            tag in NEVER_SHOWN
            or "hidden" in attributes
            or HIDDEN_STYLE.search(attributes.get("style") or "") is not None
        )
        if self._left_out:
            self._depth += tag == self._left_out
        elif is_hidden or tag == "sup":
            self._left_out, self._depth = tag, 1
            self._aside = self.hidden if is_hidden else self.footnotes

    def _end_cell(self) -> None:
        """Add the cell that is read to its row, with its white space as HTML shows it."""
        if self._lines is not None:
            lines = [SPACE.sub(" ", line).strip() for line in self._lines]
            self.rows[-1][1].append("\n".join(lines).strip())
        self._lines, self._left_out = None, ""
