"""Tables of HTML, as data frames and database clients write them."""

import re
from html.parser import HTMLParser

from console.records.json.nodes import Bare
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.table import Table, TableError
from console.records.schemas.schema import Schema

ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
# html.parser takes more than its share of time for long nonsense, and ten rows are short.
LONGEST_HTML = 20_000
IN_CELL = ("td", "th")


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
    cells = [(line, [Bare(0, cell) for cell in row]) for line, row in rows[1:]]
    return Table("rows of an HTML table", rows[0][1], cells)


class _Reader(HTMLParser):
    """Collects the texts of the cells of each row, with the row's line."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[str]]] = []
        self.tables = 0
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell; a line break within a cell is one."""
        del attrs
        self.tables += tag == "table"
        if tag == "tr":
            self.rows.append((self.getpos()[0], []))
            self._is_in_cell = False
        elif tag in IN_CELL and self.rows:
            self.rows[-1][1].append("")
            self._is_in_cell = True
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell, whose text has no white space around it."""
        if tag in IN_CELL and self.rows and self.rows[-1][1]:
            self.rows[-1][1][-1] = self.rows[-1][1][-1].strip()
            self._is_in_cell = False

    def handle_data(self, data: str) -> None:
        """Add to the text of the cell that is read."""
        if self._is_in_cell:
            self.rows[-1][1][-1] += data
