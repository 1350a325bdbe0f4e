"""Records as print_r of PHP shows them, and as dump of Symfony and Laravel shows objects."""

import re
from collections.abc import Iterator
from dataclasses import replace

from console.records.json.nodes import Bare, Object
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.literals.cursor import NoLiteral
from console.records.pasted.literals.parsing import read_literal
from console.records.pasted.literals.print_r import is_print_r, read_print_r
from console.records.pasted.reader import in_literal, records_in, within
from console.records.pasted.values.dialect import AS_PRINTED
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE
from console.records.schemas.schema import Schema

PRINT_R = "what print_r of PHP shows"
SEVERAL_LINES = "A value of several lines does not tell where it ends. Print it with json_encode or var_export."
NOTHING = "For {}, it shows nothing, which is false as well as null. Print it with json_encode or var_export."
EMPTY = "Nothing at all behind a name is taken for no value, and might be an empty text."
DUMPED = "objects as dump of PHP shows them"
# `App\User {#12` above lines such as `+"user_id": "u-1"`.
OPENING = re.compile(r"(?:[A-Za-z_][\w\\]*+(?:@anonymous)?\^?[ ])?\{#[0-9]+[ ]?[\u25bc\u25be^]?")
AT_END = re.compile(rf"(?P<before>[ \t]*+(?:.*?(?:: |=> ))?){OPENING.pattern}[ \t\r]*+")
CLOSING = re.compile(r"[ \t]*+\}[ \t\r]*+")
# Public, protected and private ones, and those that were not declared, which have quotes.
MEMBER = re.compile(r"[ \t]*+[-+#~](?P<quote>\"?)(?P<name>\w++)(?P=quote): (?P<value>.*)")
MOST_LINES = 5000


def read_php(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that print_r has shown, or None; raise Refusal if a value is not certain."""
    if not is_print_r(text):
        return None
    try:
        node = read_print_r(text)
    except NoLiteral:
        raise Refusal(SEVERAL_LINES, PRINT_R) from None
    found = records_in(schema, target, node)
    if found is None:
        return None
    is_empty = False
    for record in found.records:
        for member in record.members if isinstance(record, Object) else ():
            field = schema.field(member.key)
            if isinstance(member.value, Bare) and member.value.value == "" and field:
                is_empty = True
                if "boolean" in field.types:
                    raise Refusal(NOTHING.format(field.name), PRINT_R)
    notes = (EMPTY,) if is_empty else ()
    return replace(within(schema, found, "as print_r shows them"), notes=(*found.notes, *notes), dialect=AS_PRINTED)


def read_dumped_objects(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that dump shows as objects, or None; raise Refusal."""
    if len(text) > LONGEST_PROSE or not OPENING.search(text):
        return None
    literal = read_literal("\n".join(_as_arrays(text.strip().split("\n", MOST_LINES))), keeps_code=True)
    return in_literal(schema, target, literal, "as dump of PHP shows objects") if literal else None


def _as_arrays(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a dump with objects as it shows arrays."""
    for line in lines:
        opened = AT_END.fullmatch(line)
        if opened:
            line = f"{opened['before']}array:1 ["
        elif CLOSING.fullmatch(line):
            line = "]"
        member = MEMBER.fullmatch(line)
        yield f'"{member["name"]}" => {member["value"]}' if member else line
