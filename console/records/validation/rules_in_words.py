"""What a schema says of a record's values, in words: as the rules of `rules.py` say it to the validators."""

from console.records.event_members import MOST_IN_IMPRESSION, EventMember
from console.records.schemas.field_types import BOUNDS, TYPES_IN_WORDS
from console.records.schemas.fields import Field
from console.records.validation.rules import (
    CATEGORY_SEPARATOR,
    LONGEST_CATEGORY,
    LONGEST_CHINESE_OR_JAPANESE,
    LONGEST_ID,
    LONGEST_TEXTUAL,
)

# A moment with its offset from UTC, as RFC 3339 has it.
DATE_EXAMPLE = "2026-11-29T08:30:00+01:00"
TIME = "a time: seconds since 1970"
TIME_OR_DATE = f"{TIME}, or a date with its offset such as {DATE_EXAMPLE}"


def in_words(
    field: Field, *, text: str = "text in double quotes", null: str = "null", reads_dates: bool = False
) -> str:
    """Return the words for a field's valid values, to follow "Expected".

    `text` and `null` name text and null in the value's format.
    `reads_dates` says that a timestamp may be a date too, as in a record input.
    """
    if field.member and field.types == ("string",):
        return _member_in_words(field.member, text) + (f", or {null}" if field.nullable else "")
    if field.is_id:
        return f"{text}, 1 to {LONGEST_ID} characters (string)"
    time = TIME_OR_DATE if reads_dates else TIME
    words = [
        time if field.is_timestamp and each in BOUNDS else TYPES_IN_WORDS[each].format(text=text)
        for each in field.types
    ]
    if field.textual and "string" in field.types:
        words[field.types.index("string")] = (
            f"{text}, at most {LONGEST_TEXTUAL} characters, or {LONGEST_CHINESE_OR_JAPANESE} of Chinese or Japanese "
            "(textual string)"
        )
    if field.categorical and "string" in field.types:
        words[field.types.index("string")] = (
            f"{text} (categorical string: values of at most {LONGEST_CATEGORY} characters, "
            f"separated by {CATEGORY_SEPARATOR})"
        )
    if field.nullable:
        words.append(null)
    return ", or ".join(dict.fromkeys(words))


def _member_in_words(member: EventMember, text: str) -> str:
    """Return the words for the valid texts of a member of an event."""
    if member.values:
        return f"{text}: {', '.join(member.values[:-1])} or {member.values[-1]}, in any case"
    if member.is_list:
        return (
            f"{text}, 1 to {MOST_IN_IMPRESSION} IDs separated by {CATEGORY_SEPARATOR}, at most {member.longest} "
            "characters in all"
        )
    return f"{text}, 1 to {member.longest} characters{' of ASCII' if member.is_ascii else ''} (string)"
