"""What a schema says of a record's values, as a JSON Schema.

The service takes whole and decimal numbers as JSON numbers or as text ({"numberOfVideosWatched": "45"} in the API
reference), so each numeric type bounds a number and validates text by a format of the type's name.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from console.records.event_members import MOST_IN_IMPRESSION, EventMember
from console.records.json.nodes import CONTROL_CHARACTER, Scalar
from console.records.json.scalars import number_value
from console.records.schemas.field_types import BOUNDS, LONGEST_STRING, WHOLE_NUMBER_TYPES
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema

if TYPE_CHECKING:
    from jsonschema.protocols import Validator
    from jsonschema_rs import Draft4Validator

LONGEST_ID = 256
LONGEST_CATEGORY = 1000
# "Endpoints and quotas" of the developer guide: a textual field of items, and one in Chinese or Japanese. No source
# says what makes a text one of these: here it is one if half of its characters or more are.
LONGEST_TEXTUAL = 20_000
LONGEST_CHINESE_OR_JAPANESE = 7000
CHINESE_OR_JAPANESE = re.compile(
    # Kana and bopomofo with their extensions and half-width forms, and ideographs.
    "[\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]"
)
CATEGORY_SEPARATOR = "|"
# The pattern of EventAttributionSource in the service model: not spaces alone.
PRINTABLE_ASCII = r"^[\x20-\x7E]*[\x21-\x7E]+[\x20-\x7E]*$"
BOOLEANS = {"true": True, "false": False}
type Check = Callable[[object], bool]

# Formats of JSON Schema by their names: each says whether a value is of it, or of a type that it is not about.
FORMATS: dict[str, Check] = {}


def is_valid(schema: Schema, values: dict[str, Any]) -> bool:
    """Return whether a record's values, by field name, keep a schema's rules: `validator` names what does not."""
    try:
        return _quick_validator(schema).is_valid(values)
    except UnicodeEncodeError:
        # Half of a surrogate pair, which no reader lets through, is no text to a validator that is not in Python.
        # Where any text will do it does not look, so that this is no check for such halves.
        return False


def is_valid_value(field: Field, value: Any) -> bool:
    """Return whether a value keeps the rules of its field: a record is valid if all of its values are."""
    return _value_validator(field).is_valid(value)


@lru_cache(maxsize=4096)
def _value_validator(field: Field) -> "Draft4Validator":
    # Imported here for the same reason as in `_quick_validator`.
    from jsonschema_rs import Draft4Validator

    return Draft4Validator(_rule(field), formats=FORMATS, validate_formats=True)


@lru_cache(maxsize=256)
def _quick_validator(schema: Schema) -> "Draft4Validator":
    # Commands that validate nothing start without it, and without jsonschema.
    from jsonschema_rs import Draft4Validator

    # Draft 4 counts 30.0 as no integer, as the validator below does.
    return Draft4Validator(_rules(schema), formats=FORMATS, validate_formats=True)


@lru_cache(maxsize=256)
def validator(schema: Schema) -> "Validator":
    """Return the JSON Schema validator of a schema's records: objects of values by field name."""
    # Imported here as jsonschema_rs is; where all records are valid, it never is.
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, check in FORMATS.items():
        checker.checks(name)(check)
    made: Validator = _avro_validator()(_rules(schema), format_checker=checker)
    return made


@cache
def _avro_validator() -> "type[Validator]":
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
    made: type[Validator] = extend(Draft202012Validator, type_checker=types)  # type: ignore[no-untyped-call]
    return made


def properties_of(schema: Schema, values: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a record whose values, by field name, are valid: typed, and in the schema's order."""
    properties = {}
    for name, property_name, field in _columns(schema):
        if name in values:
            value = values[name]
            properties[property_name] = typed(field, value) if isinstance(value, str) else value
    return properties


@lru_cache(maxsize=256)
def _columns(schema: Schema) -> tuple[tuple[str, str, Field], ...]:
    return tuple((field.name, field.property_name, field) for field in schema.metadata_fields)


def typed(field: Field, value: Any) -> Any:
    """Return a valid value as the field's type has it: numbers and booleans that came as text are read."""
    if not isinstance(value, str) or "string" in field.types:
        return value
    return BOOLEANS[value] if value in BOOLEANS else number_value(value)


def scalar_of(field: Field, text: str) -> Scalar:
    """Return the value that a text stands for in a field that takes no JSON: a number or a boolean if it is one.

    A number stays as it was typed. Text stays text in a field that takes text, and where it is nothing else.
    """
    if "string" in field.types:
        return Scalar(0, text)
    bare = text.strip()
    if bare.lower() in BOOLEANS and "boolean" in field.types:
        return Scalar(0, BOOLEANS[bare.lower()])
    number = number_value(bare)
    return Scalar(0, text) if number is None else Scalar(0, number, bare)


def _rules(schema: Schema) -> dict[str, Any]:
    properties = {field.name: _rule(field) for field in schema.fields}
    required = [field.name for field in schema.fields if not field.nullable]
    return {"type": "object", "properties": properties, "required": required}


def _rule(field: Field) -> dict[str, Any]:
    null = ["null"] if field.nullable else []
    if field.member and field.types == ("string",):
        return {
            "type": ["string", *null],
            "minLength": 1,
            "maxLength": field.member.longest,
            **_format_of(field.member),
        }
    if field.is_id:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_ID, "format": "id"}
    rules = [_string_rule(field, null) if each == "string" else _type_rule(each, null) for each in field.types]
    if len(rules) == 1:
        return rules[0]
    return {"anyOf": rules} if rules else {"type": "null"}


