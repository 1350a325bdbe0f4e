"""What one press can fix in a record input that is JSON: only what the page has remarked on, and never unasked."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from console.records.json.nodes import Array, Member, Object, Scalar, items_of, quoted
from console.records.json.reading import Reading
from console.records.json.scalars import number_value
from console.records.missing import is_missing
from console.records.pasted.envelopes.flattening import flat
from console.records.pasted.values.grouped_numbers import ungrouped
from console.records.pasted.values.named_months import date_of_named_month
from console.records.pasted.values.spreadsheet_dates import date_in, is_possible
from console.records.pasted.writing import write_records
from console.records.record_input import read_records
from console.records.requests import LIST_SEPARATOR
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.records.validation.listed_texts import listed
from console.records.validation.serial_dates import date_of_serial, seconds_of_serial
from console.records.validation.text_doubts import restored_id, trimmed_id
from console.records.validation.timestamps import DATE, LENGTH_OF_DAY, seconds_of_milliseconds

MOST_NAMED = 3
OFFSET = re.compile(r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fix that is offered: its name, what it does in a sentence with numbers, and the words of its button."""

    name: str
    sentence: str
    button: str


# Returns the date that a text is as RFC 3339 has it, with or without an offset; None of others.
type DateReader = Callable[[str], str | None]
# Returns a member of a record fixed for its field; None removes it.
type Fix = Callable[[Field | None, Member], Member | None]


def suggestions(schema: Schema, text: str, reading: Reading | None = None) -> tuple[Suggestion, ...]:
    """Return the fixes that would change a text; none if it is no JSON of records."""
    records = _records(schema, text, reading)
    members = _with_fields(schema, records)
    return tuple(
        Suggestion(name, sentence(schema, changed), button(changed))
        for name, (fix, sentence, button) in FIXES.items()
        if _is_offered(schema, records, name) and (changed := _changed(members, fix))
    )


def suggested(schema: Schema, text: str, name: str) -> str | None:
    """Return a text as a fix makes it, or None if the fix changes nothing."""
    records = _records(schema, text, None)
    fix = FIXES[name][0]
    if not _is_offered(schema, records, name) or not _changed(_with_fields(schema, records), fix):
        return None
    return write_records(Object(record.start, list(_fixed(schema, record, fix))) for record in records)


def _records(schema: Schema, text: str, reading: Reading | None) -> list[Object]:
    reading = reading or read_records(schema.entity, text)
    if reading.root is None or reading.faults:
        return []
    root = reading.root
    records = [flat(schema, each).record for each in items_of(root) if isinstance(each, Object)]
    # More records than can be sent were not all read.
    is_whole = len(records) == (root.count if isinstance(root, Array) else 1)
    return records if is_whole and any(schema.field(each.key) for record in records for each in record.members) else []


def _fixed(schema: Schema, record: Object, fix: Fix) -> Iterator[Member]:
    for member in record.members:
        fixed = fix(schema.field(member.key), member)
        if fixed is not None:
            yield fixed


def _with_fields(schema: Schema, records: list[Object]) -> list[tuple[Field | None, Member]]:
    """Return the members of all records with their fields."""
    return [(schema.field(member.key), member) for record in records for member in record.members]


def _changed(members: list[tuple[Field | None, Member]], fix: Fix) -> list[Member]:
    """Return the members that a fix would change."""
    return [member for field, member in members if fix(field, member) is not member]


def _text(member: Member) -> str | None:
    value = member.value.value if isinstance(member.value, Scalar) else None
    return value if isinstance(value, str) else None


def _without_mark(field: Field | None, member: Member) -> Member:
    text = _text(member)
    is_mark = field and field.nullable and "string" in field.types and text is not None and is_missing(text)
    return Member(member.start, member.key, Scalar(member.value.start, None)) if is_mark else member


def _of_id(change: Callable[[str], str]) -> Fix:
    def fix(field: Field | None, member: Member) -> Member:
        text = _text(member)
        if not field or not field.is_id or text is None or change(text) == text:
            return member
        return Member(member.start, member.key, Scalar(member.value.start, change(text)))

    return fix


