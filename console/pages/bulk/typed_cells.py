"""The typed cells of invalid rows in a form: one row as fields, or several rows as JSON.

A script sends several rows at once, each as an object with the fields that the row's form would send.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from console.bulk.checking.fixing import TypedCells
from console.bulk.models import Import
from console.pages.bulk.invalid_rows import shown_fields
from console.pages.tables.grid import CELL, cells_of
from console.records.json.strings import whole_text

CELL_FIELD = re.compile(f"{CELL}.+")
PLACE = ("part", "row")
ROWS = "rows"
MOST_ROWS = 1000


def typed_cells(bulk_import: Import, form: Mapping[str, str]) -> list[TypedCells]:
    """Return the rows in a form, one or several; none if the JSON is malformed."""
    if ROWS not in form:
        return [_cells(bulk_import, form)]
    return [_cells(bulk_import, row) for row in _several(form[ROWS])]


def _cells(bulk_import: Import, form: Mapping[str, str]) -> TypedCells:
    part, number = (_number(form.get(name, "")) for name in PLACE)
    cells = cells_of(form, shown_fields(bulk_import))
    return TypedCells(part, number, {name: whole_text(text) for name, text in cells.items()})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _several(text: str) -> list[dict[str, str]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not (isinstance(rows, list) and len(rows) <= MOST_ROWS and all(map(_is_form, rows))):
        return []
    return rows


def _is_form(row: Any) -> bool:
    return isinstance(row, dict) and all(isinstance(text, str) for text in row.values())
