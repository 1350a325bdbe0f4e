"""Kinds of tables, which pages register and `console/pages/tables/` shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.people.models import TablePreferences

type Row = Any

# Prefix of the key of a column for a schema field; the field's name follows.
FIELD = "field-"
# The columns that follow those of fields.
LAST = ("created", "replaced")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the URL, its heading, and its sort key: a row's value, or an order of the database.

    Without a sort key it cannot be sorted by. `is_extra` marks a column that is hidden until a person chooses it.
    """

    key: str
    heading: str
    value: Callable[[Row], Any] | str | None = None
    is_extra: bool = False

    @property
    def is_of_field(self) -> bool:
        """Whether it is the column of a schema's field."""
        return self.key.startswith(FIELD)


def field_column(name: str, value: str | None = None, *, is_extra: bool = False) -> Column:
    """Return the column for a schema's field, by the field's name."""
    return Column(f"{FIELD}{name}", name, value, is_extra)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: its unique name, the noun for its rows, and its columns."""

    name: str
    nouns: str
    columns: tuple[Column, ...]
    # Returns a row's name and status, for tables whose statuses change by themselves.
    status_of: Callable[[Row], tuple[str, str]] | None = None
    # Query parameters that select rows, besides the filter.
    conditions: tuple[str, ...] = ()
    # Query parameters that select the page.
    positions: tuple[str, ...] = ("page",)
    # It also has columns for the fields of a schema, which differ from dataset to dataset.
    has_fields: bool = False

    def with_fields(self, columns: Sequence[Column]) -> "Kind":
        """Return the kind with columns for fields, placed before the columns in LAST."""
        before = [column for column in self.columns if column.key not in LAST]
        after = [column for column in self.columns if column.key in LAST]
        return replace(self, columns=(*before, *columns, *after))

    def shown(self, preferences: TablePreferences) -> dict[str, bool]:
        """Return whether each column is shown, by its key."""
        hidden, chosen = preferences.hidden_columns, preferences.chosen_columns
        return {
            column.key: column.key in chosen or (not column.is_extra and column.key not in hidden)
            for column in self.columns
        }
