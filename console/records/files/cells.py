"""Cells of a table, as the fields of a schema take them."""

import math
from typing import Any

from console.records.schemas.fields import Field
from console.records.validation.rules import scalar_of
from console.records.validation.rules_in_words import in_words


def cell_value(field: Field, cell: str) -> Any:
    """Return a cell's text as its field takes it: an empty cell is null where that is allowed, and a number a number.

    What the field does not take stays text, for the validation to say so.
    """
    if not cell and field.nullable:
        return None
    text = cell if "string" in field.types else cell.strip()
    value = scalar_of(field, text).value
    # JSON has no text for infinity, which a number too large for a double becomes.
    return text if value in (math.inf, -math.inf) else value


def words_in_cells(field: Field) -> str:
    """Return the words for a field's valid values in cells, to follow "Expected": an empty one is no value."""
    return in_words(field, text="text", null="no value")
