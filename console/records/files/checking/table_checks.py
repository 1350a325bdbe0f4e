"""The rows of a file, checked column by column: which become records, and what is wrong with the others."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, repeat

from console.records.files.checking.cell_checks import CellFault, CellRules
from console.records.files.checking.column_checks import ColumnCheck, Found
from console.records.files.source import Batch, BrokenRow, Cell
from console.records.problems import Found as FoundInWords
from console.records.record_input import ADVICE_ON_NOBODY, USER_OR_SESSION
from console.records.requests import sent_properties
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.records.validation.validation import properties_json

# The column name of a fault that concerns a whole row.
ROW = ""
SESSION = "SESSION_ID"


@dataclass(frozen=True, slots=True)
class InvalidRow:
    """A row that is no valid record: its number, its cells, and what is wrong by the name of the field, "" the row."""

    number: int
    cells: tuple[Cell, ...]
    faults: tuple[tuple[str, CellFault], ...]


@dataclass(slots=True)
class CheckedBatch:
    """The valid records of a batch, by number, id and the JSON text of their properties, and its other rows."""

    numbers: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)
    invalid: list[InvalidRow] = field(default_factory=list)
    others: set[str] = field(default_factory=set)

    @property
    def row_count(self) -> int:
        """How many rows there were."""
        return len(self.numbers) + len(self.invalid)

    def add(self, below: "CheckedBatch") -> None:
        """Add the rows of the batch below."""
        self.numbers += below.numbers
        self.ids += below.ids
        self.properties += below.properties
        self.invalid += below.invalid
        self.others |= below.others


class TableCheck:
    """Checks batches of the rows of a file whose columns are fields of a schema.

    `columns` are the names of the fields that the columns are, in their order: None for a column that is left out.
    `has_whole_rows` says that rows are records to be sent, which have a length, and as events somebody whose they are.
    Raise ValueError where a field stands twice, or a required one is missing: see `problem_of_columns`.
    """

    def __init__(
        self,
        schema: Schema,
        columns: Sequence[str | None],
        rules: Mapping[str, CellRules],
        *,
        has_whole_rows: bool = True,
    ) -> None:
        problem = problem_of_columns(schema, columns)
        if problem:
            raise ValueError(problem)
        self.schema, self._has_whole_rows = schema, has_whole_rows
        by_name = {each.name: each for each in schema.fields}
        given = {name: index for index, name in enumerate(columns) if name}
        # In the schema's order, as properties are sent.
        self.fields = [each for each in schema.fields if each.name in given]
        self.places = [given[each.name] for each in self.fields]
        self.checks = [ColumnCheck(by_name[each.name], rules.get(each.name, CellRules())) for each in self.fields]

    @cached_property
    def _id_place(self) -> int | None:
        return next((place for place, each in enumerate(self.fields) if each.is_id), None)

    def check(self, batch: Batch) -> CheckedBatch:
        """Return the records of a batch, and the rows that are none."""
        done = CheckedBatch(others=batch.others)
        done.invalid = [_invalid_of(broken) for broken in batch.broken]
        if batch.numbers:
            self._check_rows(batch, done)
        done.invalid.sort(key=lambda row: row.number)
        return done

    def _check_rows(self, batch: Batch, done: CheckedBatch) -> None:
        found: list[Sequence[Found]] = []
        wrong: set[int] = set()
        for check, place in zip(self.checks, self.places, strict=True):
            texts, may_be_wrong = check.check(batch.columns[place])
            found.append(texts)
            if may_be_wrong:
                wrong.update(index for index, text in enumerate(texts) if text.__class__ is CellFault)
        for check in self.checks:
            # Warnings about values that are sent do not apply to rows that are not.
            check.count(wrong)
        if wrong:
            done.invalid += [self._invalid(batch, found, index) for index in sorted(wrong)]
            found = [[text for index, text in enumerate(texts) if index not in wrong] for texts in found]
            done.numbers = [number for index, number in enumerate(batch.numbers) if index not in wrong]
        else:
            done.numbers = list(batch.numbers)
        self._put_together(found, done)
        if self._has_whole_rows:
            self._check_whole_rows(batch, done)

    def _put_together(self, found: list[Sequence[Found]], done: CheckedBatch) -> None:
        """Make the ids and the properties of rows all of whose cells are right."""
        id_place = self._id_place
        texts = [column for place, column in enumerate(found) if place != id_place]
        count = len(done.numbers)
        done.ids = [""] * count if id_place is None else list(found[id_place])  # type: ignore[arg-type]  # No faults.
        # To join the texts and what stands between them takes half the time of formatting each row.
        pieces = chain.from_iterable(zip(map(repeat, self._before_values), texts, strict=True))
        done.properties = list(map("".join, zip(*pieces, repeat("}")))) if texts else ["{}"] * count

    @cached_property
    def _before_values(self) -> list[str]:
        """What stands before each value in the JSON text of a record's properties."""
        names = [each.property_name for each in self.fields if not each.is_id]
        # Names of fields are letters, digits and underscores.
        return [f'{"," if place else "{"}"{name}":' for place, name in enumerate(names)]

    def _check_whole_rows(self, batch: Batch, done: CheckedBatch) -> None:
        """Move the rows out of the records that are too long as a whole, or are events of nobody."""
        faults = {index: _too_long(length, longest) for index, length, longest in self._too_long_rows(done)}
        if self.schema.entity.is_event and "" in done.ids:
            faults |= dict.fromkeys(self._of_nobody(done), CellFault(USER_OR_SESSION, NEITHER, ADVICE_ON_NOBODY))
        if faults:
            _move(batch, done, faults)

    def _too_long_rows(self, done: CheckedBatch) -> Iterator[tuple[int, int, int]]:
        """Yield the index, the length and the longest that may be of each record with too long properties."""
        entity = self.schema.entity
        if not done.properties or max(map(len, done.properties)) <= entity.longest_properties:
            return
        for index, text in enumerate(done.properties):
            length = len(text)
            if length > entity.longest_properties and entity.is_event:
                length = len(properties_json(sent_properties(entity, json.loads(text))))
            if length > entity.longest_properties:
                yield index, length, entity.longest_properties

    def _of_nobody(self, done: CheckedBatch) -> Iterator[int]:
        session = next((each.property_name for each in self.fields if each.name == SESSION), None)
        none = f'"{session}":null' if session else ""
        for index, record_id in enumerate(done.ids):
            if not record_id and (not session or none in done.properties[index]):
                yield index

    def _invalid(self, batch: Batch, found: Sequence[Sequence[Found]], index: int) -> InvalidRow:
        faults = tuple(
            (each.name, text[index])
            for each, text in zip(self.fields, found, strict=True)
            if isinstance(text[index], CellFault)
        )
        return InvalidRow(batch.numbers[index], _cells(batch, index), faults)  # type: ignore[arg-type]  # Faults alone.


