"""Texts that programs print without quotes."""

import re
from dataclasses import replace

from console.records.json.nodes import Array, Object, items_of, quoted
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.literals.cursor import NoLiteral
from console.records.pasted.literals.printed import GO_VALUES, NO_VALUE_SHOWN, Doubt, read_printed
from console.records.pasted.literals.printed_styles import DUCKDB, may_be_code, names_in, style_of
from console.records.pasted.literals.words import word_value
from console.records.pasted.program_texts import read_literal_text
from console.records.pasted.reader import Reader, bare_words, found_without, not_variables, records_in, within
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.values.dialect import AS_PRINTED
from console.records.pasted.wrappings.messages import without_messages
from console.records.pasted.wrappings.prose import begins_with_value
from console.records.schemas.schema import Schema

PRINTED = "what a program prints"
CALL = re.compile(r"[A-Za-z_][\w.]*\(.*\)|[^(\"'`*+]*+[\"'`*+](?s:.*)")
TWO_WORDS = re.compile(r"\w \w")
ID_WITH_HYPHEN = re.compile(r"[A-Za-z]+-[0-9]+")


def read_printed_text(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that a program has printed without quotes, as toString of Java does."""
    if GO_VALUES.fullmatch(text):
        raise Refusal("It has neither names nor quotes. Print it as JSON, or with %+v.", "values that Go has printed")
    style = style_of(text)
    if style is None or begins_with_value(text):
        return None
    try:
        printed = read_printed(text, style)
    except Doubt as doubt:
        if style is not DUCKDB and names_fields(schema, names_in(text, style)):
            raise Refusal(str(doubt), PRINTED) from None
        return None
    except NoLiteral:
        return None
    found = records_in(schema, target, printed.node)
    if found is None:
        rows = items_of(printed.node)
        if any(isinstance(row, Array) and row.count > len(schema.declared_fields) > 1 for row in rows):
            raise Refusal("It has neither names nor quotes. Print it as JSON.", PRINTED)
        return None
    words = [word for record in found.records for word in bare_words(record)]
    hidden = next((word for word in words if NO_VALUE_SHOWN.fullmatch(word)), "")
    if hidden:
        raise Refusal(f"{quoted(hidden)} is what its program shows instead of a value. Print it as JSON.", PRINTED)
    notes = printed.notes
    if may_be_code(text, style):
        if style is DUCKDB and not any(map(_is_no_code, words)):
            return None
        code = next((word for word in words if CALL.fullmatch(word)), "")
        if code:
            sentence = f"It has no quotes, so {quoted(code)} may be a text or the code of a program. Print it as JSON."
            raise Refusal(sentence, PRINTED)
        notes += not_variables(word for word in words if word_value(0, word) is None)
    said = within(schema, found, "as a program prints them")
    return replace(said, notes=(*found.notes, *notes), dialect=AS_PRINTED)


def _is_no_code(word: str) -> bool:
    """Return whether a text without quotes is none that a program has, which are names, numbers and expressions."""
    return word == "NULL" or TWO_WORDS.search(word) is not None or ID_WITH_HYPHEN.fullmatch(word) is not None


def read_printed_in_log(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that a program has printed without quotes behind the words of a log; raise Refusal."""
    found = found_without(without_messages(text), IN_LOG, schema, target)
    records = [each for each in found.records if isinstance(each, Object)] if found else []
    # In prose, brackets may have a name and its value as well.
    return found if all(names_fields(schema, [member.key for member in each.members]) for each in records) else None


IN_LOG: tuple[tuple[str, Reader], ...] = (("nearly JSON", read_literal_text), (PRINTED, read_printed_text))
