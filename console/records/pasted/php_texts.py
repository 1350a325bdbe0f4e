"""Records as print_r of PHP shows them."""

from dataclasses import replace

from console.records.json.nodes import Bare, Object
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.literals.cursor import NoLiteral
from console.records.pasted.literals.print_r import is_print_r, read_print_r
from console.records.pasted.reader import records_in, within
from console.records.pasted.values.dialect import AS_PRINTED
from console.records.schemas.schema import Schema

PRINT_R = "what print_r of PHP shows"
SEVERAL_LINES = "A value of several lines does not tell where it ends. Print it with json_encode or var_export."
NOTHING = "For {}, it shows nothing, which is false as well as null. Print it with json_encode or var_export."
EMPTY = "Nothing at all behind a name is taken for no value, and might be an empty text."


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
