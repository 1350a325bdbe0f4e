"""What is asked of a schema, of the schema of each type of dataset, and of one that replaces another.

The schemas of live datasets are read leniently, by `schema`. One that is to be created is validated as the developer
guide has it in "Creating schema JSON files"; `dataset_types` has what each type asks, and `schema_names` which type
a schema names.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

import avro.schema
from avro.errors import AvroException

from console.records.json.nodes import shortened
from console.records.schemas.dataset_types import RULES, Keyword, TypeRules
from console.records.schemas.field_types import BOUNDS, TYPES_IN_WORDS, is_in_bounds
from console.records.schemas.fields import Field
from console.records.schemas.schema import (
    SchemaError,
    SchemaFault,
    check_no_mark,
    faults_of_shape,
    raise_first,
    read_schema,
    readable_fields,
    schema_json,
    type_names,
)
from console.records.schemas.schema_attributes import (
    advice_on_events,
    advice_on_fields,
    faults_of_textual,
    is_of_use,
    useful_kinds,
)
from console.records.schemas.schema_names import likely_type, named_type, schema_name
from console.records.schemas.schema_text import placed_faults_of_text

NAME_AND_NAMESPACE = (
    'The schema needs a "name", and may have a "namespace", of letters, digits and underscores. '
    "Dots separate the names of a namespace."
)


# Test suites create the same few schemas again and again. A text that is not valid is validated anew each time.
@lru_cache(maxsize=64)
def check_schema(text: str, domain: str) -> None:
    """Raise SchemaError if a text is not a flat Avro record that fits a type of dataset in a domain, "" for none.

    A schema whose name is that of a type must fit this type. Otherwise it must fit any of them, and what is wrong is
    said of the type that the schema seems to be for, which a request does not tell.
    """
    check_no_mark(text)
    raise_first(SchemaFault((), sentence) for sentence in placed_faults_of_text(text))
    description = schema_json(text)
    raise_first(chain(faults_of_shape(description), _faults_of_avro(description)))
    named = named_type(description)
    if named:
        raise_first(faults_of_type(description, named, domain))
        return
    names = {field.name for field in readable_fields(description).values()}
    if all(any(faults_of_type(description, each, domain)) for each in RULES[domain]):
        raise_first(faults_of_type(description, likely_type(names), domain))


def check_schema_of_type(text: str, dataset_type: str, domain: str) -> None:
    """Raise SchemaError if a schema does not fit a dataset of a type in a dataset group of a domain, "" for none."""
    read_schema(text)
    description = schema_json(text)
    if dataset_type in RULES[domain]:
        raise_first(_faults_of_another_type(description, dataset_type))
    raise_first(faults_of_type(description, dataset_type, domain))


def faults_of_schema(description: Any, dataset_type: str, domain: str) -> list[SchemaFault]:
    """Return all that is wrong with a schema, the value of its JSON, for a dataset of entities in a domain."""
    faults = [*faults_of_shape(description)]
    if isinstance(description, dict):
        faults += _faults_of_avro(description)
        faults += _faults_of_another_type(description, dataset_type)
        faults += _faults_of_record_name(description, dataset_type)
    if readable_fields(description):
        # A schema for another type gets the faults of that type.
        faults += faults_of_type(description, named_type(description) or dataset_type, domain)
    return faults


def advice_on_schema(description: Any, dataset_type: str, domain: str) -> Iterator[SchemaFault]:
    """Yield advice on a schema, the value of its JSON, for a dataset of a type in a domain, "" for none.

    It is on what AWS takes. Nothing of it can be changed once the schema is there.
    """
    type_ = named_type(description) or dataset_type
    rules = RULES[domain].get(type_)
    if rules is None:
        return
    yield from advice_on_fields(description, rules.keywords, type_)
    if named_type(description) == "INTERACTIONS":
        names = [field.name for field in readable_fields(description).values()]
        yield from advice_on_events(sum(name not in rules.not_metadata for name in names))


def faults_of_type(description: Any, dataset_type: str, domain: str) -> Iterator[SchemaFault]:
    """Return what a dataset of a type in a domain, "" for none, does not take of a schema.

    Of a field that cannot be read nothing is said but what `faults_of_shape` says.
    """
    rules = RULES[domain].get(dataset_type)
    if rules is None:
        sentence = f"A dataset group in the domain {domain} cannot have a dataset of the type {dataset_type}. "
        return iter([SchemaFault((), f"{sentence}Create it in a dataset group without a domain.")])
    return _faults_by_rules(description, rules, dataset_type, domain)


def _faults_by_rules(description: Any, rules: TypeRules, dataset_type: str, domain: str) -> Iterator[SchemaFault]:
    where = f"the type {dataset_type}{f' in the domain {domain}' if domain else ''}"
    names = [each.get("name") if isinstance(each, dict) else None for each in description["fields"]]
    for name, keyword in rules.required.items():
        if name not in names:
            yield SchemaFault(
                ("fields",),
                f"The schema of {where} needs a field {name} of type {keyword.in_words}, and this one has none.",
                name,
            )
    keywords = rules.keywords
    for position, field in readable_fields(description).items():
        if field.name in keywords:
            yield from _faults_of_keyword(position, field, keywords[field.name], where)
    yield from faults_of_textual(description, keywords, dataset_type)
    metadata = [field for field in readable_fields(description).values() if field.name not in rules.not_metadata]
    yield from _faults_of_metadata(rules, names, where)
    of_use = (field.name in keywords or is_of_use(field, dataset_type) for field in metadata)
    if rules.least_metadata and metadata and not any(of_use):
        sentence = f"The schema of {where} needs a metadata field that is {useful_kinds(dataset_type)}, and has none."
        yield SchemaFault(("fields",), sentence)


def check_replacement(before: str, after: str) -> None:
    """Raise SchemaError unless a schema can replace another one, both as texts."""
    read_schema(after)
    raise_first(faults_of_replacement(before, schema_json(after)))


def faults_of_replacement(before: str, description: Any) -> Iterator[SchemaFault]:
    """Yield what keeps a schema, the value of its JSON, from replacing the schema of a text.

    It keeps all fields with their types and attributes, and what it adds allows null, as "Replacing a dataset's
    schema" in the developer guide has it: so every stored record fits it too.
    """
    old, new = _fields_by_name(before), readable_fields(description)
    names = {field.name for field in new.values()}
    for name in old:
        if name not in names:
            sentence = f"The new schema has no field {name}. It must keep all fields of the current schema."
            yield SchemaFault(("fields",), sentence, name)
    for position, field in new.items():
        name, path = shortened(field.name), ("fields", position, "type")
        if field.name not in old and not field.nullable:
            sentence = f"The new field {name} must allow null, because existing records do not have it."
            yield SchemaFault(path, sentence, name)
        elif field.name in old and _meaning(field) != _meaning(old[field.name]):
            sentence = f"The field {name} must keep the type and attributes that it has in the current schema."
            yield SchemaFault(path, sentence, name)


def added_fields(before: str, after: str) -> tuple[Field, ...]:
    """Return the fields that a schema has and another one before it has not; those that can be read, of two texts."""
    try:
        old, description = _fields_by_name(before), schema_json(after)
    except SchemaError:
        return ()
    return tuple(field for field in readable_fields(description).values() if field.name not in old)


def _faults_of_avro(description: dict[str, Any]) -> Iterator[SchemaFault]:
    if "logicalType" in description:
        sentence = "The schema has a logicalType. Expected a plain record."
        yield SchemaFault(("logicalType",), sentence, is_refused=False)
    bare = {name: value for name, value in description.items() if name not in ("fields", "logicalType", "namespace")}
    namespace = {name: description[name] for name in ("namespace",) if name in description}
    # Without its fields first, then each field alone, so that the sentence can name it.
    record = {"type": "record", "fields": []}
    if not _is_avro({**bare, **record}):
        yield SchemaFault(("name",), NAME_AND_NAMESPACE)
    elif not _is_avro({**bare, **namespace, **record}):
        yield SchemaFault(("namespace",), NAME_AND_NAMESPACE)
    for position, field in readable_fields(description).items():
        yield from _faults_of_avro_field(position, field, description["fields"][position])


def _faults_of_another_type(description: dict[str, Any], dataset_type: str) -> Iterator[SchemaFault]:
    """Yield a name that is the one of another type of dataset."""
    named = named_type(description)
    if named not in (None, dataset_type):
        sentence = (
            f"The schema has the name “{shortened(description['name'])}”, which is for the type {named}, "
            f'and the dataset is of the type {dataset_type}. Use a schema with the name "{schema_name(dataset_type)}".'
        )
        yield SchemaFault(("name",), sentence)


def _faults_of_record_name(description: dict[str, Any], dataset_type: str) -> Iterator[SchemaFault]:
    """Yield a name that is of no type of dataset, which the guide wants, and live schemas do not always have."""
    name, expected = description.get("name"), schema_name(dataset_type)
    if isinstance(name, str) and named_type(description) is None:
        sentence = f'The schema has the name “{shortened(name)}”. AWS\'s documents expect "{expected}" there.'
        yield SchemaFault(("name",), sentence, is_refused=False)


def _is_avro(description: dict[str, Any]) -> bool:
    try:
        avro.schema.parse(json.dumps(description))
    except AvroException:
        return False
    return True


def _faults_of_avro_field(position: int, field: Field, description: dict[str, Any]) -> Iterator[SchemaFault]:
    path, name = ("fields", position), shortened(field.name)
    branches = description["type"] if isinstance(description["type"], list) else [description["type"]]
    if any("logicalType" in each for each in branches if isinstance(each, dict)):
        sentence = f"The field {name} has a logicalType. Expected a plain {field.type_name}."
        yield SchemaFault((*path, "type"), sentence, name, is_refused=False)
    plain = {**description, "type": type_names(description["type"])}
    try:
        record: Any = avro.schema.parse(json.dumps({"type": "record", "name": "alone", "fields": [plain]}))
    except AvroException:
        # The only attribute of a field that the library validates and this module has not validated before.
        sentence = f'The field {name} has an unknown "order". Expected "ascending", "descending" or "ignore".'
        yield SchemaFault((*path, "order"), sentence, name)
        return
    if "default" not in description:
        return
    default = description["default"]
    # Any branch of a union may be the default's, as since Avro 1.12. To the library a boolean is an integer too.
    is_stray_boolean = isinstance(default, bool) and "boolean" not in field.types
    if is_stray_boolean or record.fields[0].type.validate(default) is None:
        expected = f"{field.type_name}{' or null' if field.nullable and field.types else ''}"
        sentence = f"The field {name} has a default of another type. Expected {expected}."
        yield SchemaFault((*path, "default"), sentence, name)
    elif isinstance(default, int | float) and not _is_in_bounds(default, field):
        expected = " or ".join(TYPES_IN_WORDS[each] for each in field.types if each in BOUNDS)
        sentence = f"The field {name} has a default out of the range of its type. Expected {expected}."
        yield SchemaFault((*path, "default"), sentence, name)


def _is_in_bounds(default: float, field: Field) -> bool:
    """Return whether a number is of a type of a field; to the library any number is a float."""
    types = [each for each in field.types if each in BOUNDS]
    # A boolean is a number here, too. A number too large for a double is a fault of the text.
    if isinstance(default, bool) or not is_in_bounds(default, "double"):
        return True
    return any(is_in_bounds(default, each) for each in types)


def _faults_of_keyword(position: int, field: Field, keyword: Keyword, where: str) -> Iterator[SchemaFault]:
    path = ("fields", position)
    is_of_type = len(field.types) == 1 and field.types[0] in keyword.types
    if not is_of_type or (field.nullable and not keyword.nullable):
        expected = f"Expected {keyword.in_words}, as {where} has it."
        sentence = f"The field {field.name} has the type {_type_in_words(field)}. {expected}"
        yield SchemaFault((*path, "type"), sentence, field.name)
    elif field.categorical != keyword.categorical:
        must = "must have" if keyword.categorical else "must not have"
        sentence = f'The field {field.name} of {where} {must} "categorical": true.'
        yield SchemaFault((*path, "categorical"), sentence, field.name)


def _faults_of_metadata(rules: TypeRules, names: list[Any], where: str) -> Iterator[SchemaFault]:
    keywords = rules.not_metadata
    number = sum(name not in keywords for name in names)
    if number < rules.least_metadata or (rules.most_metadata is not None and number > rules.most_metadata):
        allowed = f"{rules.least_metadata} to {rules.most_metadata} metadata fields beside {', '.join(keywords)}"
        yield SchemaFault(("fields",), f"The schema of {where} has {number} metadata fields. Expected {allowed}.")


def _type_in_words(field: Field) -> str:
    return f"{field.type_name}, with null" if field.nullable and field.types else field.type_name


def _fields_by_name(text: str) -> dict[str, Field]:
    return {field.name: field for field in read_schema(text).fields}


def _meaning(field: Field) -> tuple[frozenset[str], bool, bool, bool]:
    return frozenset(field.types), field.nullable, field.categorical, field.textual
