"""Sent records as rows of a spreadsheet, with a column for each property.

The column names are read in a first pass. In both passes only a batch of rows is in memory.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any

from console.records.property_names import match_key
from console.submissions.export.lines import moment_text
from console.submissions.lists.listing import AnyFound, keys_newest_first, newest_first
from console.submissions.models import SentRecord, Submission
from console.submissions.redaction.marks import marks_of

# Submissions held in memory at a time; their records stay within SQLite's limit of parameters per statement.
CHUNK, CHUNK_OF_NAMES = 50, 500
# A spreadsheet takes 16,384 columns. Properties beyond these have one column together.
MOST_PROPERTIES = 1_000
OTHERS = "other_properties"
COLUMNS = (
    "submitted",
    "person",
    "person_id",
    "environment",
    "dataset_group",
    "dataset_type",
    "record_id",
    "record",
    "outcome",
    "error_code",
    "request_id",
    "submission",
    "redacted",
    "redacted_by",
)
BEFORE = "{} (before)"

type Row = Mapping[str, Any]
# Returns what was known before each of some records, as JSON text by its key.
type Known = Callable[[Sequence[SentRecord]], Mapping[int, str]]


@dataclass(frozen=True)
class RecordRows:
    """The records of the submissions found that were made until a moment, newest submission first.

    `names` are field names in the order of their schemas. Without `has_properties` properties are left out; with
    `known`, each has its earlier value next to it.
    """

    found: AnyFound
    until: datetime
    has_properties: bool = False
    names: Sequence[str] = ()
    known: Known | None = None
    _properties: list[str] = field(default_factory=list)
    # Those of records that replace others, which may have been something before.
    _replacing: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[Row]:
        """Yield the values of each row by column, after reading the columns."""
        for part in newest_first(self.found, CHUNK):
            yield from self._rows([each for each in part if each.created_at <= self.until])

    def columns(self) -> list[str]:
        """Read which properties there are, and return the columns: the schema's first, then others by name."""
        if not self.has_properties:
            return [*COLUMNS]
        order = {match_key(name): position for position, name in enumerate(self.names)}
        names = self._names()
        self._properties[:] = sorted(names, key=lambda each: (order.get(match_key(each), len(order)), each))
        shown = [*self._properties[:MOST_PROPERTIES], *([OTHERS] if len(names) > MOST_PROPERTIES else [])]
        columns = [*COLUMNS]
        for name in shown:
            has_before = self.known and (name == OTHERS or name in self._replacing)
            columns += [BEFORE.format(column_of(name))] if has_before else []
            columns.append(column_of(name))
        return columns

    def _names(self) -> set[str]:
        names: set[str] = set()
        for keys in keys_newest_first(self.found, CHUNK_OF_NAMES):
            sent = SentRecord.objects.filter(submission__in=keys).order_by()
            if not self.known:
                names |= names_in(sent.values_list("properties", flat=True))
                continue
            for some in batched(sent, CHUNK_OF_NAMES):
                replacing = [each for each in some if not each.is_event]
                self._replacing.update(names_in(each.properties for each in replacing))
                self._replacing.update(names_in(self.known(replacing).values()))
                names |= names_in(each.properties for each in some if each.is_event)
        return names | self._replacing

    def _rows(self, submissions: Sequence[Submission]) -> Iterator[Row]:
        records: dict[object, list[SentRecord]] = {}
        sent = list(SentRecord.objects.filter(submission__in=[each.pk for each in submissions]))
        for each in sent:
            records.setdefault(each.submission_id, []).append(each)
        marks = marks_of(sent)
        known = self.known([each for each in sent if not each.is_event]) if self.known else {}
        for submission in submissions:
            for number, each in enumerate(records.get(submission.pk, ()), 1):
                mark = marks.get(each.pk)
                row = {
                    **_values(submission),
                    "record": number,
                    "record_id": each.record_id,
                    "redacted": moment_text(mark.at if mark else submission.redacted_at),
                    "redacted_by": mark.person_name if mark else None,
                }
                if self.has_properties:
                    row |= self._columns_of(each.properties, "{}")
                if self.known:
                    row |= self._columns_of(known.get(each.pk, ""), BEFORE)
                yield row

    def _columns_of(self, properties: str, names: str) -> dict[str, Any]:
        """Return the values of properties by column."""
        values: dict[str, Any] = json.loads(properties) if properties else {}
        shown = self._properties[:MOST_PROPERTIES]
        found = {names.format(column_of(name)): _text(values[name]) for name in shown if name in values}
        others = {name: values[name] for name in self._properties[MOST_PROPERTIES:] if name in values}
        return found | ({names.format(OTHERS): json.dumps(others, ensure_ascii=False)} if others else {})


def column_of(name: str) -> str:
    """Return the column of a property, renamed if every record has a column of that name."""
    return f"{name} (property)" if name in COLUMNS or name == OTHERS else name


def names_in(texts: Iterable[str]) -> set[str]:
    """Return the names of the members of JSON texts, some of which may be ""."""
    return {name for text in texts if text for name in json.loads(text)}


def cells(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of the heading and of each row, all as text, so that IDs keep their digits."""
    yield [*columns]
    for row in rows:
        yield ["" if (value := row.get(each)) is None else str(value) for each in columns]


def _values(submission: Submission) -> dict[str, Any]:
    return {
        "submitted": moment_text(submission.created_at),
        "person": submission.person_name,
        "person_id": submission.person_id,
        "environment": submission.environment,
        "dataset_group": submission.dataset_group,
        "dataset_type": submission.dataset_type,
        "outcome": submission.outcome_now.value,
        "error_code": submission.error_code or None,
        "request_id": submission.request_id or None,
        "submission": str(submission.pk),
    }


def _text(value: Any) -> str:
    """Return a value as a cell: text unchanged, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