NEITHER = FoundInWords("neither", "neither")


def problem_of_columns(schema: Schema, columns: Iterable[str | None]) -> str:
    """Return what is wrong with the fields that the columns of a file are taken for, as a sentence; "" if nothing."""
    given = [name for name in columns if name]
    twice = next((name for name in given if given.count(name) > 1), None)
    if twice:
        return f"Two columns are taken for {twice}. Choose one of them."
    missing = [each.name for each in required_fields(schema) if each.name not in given]
    if not missing:
        return ""
    if len(missing) == 1:
        return f"The schema requires {missing[0]}: choose the column that {missing[0]} comes from."
    names = f"{', '.join(missing[:-1])} and {missing[-1]}"
    return f"The schema requires {names}: choose the columns that {names} come from."


def required_fields(schema: Schema) -> tuple[Field, ...]:
    """Return the fields that a file must have a column for."""
    return tuple(each for each in schema.fields if not each.nullable)


def _too_long(length: int, longest: int) -> CellFault:
    expected = f"properties of at most {longest} characters as JSON text"
    return CellFault(expected, FoundInWords(f"{length} characters", "more"))


def _cells(batch: Batch, index: int) -> tuple[Cell, ...]:
    return tuple(column[index] for column in batch.columns)


def _invalid_of(broken: BrokenRow) -> InvalidRow:
    fault = CellFault(broken.expected, FoundInWords(broken.found, broken.found), broken.advice)
    return InvalidRow(broken.number, (broken.text,), ((ROW, fault),))


def _move(batch: Batch, done: CheckedBatch, faults: Mapping[int, CellFault]) -> None:
    places = {number: index for index, number in enumerate(batch.numbers)}
    for index, fault in faults.items():
        number = done.numbers[index]
        done.invalid.append(InvalidRow(number, _cells(batch, places[number]), ((ROW, fault),)))
    kept = [index for index in range(len(done.numbers)) if index not in faults]
    done.numbers = [done.numbers[index] for index in kept]
    done.ids = [done.ids[index] for index in kept]
    done.properties = [done.properties[index] for index in kept]
