"""Kinds of tables, as pages register them; `console/pages/tables/` shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from console.people.models import TablePreferences

type Row = Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the URL, its heading, and what it sorts by: a row's value, or an order of the database.

    Nothing is sorted by a column without that.
    """

    key: str
    heading: str
    value: Callable[[Row], Any] | str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: its name, which no other kind has, what its rows are called, and its columns."""

    name: str
    nouns: str
    columns: tuple[Column, ...]
    # A row's name and status, where the status changes by itself.
    status_of: Callable[[Row], tuple[str, str]] | None = None
    # What the address may say of the rows beside the filter.
    conditions: tuple[str, ...] = ()
    # What the address may say of the page.
    positions: tuple[str, ...] = ("page",)

    def shown(self, preferences: TablePreferences) -> dict[str, bool]:
        """Return whether each column is shown, by its key."""
        return {each.key: each.key not in preferences.hidden_columns for each in self.columns}
