"""Check: the result of checking a file, in words and numbers. It lists every change to a value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.bulk.models import Import
from console.bulk.uploading.looks import look_of_data
from console.pages.bulk.column_mapping import ORDER, Choice
from console.pages.bulk.words import counted, row_numbers
from console.records.files.checking.cell_checks import DATES, SPACES
from console.records.files.dates import DateOrder

LEAVE = "leave-"
UNCLEAR = "Its dates do not tell which number is the month, so they are invalid. Choose the order, then check again."
LONG, DIGITS = "long-numbers-", "digits"
LONG_NUMBERS = (
    "Spreadsheets keep 15 digits of a number, so that those of longer ones may not be what they were. Compare some "
    "with where they came from before you take them. Those with an exponent are refused in any case."
)
# Examples that a check keeps; fewer than that are all there are.
MOST_EXAMPLES = 3
WHY = {
    DATES: "dates become seconds since 1970, in UTC where they have no offset",
    SPACES: "spaces around values go",
    "milliseconds": "milliseconds become seconds",
    "missing": "words for no value become no value (null)",
    "number": "numbers are written as JSON has them",
    "boolean": "words for true and false become these",
    "formula": "formulas of a text become the text",
    "text": "whole numbers become text",
}


@dataclass(frozen=True, slots=True)
class ChangeOfColumn:
    """A kind of change in a column: in words, with examples and a number of rows; a person may have excluded it."""

    field: str
    kind: str
    sentence: str
    is_left_out: bool = False

    @property
    def name(self) -> str:
        """The name of its checkbox."""
        return f"{LEAVE}{self.field}"


@dataclass(frozen=True, slots=True)
class Repeated:
    """An id that several rows have; only the last of them is sent."""

    record_id: str
    rows: Sequence[int]

    @property
    def earlier(self) -> str:
        """The numbers of the rows that are not sent, in words."""
        return ", ".join(f"{row:,}" for row in self.rows[:-1])

    @property
    def last(self) -> int:
        """The number of the row that is sent."""
        return self.rows[-1]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check, for display."""

    counts: Sequence[tuple[str, str, str]]
    changes: Sequence[ChangeOfColumn]
    orders: Sequence[Choice]
    repeated: Sequence[Repeated]
    more_repeated: int
    doubts: Sequence[str]
    advice: Sequence[str]
    left_out: Sequence[str]
    others: Sequence[str]
    # The number of rows checked with their typed values, and the rows whose typed values were not used.
    typed_rows: int
    not_typed: str

    @property
    def can_be_changed(self) -> bool:
        """Whether some values can be read in another way."""
        return bool(self.changes or self.orders)


def check_result(bulk_import: Import) -> CheckResult:
    """Return the result of an import's check."""
    findings: Mapping[str, Any] = bulk_import.findings
    typed: Mapping[str, Any] = findings.get("typed", {})
    repeated = [Repeated(record_id, rows) for record_id, rows in findings.get("repeated", {}).items()]
    shown = sum(len(repetition.rows) - 1 for repetition in repeated)
    return CheckResult(
        counts=list(_counts(bulk_import)),
        changes=[*_changes(bulk_import), *_left_as_they_are(bulk_import)],
        orders=[*_long_numbers(bulk_import), *_orders(bulk_import)],
        repeated=repeated,
        more_repeated=max(0, bulk_import.superseded_count - shown),
        doubts=[
            f"{field}, {counted(rows, 'row')}: {kind}. {sentence}"
            for field, kind, rows, sentence in findings.get("doubts", ())
        ],
        advice=[f"{field}: {sentence}" for field, sentence in findings.get("advice", ())],
        left_out=_left_out(bulk_import),
        others=findings.get("others", ()),
        typed_rows=typed.get("used", 0),
        not_typed=row_numbers(typed.get("unused", ())),
    )


