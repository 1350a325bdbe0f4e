"""Types of the options of `manage.py import_records`; each raises ArgumentTypeError with a sentence."""

from argparse import ArgumentTypeError

from console.records.schemas.schema import Schema


def percent(text: str) -> int:
    """Return a number from 1 to 100."""
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise ArgumentTypeError("expected a number from 1 to 100")
    return int(text)


def field_and_value(text: str) -> tuple[str, str]:
    """Return the field name and the value on either side of `=`."""
    field, equals, value = text.partition("=")
    if not equals or not field.strip() or not value.strip():
        raise ArgumentTypeError("expected a field and its value, such as EVENT_TYPE=watch")
    return field.strip(), value


def problem_of_fields(schema: Schema, names: list[str]) -> str:
    """Return why fields cannot have one value in all rows, as a sentence; "" if they can."""
    unknown = next((name for name in names if name not in {each.name for each in schema.fields}), "")
    if unknown:
        return f"The schema has no field {unknown}."
    if schema.id_field.name in names:
        return f"{schema.id_field.name} cannot be the same in all rows."
    twice = next((name for name in names if names.count(name) > 1), "")
    return f"{twice} has two values." if twice else ""
