"""The columns of a dataset's CSV files: the fields of its schema, as the schema has them.

What a request makes of an event does not apply to files: a file has no fields beside the schema's, and each of its
rows has a user. Source: "Preparing training data for Amazon Personalize" (developer guide).
"""

from dataclasses import replace
from functools import lru_cache

from console.records.entities import Entity
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema, read_entity_schema, read_schema


@lru_cache(maxsize=256)
def columns_schema(entity: Entity, text: str) -> Schema:
    """Return the schema of the CSV files of a dataset of a type from its Avro JSON; raise SchemaError.

    A schema text gives one Schema object, so that what is derived from a schema can be kept beside it.
    """
    schema = read_entity_schema(entity, text)
    if not entity.is_event:
        return schema
    nullable = {field.name: field.nullable for field in read_schema(text).fields}
    columns = tuple(_column(field, nullable[field.name]) for field in schema.declared_fields)
    return Schema(schema.name, columns, entity)


def _column(field: Field, nullable: bool) -> Field:
    """Return a field of events as files have it: impressions are text, of any number of ids."""
    is_list = field.member is not None and field.member.is_list
    return replace(field, nullable=nullable and not field.is_id, member=None if is_list else field.member)