def _format_of(member: EventMember) -> dict[str, Any]:
    """Return the format or the pattern of the texts of a member of an event."""
    if member.values:
        return {"pattern": f"^(?:{'|'.join(_in_any_case(each) for each in member.values)})$"}
    if member.is_list:
        return {"format": "impression"}
    if member.is_ascii:
        return {"pattern": PRINTABLE_ASCII}
    return {"format": "id"}


def in_all(categories: str) -> str:
    """Return what is said of a value of categories that is longer than one of them may be.

    "Endpoints and quotas" (limits) does not say which is meant.
    """
    return (
        f"The value has {len(categories)} characters in all. AWS's documents do not say whether {LONGEST_CATEGORY} is "
        "the limit for each category, or for all of them together."
    )


def _in_any_case(text: str) -> str:
    """Return a pattern for a text of letters and spaces whatever its case, in what all readers of patterns take."""
    return "".join(f"[{each.upper()}{each.lower()}]" if each.isalpha() else each for each in text)


def _string_rule(field: Field, null: list[str]) -> dict[str, Any]:
    rule: dict[str, Any] = {"type": ["string", *null]}
    if field.categorical:
        return rule | {"format": "categories"}
    if field.textual:
        return rule | {"maxLength": LONGEST_TEXTUAL, "format": "textual"}
    return rule | {"maxLength": LONGEST_STRING}


def _type_rule(type_name: str, null: list[str]) -> dict[str, Any]:
    """Return the rule of one Avro type but string; bounds and formats leave null alone."""
    if type_name == "boolean":
        return {"type": ["boolean", "string", *null], "format": type_name}
    minimum, maximum = BOUNDS[type_name]
    number = "integer" if type_name in WHOLE_NUMBER_TYPES else "number"
    return {"type": [number, "string", *null], "minimum": minimum, "maximum": maximum, "format": type_name}


def _is_integer(_checker: Any, value: object) -> bool:
    # JSON Schema counts 30.0 as an integer; Avro's JSON encoding of int and long does not.
    return isinstance(value, int) and not isinstance(value, bool)


def _format(name: str) -> Callable[[Check], Check]:
    def decorate(check: Check) -> Check:
        FORMATS[name] = check
        return check

    return decorate


@_format("id")
def _is_id(value: object) -> bool:
    # No source says so, but a control character in an id is a slip, and some databases cannot store them.
    return not isinstance(value, str) or not CONTROL_CHARACTER.search(value)


@_format("categories")
def _are_categories(value: object) -> bool:
    if not isinstance(value, str) or len(value) <= LONGEST_CATEGORY:
        return True
    return all(len(category) <= LONGEST_CATEGORY for category in value.split(CATEGORY_SEPARATOR))


@_format("impression")
def _is_impression(value: object) -> bool:
    if not isinstance(value, str):
        return True
    ids = value.split(CATEGORY_SEPARATOR)
    return len(ids) <= MOST_IN_IMPRESSION and all(1 <= len(each) <= LONGEST_ID and _is_id(each) for each in ids)


@_format("textual")
def _is_textual(value: object) -> bool:
    if not isinstance(value, str) or len(value) <= LONGEST_CHINESE_OR_JAPANESE:
        return True
    return 2 * len(CHINESE_OR_JAPANESE.findall(value)) < len(value)


@_format("boolean")
def _is_boolean(value: object) -> bool:
    return not isinstance(value, str) or value in BOOLEANS


def _number_format(type_name: str) -> None:
    minimum, maximum = BOUNDS[type_name]

    def is_number(value: object) -> bool:
        if not isinstance(value, str):
            return True
        number = number_value(value)
        if number is None or (type_name in WHOLE_NUMBER_TYPES and not isinstance(number, int)):
            return False
        return minimum <= number <= maximum

    FORMATS[type_name] = is_number


for _type_name in BOUNDS:
    _number_format(_type_name)