def _counts(bulk_import: Import) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each count, the count, and a word for it."""
    yield "Rows", f"{bulk_import.row_count:,}", ""
    yield "Valid", f"{bulk_import.valid_count:,}", ""
    yield (
        "Invalid",
        f"{bulk_import.invalid_count:,}",
        "not sent unless they are fixed" if bulk_import.invalid_count else "",
    )
    if bulk_import.entity.is_event:
        return
    yield (
        "Repeated IDs",
        f"{bulk_import.superseded_count:,}",
        "a later row is sent" if bulk_import.superseded_count else "",
    )
    if bulk_import.superseded_count:
        yield (
            "To send",
            f"{bulk_import.valid_count - bulk_import.superseded_count:,}",
            "valid rows but the repeated ones",
        )
    compared = bulk_import.new_count + bulk_import.changed_count + bulk_import.same_count + bulk_import.newer_count
    unknown = bulk_import.valid_count - bulk_import.superseded_count - compared
    if not compared and unknown:
        yield "New, changed or the same", "Not known", "what is stored could not be compared"
        return
    yield "New", f"{bulk_import.new_count:,}", ""
    yield "Changed", f"{bulk_import.changed_count:,}", ""
    yield "The same", f"{bulk_import.same_count:,}", ""
    if bulk_import.newer_count:
        yield "Sent again since", f"{bulk_import.newer_count:,}", "with other values"
    if unknown > 0:
        yield "Not known", f"{unknown:,}", "fixed here, or not compared with what is stored"


def _changes(bulk_import: Import) -> Iterator[ChangeOfColumn]:
    """Yield the changes in the order of the columns; databases do not keep the order of keys in JSON."""
    changes = bulk_import.findings.get("changes", {})
    for field in filter(changes.__contains__, filter(None, bulk_import.columns)):
        for kind, change in sorted(changes[field].items()):
            yield ChangeOfColumn(field, kind, f"{_in_words(change)}{_why(kind)}.")


def _in_words(change: Mapping[str, Any]) -> str:
    examples = [f"{before} becomes {after}" for before, after in change["examples"].items()]
    rows = f"in {counted(change['rows'], 'row')}"
    if len(examples) >= MOST_EXAMPLES:
        return f"{examples[0]}, and others likewise, {rows}"
    return f"{' and '.join(examples)}, {rows}"


def _why(kind: str) -> str:
    return f": {WHY[kind]}" if kind in WHY else ""


def _left_as_they_are(bulk_import: Import) -> Iterator[ChangeOfColumn]:
    for field, kinds in bulk_import.without.items():
        for kind in kinds:
            yield ChangeOfColumn(field, kind, f"left as they are{_why(kind)} otherwise.", is_left_out=True)


def _orders(bulk_import: Import) -> Iterator[Choice]:
    """Yield how ambiguous dates were read, and the columns whose date order could not be determined."""
    findings = bulk_import.findings
    taken = {**dict.fromkeys(findings.get("unclear_dates", ()), ""), **findings.get("date_orders", {})}
    for name, order in taken.items():
        options = {choice.value: choice.value for choice in DateOrder}
        sentence = "Taken as the column or you have told it."
        if not order:
            sentence = UNCLEAR
            options = {"": "Choose the order", **options}
        yield Choice(f"{ORDER}{name}", f"Dates in {name}", sentence, options, order)


def _long_numbers(bulk_import: Import) -> Iterator[Choice]:
    """Yield the treatment of numbers with more digits than spreadsheets keep, in columns of texts."""
    taken = bulk_import.choices.get("long_numbers", ())
    for name in dict.fromkeys((*taken, *bulk_import.findings.get("long_numbers", ()))):
        options = {"": "Refuse them", DIGITS: "Take their digits as they are"}
        yield Choice(
            f"{LONG}{name}", f"Long numbers in {name}", LONG_NUMBERS, options, DIGITS if name in taken else ""
        )


def chosen_long_numbers(bulk_import: Import, form: Mapping[str, str]) -> list[str]:
    """Return the fields whose long numbers a form accepts unchanged."""
    return [name for name in bulk_import.columns if name and form.get(f"{LONG}{name}") == DIGITS]


def _left_out(bulk_import: Import) -> list[str]:
    heading = look_of_data(bulk_import.look).heading
    return [
        name or f"column {index + 1}"
        for index, (name, field) in enumerate(zip(heading, bulk_import.columns, strict=False))
        if field is None
    ]


def chosen_without(bulk_import: Import, form: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the kinds of changes that a form excludes, by field, among those that an import has or had excluded."""
    known: dict[str, set[str]] = {}
    for field, kinds in (*bulk_import.findings.get("changes", {}).items(), *bulk_import.without.items()):
        known.setdefault(field, set()).update(kinds)
    chosen = {field: sorted(kinds.intersection(form.get(f"{LEAVE}{field}", ()))) for field, kinds in known.items()}
    return {field: kinds for field, kinds in chosen.items() if kinds}
