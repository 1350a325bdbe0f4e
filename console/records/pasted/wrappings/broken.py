"""Parts of records among what is left out of a text: what is cut or broken there is no other text."""

import re
from collections.abc import Sequence

from console.records.json.nodes import quoted
from console.records.pasted.detected import Refusal
from console.records.pasted.tables.headings import field_named
from console.records.schemas.schema import Schema

# A name with the beginning of a value that is no code, or with the end of the text.
NAMED = re.compile(
    r"(?<![\w$])(?P<quote>\\?[\"'`]|)(?P<name>[A-Za-z_]\w*+)(?P=quote)\s*+(?P<mark>:(?!:)|=>?(?!=))"
    r"\s*+(?P<value>[\"'`\d\[{]|-\d|(?:true|false|null|none|nil)\b|\Z|)",
    re.IGNORECASE,
)
# The beginning of an object, whatever its names are, or of anything in braces that the text ends with.
BEGUN = re.compile(r"\{\s*+(?:\\?[\"'][A-Za-z_]\w*+\\?[\"']\s*+(?::|=>)|[\"']?\w*+\s*+\Z)")
BROKEN = (
    "Line {}: {} looks like a part of records that cannot be read: something is cut, or a quote or bracket is not "
    "closed. Complete it, or leave that part out."
)


def check_left_out(schema: Schema, text: str, taken: Sequence[tuple[int, int]]) -> None:
    """Raise Refusal if a text has parts of records outside of the spans that are taken, which are in their order."""
    ends = [0, *(end for _start, end in taken)]
    starts = [*(start for start, _end in taken), len(text)]
    for start, end in zip(ends, starts, strict=True):
        place = _part_of_record(schema, text[start:end], is_last=end == len(text))
        if place is not None:
            line = text.count("\n", 0, start + place) + 1
            raise Refusal(BROKEN.format(line, quoted(text.split("\n")[line - 1].strip())))


def _part_of_record(schema: Schema, text: str, *, is_last: bool) -> int | None:
    """Return where a text has something of a record first: an object that begins, or names of fields with values.

    Without quotes, one name is a word.
    """
    begun = BEGUN.search(text)
    if begun and (is_last or begun.end() < len(text)):
        return begun.start()
    places: dict[str, int] = {}
    for match in NAMED.finditer(text):
        field = field_named(schema, match["name"])
        if field is None or not (match["value"] or _is_first_in_braces(text, match)):
            continue
        places.setdefault(field.name, match.start())
        if match["quote"] or len(places) > 1 or _is_first_in_braces(text, match):
            return next(iter(places.values()))
    return None


def _is_first_in_braces(text: str, match: re.Match[str]) -> bool:
    """Return whether a name with an equals sign stands first in braces, as Java and Python show what they have."""
    return match["mark"] == "=" and text.startswith("{", match.start() - 1)