def _separated(field: Field | None, member: Member) -> Member:
    text = _text(member)
    items = listed(text) if field and field.has_several and text is not None else ()
    return (
        Member(member.start, member.key, Scalar(member.value.start, LIST_SEPARATOR.join(items))) if items else member
    )


def _without_others(field: Field | None, member: Member) -> Member | None:
    return member if field or member.key.lower() == "properties" else None


def _without_groups(field: Field | None, member: Member) -> Member:
    text = _text(member)
    number = ungrouped(field, text) if field and text is not None else None
    if number is None:
        return member
    return Member(member.start, member.key, Scalar(member.value.start, number_value(number), number))


def _in_seconds(field: Field | None, member: Member) -> Member:
    value = member.value.value if isinstance(member.value, Scalar) else None
    seconds = seconds_of_milliseconds(value) if field and field.is_timestamp else None
    if seconds is None:
        return member
    return Member(member.start, member.key, Scalar(member.value.start, seconds, str(seconds)))


def _of_serial(field: Field | None, member: Member) -> Member:
    value = member.value.value if isinstance(member.value, Scalar) else None
    seconds = seconds_of_serial(value) if field and field.is_timestamp else None
    if seconds is None:
        return member
    return Member(member.start, member.key, Scalar(member.value.start, seconds, str(seconds)))


def _with_date(read: DateReader) -> Fix:
    """Return what reads the dates of timestamps, which are in UTC where they have no offset."""

    def fix(field: Field | None, member: Member) -> Member:
        text = _text(member)
        date = _date(read, text) if field and field.is_timestamp and text is not None else None
        return Member(member.start, member.key, Scalar(member.value.start, date)) if date else member

    return fix


def _date(read: DateReader, text: str) -> str | None:
    date = read(text)
    return f"{date}Z" if date and not OFFSET.search(date) else date


def _is_offered(schema: Schema, records: list[Object], name: str) -> bool:
    """Return whether a fix is possible for all values at once: the dates of a text have their parts in one order."""
    if name not in ORDERS:
        return True
    members = (member for record in records for member in record.members)
    texts = [
        text
        for member in members
        if (field := schema.field(member.key)) and field.is_timestamp and (text := _text(member)) is not None
    ]
    return is_possible(texts, month_first=ORDERS[name])


def _in_utc(field: Field | None, member: Member) -> Member:
    text = _text(member)
    match = DATE.fullmatch(text.strip()) if field and field.is_timestamp and text is not None else None
    if match is None or match["offset"] is not None:
        return member
    moment = match[0] if len(match[0]) > LENGTH_OF_DAY else f"{match[0]}T00:00:00"
    return Member(member.start, member.key, Scalar(member.value.start, f"{moment}Z"))


def _values(members: list[Member]) -> str:
    texts = dict.fromkeys(quoted(_text(each) or "") for each in members)
    more = f" and {len(texts) - MOST_NAMED} more" if len(texts) > MOST_NAMED else ""
    return ", ".join(list(texts)[:MOST_NAMED]) + more


def _more(members: list[Member]) -> str:
    return f", and {len(members) - 1} more" if len(members) > 1 else ""


def _sentence_on_marks(_schema: Schema, members: list[Member]) -> str:
    number = len(members)
    is_or_are = "1 text looks" if number == 1 else f"{number} texts look"
    return f"{is_or_are} like a missing value of another program: {_values(members)}."


def _sentence_on_spaces(schema: Schema, members: list[Member]) -> str:
    fixed, more = quoted(trimmed_id(_text(members[0]) or "")), _more(members)
    return f"{schema.id_field.name} has spaces or characters that do not show. Without them it is {fixed}{more}."


def _sentence_on_ids(schema: Schema, members: list[Member]) -> str:
    first = _text(members[0]) or ""
    return f"{schema.id_field.name} {quoted(first)} becomes {quoted(restored_id(first))}{_more(members)}."


def _sentence_on_lists(schema: Schema, members: list[Member]) -> str:
    first = members[0]
    separated = _text(_separated(schema.field(first.key), first)) or ""
    return f"The list {quoted(_text(first) or '')} becomes {quoted(separated)}{_more(members)}."


