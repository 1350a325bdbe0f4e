"""Text where a number or a boolean is expected: what keeps it from being one, where a person would read one."""

import math
from dataclasses import replace

from console.records.event_members import MOST_IN_IMPRESSION
from console.records.impersonal import is_impersonal_word, is_not_finite, is_short_number
from console.records.json.characters import ADVICE_ON_NOT_FINITE
from console.records.json.nodes import describe_text
from console.records.json.number_forms import form_of
from console.records.json.scalars import number_value
from console.records.problems import Diagnosis, Found
from console.records.requests import LIST_SEPARATOR
from console.records.schemas.field_types import BOUNDS, WHOLE_NUMBER_TYPES
from console.records.schemas.fields import Field
from console.records.validation.rules import BOOLEANS
from console.records.validation.serial_dates import date_of_serial

OUT_OF_BOUNDS = "a number out of these bounds"
# Seconds from 1970 to the year 2286, as programs measure them with a fraction.
MOST_SECONDS = 10_000_000_000
WITH_A_FRACTION = "a number with a fraction or an exponent"


def describe_text_of(field: Field, text: str) -> Diagnosis:
    """Return what is wrong with a text that a field does not take, and how to write it where that is certain.

    For a field of numbers the kind of what was found says why the text is none of them, and nothing of its value.
    """
    if field.member and field.member.is_list and text.count(LIST_SEPARATOR) >= MOST_IN_IMPRESSION:
        count = text.count(LIST_SEPARATOR) + 1
        return Diagnosis(
            Found(f"{count} IDs", f"{count} IDs", f"{count} IDs"), f"Remove {count - MOST_IN_IMPRESSION}."
        )
    found, bare = describe_text(text), text.strip()
    if "string" in field.types or not (BOUNDS.keys() | {"boolean"}) & set(field.types):
        advice = "Put a value into it, or remove the field." if field.nullable else "Put a value into it."
        return Diagnosis(found, "" if text else advice)
    if is_impersonal_word(bare):
        found = replace(found, told=found.text)
    number = number_value(bare)
    if number is not None and bare != text:
        return Diagnosis(replace(found, kind="a number with spaces"), "Write it without spaces.")
    if number is not None:
        return describe_number_of(field, number, bare, found)
    if is_not_finite(bare) and BOUNDS.keys() & set(field.types):
        return Diagnosis(found, ADVICE_ON_NOT_FINITE)
    form = form_of(bare) if BOUNDS.keys() & set(field.types) else None
    if form:
        return Diagnosis(replace(found, kind=form.name), form.advice)
    if "boolean" not in field.types:
        return Diagnosis(found)
    return Diagnosis(found, f"Write {bare.lower()}." if bare.lower() in BOOLEANS else "Write true or false.")


def describe_number_of(field: Field, number: float, literal: str, found: Found) -> Diagnosis:
    """Return what is wrong with a number that a field of numbers or booleans does not take.

    `literal` is the number as it was typed, and `found` what it is called on the page.
    """
    told = found.text if is_short_number(literal) else ""
    if not BOUNDS.keys() & set(field.types):
        advice = "Write true or false." if "boolean" in field.types else ""
        return Diagnosis(replace(found, kind="a number", told=told), advice)
    if not isinstance(number, float) or not math.isfinite(number) or not set(WHOLE_NUMBER_TYPES) & set(field.types):
        return Diagnosis(replace(found, kind=OUT_OF_BOUNDS))
    found = replace(found, kind=WITH_A_FRACTION, told=told)
    if field.is_timestamp and 0 < number < MOST_SECONDS:
        date = date_of_serial(number)
        advice = f"As a spreadsheet counts days, it is {date}." if date else f"In whole seconds it is {int(number)}."
        return Diagnosis(found, advice, told_advice=None if told else "")
    if not number.is_integer() or abs(number) >= 2**31:
        return Diagnosis(found)
    return Diagnosis(found, f"Write {int(number)}.", told_advice=None if told else "")
