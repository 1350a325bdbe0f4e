"""Attributes of a schema's fields, `categorical` and `textual`: which uses are refused, and which have no effect.

The sources are the developer guide's "Creating schema JSON files" (how-it-works-dataset-schema) and its "Endpoints and
quotas" (limits). Advice is on what AWS takes, and what cannot be changed once the schema is there.
"""

import difflib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from console.records.json.nodes import quoted, shortened
from console.records.schemas.dataset_types import Keyword
from console.records.schemas.fields import Field
from console.records.schemas.schema import SchemaFault, readable_fields

ITEMS = "ITEMS"
USEFUL = "a categorical string or a number"
USEFUL_OR_TEXTUAL = "a categorical string, a textual one or a number"
ATTRIBUTES = ("categorical", "textual")
# A field's attributes in Avro (Avro 1.12, "Complex Types"), and names that only resemble the attributes above.
OF_AVRO = ("name", "type", "default", "doc", "order", "aliases", "logicalType")
LIKENESS = 0.8
NUMBERS = frozenset(("int", "long", "float", "double"))
# Event types and optional metadata columns of item interactions, counted together.
MOST_EVENT_TYPES_AND_METADATA = 10


def is_of_use(field: Field, dataset_type: str) -> bool:
    """Return whether a metadata field is of a kind of which a schema needs one: categorical, a number, or textual."""
    return (
        (field.categorical and "string" in field.types)
        or bool(NUMBERS & set(field.types))
        or (takes_textual(dataset_type) and field.textual)
    )


def takes_textual(dataset_type: str) -> bool:
    """Return whether a schema of a type may have a textual field."""
    return dataset_type == ITEMS


def useful_kinds(dataset_type: str) -> str:
    """Return in words what a metadata field is that is of use, as `is_of_use` has it."""
    return USEFUL_OR_TEXTUAL if takes_textual(dataset_type) else USEFUL


def faults_of_textual(description: Any, keywords: Mapping[str, Keyword], dataset_type: str) -> Iterator[SchemaFault]:
    """Yield what is wrong with textual fields: only an Items schema has one, which is a string and not categorical."""
    first: Field | None = None
    for position, field in readable_fields(description).items():
        if not field.textual:
            continue
        path, name = ("fields", position, "textual"), shortened(field.name)
        if not takes_textual(dataset_type):
            sentence = (
                f'The field {name} has "textual": true, which only a schema of the type ITEMS may have. Remove it.'
            )
        elif "string" not in field.types or len(field.types) > 1:
            sentence = (
                f"The textual field {name} has the type {field.type_name}. Expected string, with or without null."
            )
        elif field.categorical:
            sentence = f"The field {name} is categorical and textual. Keep one of the two."
        elif field.name in keywords and not keywords[field.name].textual:
            sentence = f'The field {name} of the type {dataset_type} must not have "textual": true.'
        elif first:
            sentence = (
                f"The fields {shortened(first.name)} and {name} are textual. "
                f"A schema of the type {dataset_type} may have one textual field."
            )
        else:
            first = field
            continue
        yield SchemaFault(path, sentence, name)


def advice_on_fields(description: Any, keywords: Mapping[str, Keyword], dataset_type: str) -> Iterator[SchemaFault]:
    """Yield advice on the fields of a schema, the value of its JSON, that will not do what is meant."""
    for position, field in readable_fields(description).items():
        path, name = ("fields", position), shortened(field.name)
        attributes = description["fields"][position]
        for key, value in attributes.items():
            meant = _meant(key)
            if meant and (key != meant or not isinstance(value, bool)):
                allowed = _allowed(field, meant, keywords.get(field.name), dataset_type)
                sentence = _on_attribute(name, key, value, meant, allowed=allowed)
                yield SchemaFault((*path, key), sentence, name, is_refused=False)
        for key in _in_type(attributes["type"]):
            sentence = (
                f"The field {name} has {quoted(key)} in its type, where AWS does not read it. "
                f'Write "{key}": true beside "type".'
            )
            yield SchemaFault((*path, "type"), sentence, name, is_refused=False)
        if "boolean" in field.types:
            sentence = (
                f"The field {name} is boolean, which AWS uses neither in training nor in filters. "
                "Use a categorical string, or an int of 0 and 1: a schema cannot be changed."
            )
            yield SchemaFault((*path, "type"), sentence, name, is_refused=False)
        if field.name in keywords and keywords[field.name].textual and not field.textual:
            sentence = f'In AWS\'s documents, {name} is textual. Write "textual": true, so that its text is used.'
            yield SchemaFault(path, sentence, name, is_refused=False)


def advice_on_events(metadata: int) -> Iterator[SchemaFault]:
    """Yield advice on a schema of item interactions with so many optional metadata fields, if it has any."""
    if metadata:
        left = MOST_EVENT_TYPES_AND_METADATA - metadata
        fields = "1 metadata field" if metadata == 1 else f"{metadata} metadata fields"
        sentence = (
            f"With {fields} the data may have {left} different event types: "
            f"AWS takes {MOST_EVENT_TYPES_AND_METADATA} of both together."
        )
        yield SchemaFault(("fields",), sentence, is_refused=False)


def _meant(key: str) -> str:
    """Return the attribute that a key is, or resembles, or no text."""
    if key in OF_AVRO:
        return ""
    letters = "".join(character for character in key.lower() if character.isalpha())
    return next(iter(difflib.get_close_matches(letters, ATTRIBUTES, n=1, cutoff=LIKENESS)), "")


def _allowed(field: Field, attribute: str, keyword: Keyword | None, dataset_type: str) -> bool:
    """Return whether a field may have an attribute."""
    if field.is_id or "string" not in field.types:
        return False
    if attribute == "textual":
        return takes_textual(dataset_type) and (keyword is None or keyword.textual)
    return keyword is None or keyword.categorical


def _in_type(type_: Any) -> list[str]:
    """Return the attributes that stand in the type of a field, or in a branch of it."""
    branches = [each for each in (type_ if isinstance(type_, list) else [type_]) if isinstance(each, dict)]
    return [key for key in ATTRIBUTES if any(key in each for each in branches)]


def _on_attribute(name: str, key: str, value: Any, meant: str, *, allowed: bool) -> str:
    advice = f'Write "{meant}": true.' if allowed else "Remove it."
    if key != meant:
        return f"The field {name} has the attribute {quoted(key)}, which AWS does not know. {advice}"
    found = shortened(json.dumps(value, ensure_ascii=False))
    return (
        f'The field {name} has "{meant}": {found}, which is neither true nor false: '
        f"AWS does not treat the field as {meant}. {advice}"
    )