def _sentence_on_groups(schema: Schema, members: list[Member]) -> str:
    fixed = _without_groups(schema.field(members[0].key), members[0]).value
    literal = fixed.literal if isinstance(fixed, Scalar) else ""
    return f"{quoted(_text(members[0]) or '')} becomes the number {literal}{_more(members)}."


def _sentence_on_seconds(_schema: Schema, members: list[Member]) -> str:
    number = "1 timestamp seems" if len(members) == 1 else f"{len(members)} timestamps seem"
    first = members[0].value
    literal = first.literal if isinstance(first, Scalar) else ""
    return f"{number} to be in milliseconds: {literal} is {literal[:-3]} in seconds."


def _sentence_on_serials(_schema: Schema, members: list[Member]) -> str:
    first = members[0].value
    value, literal = (first.value, first.literal) if isinstance(first, Scalar) else (None, "")
    return f"{literal} is {date_of_serial(value)} as a spreadsheet counts days, in UTC{_more(members)}."


def _sentence_on_utc(_schema: Schema, members: list[Member]) -> str:
    dates = "1 date has no offset" if len(members) == 1 else f"{len(members)} dates have no offset"
    return f"{dates} from UTC: {_values(members)}."


def _sentence_on_dates(read: DateReader, taken: str = "") -> Callable[[Schema, list[Member]], str]:
    def sentence(_schema: Schema, members: list[Member]) -> str:
        text = _text(members[0]) or ""
        return f"{taken}{quoted(text)} is {_date(read, text)}{_more(members)}."

    return sentence


def _sentence_on_others(_schema: Schema, members: list[Member]) -> str:
    names = list(dict.fromkeys(quoted(each.key) for each in members))
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"The schema has no field for {', '.join(names[:MOST_NAMED])}{more}."


def _always(words: str) -> Callable[[list[Member]], str]:
    return lambda _members: words


def _restore(members: list[Member]) -> str:
    return "Restore the ID" if len(members) == 1 else "Restore the IDs"


def _use_numbers(members: list[Member]) -> str:
    return "Use the number" if len(members) == 1 else "Use numbers"


def _leave_out(members: list[Member]) -> str:
    return "Leave it out" if len({each.key for each in members}) == 1 else "Leave them out"


# Fixes that read dates, and whether their month stands first.
ORDERS = {"take-month-first": True, "take-day-first": False}
MONTH_FIRST, DAY_FIRST = partial(date_in, month_first=True), partial(date_in, month_first=False)
# Fixes by the name that the page's button sends, in display order: the fix, its sentence and its button.
FIXES: dict[str, tuple[Fix, Callable[[Schema, list[Member]], str], Callable[[list[Member]], str]]] = {
    "use-no-value": (_without_mark, _sentence_on_marks, _always("Use no value")),
    "trim-ids": (_of_id(trimmed_id), _sentence_on_spaces, _always("Remove the spaces")),
    "restore-ids": (_of_id(restored_id), _sentence_on_ids, _restore),
    "separate-lists": (_separated, _sentence_on_lists, _always("Separate with |")),
    "use-numbers": (_without_groups, _sentence_on_groups, _use_numbers),
    "use-seconds": (_in_seconds, _sentence_on_seconds, _always("Use seconds")),
    "use-dates": (_of_serial, _sentence_on_serials, _always("Use the date")),
    "read-dates": (_with_date(date_of_named_month), _sentence_on_dates(date_of_named_month), _always("Use the date")),
    "take-month-first": (
        _with_date(MONTH_FIRST),
        _sentence_on_dates(MONTH_FIRST, "With the month first, in UTC, "),
        _always("Take the month first"),
    ),
    "take-day-first": (
        _with_date(DAY_FIRST),
        _sentence_on_dates(DAY_FIRST, "With the day first, in UTC, "),
        _always("Take the day first"),
    ),
    "take-utc": (_in_utc, _sentence_on_utc, _always("Take as UTC")),
    "drop-unknown": (_without_others, _sentence_on_others, _leave_out),
}
