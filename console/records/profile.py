"""The profile of some records: how full each field is, and which values it has most often.

Numbers are exact; where a field has very many different values, only those that were met first are told apart.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of
from typing import Any

from console.records.schemas.fields import Field

SEPARATOR = "|"
# Different values of a field that are counted apart. A longer text counts as one more.
MOST_DIFFERENT = 5_000
LONGEST_VALUE = 100
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """A field: in how many records it has a value, and the values that most have, with the number of records.

    `different` is how many values there are, and more if `has_more`. Of numbers there are the least and the greatest.
    """

    field: Field
    filled: int
    of_all: int
    different: int
    has_more: bool
    values: Sequence[tuple[Any, int]]
    least: float | None
    greatest: float | None

    @property
    def percent(self) -> float:
        """How many in a hundred records have a value, with one decimal: 100 where all have one alone, 0 where none."""
        if self.filled in (0, self.of_all):
            return 100.0 if self.filled else 0.0
        return min(max(round(self.filled * 100 / self.of_all, 1), 0.1), 99.9)

    @property
    def is_all_different(self) -> bool:
        """Whether no two records have the same value, and there are too many to show them."""
        return self.different > MOST_SHOWN and not self.values


@dataclass(slots=True)
class _Counts:
    field: Field
    filled: int = 0
    has_more: bool = False
    least: float | None = None
    greatest: float | None = None
    values: Counter[Any] = field_of(default_factory=Counter)

    def add(self, value: Any) -> None:
        self.filled += 1
        if isinstance(value, int | float) and not isinstance(value, bool):
            self.least = value if self.least is None else min(self.least, value)
            self.greatest = value if self.greatest is None else max(self.greatest, value)
        parts = set(value.split(SEPARATOR)) if self.field.has_several and isinstance(value, str) else (value,)
        for part in parts:
            self._count(part)

    def _count(self, value: Any) -> None:
        # True would be counted as 1.
        key = (type(value), value)
        if key in self.values or self._is_told_apart(value):
            self.values[key] += 1
        else:
            self.has_more = True

    def _is_told_apart(self, value: Any) -> bool:
        is_long = isinstance(value, str) and len(value) > LONGEST_VALUE
        return not is_long and len(self.values) < MOST_DIFFERENT

    def profile(self, of_all: int) -> FieldProfile:
        # Among many values, those of a single record are not worth showing.
        least = 2 if len(self.values) > MOST_SHOWN else 1
        frequent = [(value, count) for (_type, value), count in self.values.most_common(MOST_SHOWN) if count >= least]
        return FieldProfile(
            self.field, self.filled, of_all, len(self.values), self.has_more, frequent, self.least, self.greatest
        )


class Profiler:
    """Counts the values of records' fields, one record after another."""

    def __init__(self, fields: Sequence[Field]) -> None:
        """Begin to count the values of some fields."""
        self.count = 0
        self._counts = {each.property_name: _Counts(each) for each in fields}

    def add(self, values: Mapping[str, Any]) -> None:
        """Count the values of a record, by property name: null is the same as none."""
        self.count += 1
        for name, counts in self._counts.items():
            value = values.get(name)
            if value is not None:
                counts.add(value)

    def profiles(self) -> list[FieldProfile]:
        """Return the profiles of the fields, in their order."""
        return [each.profile(self.count) for each in self._counts.values()]
