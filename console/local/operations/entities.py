"""Operations that put users, items and actions into their datasets."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from console.local.caller import Caller
from console.local.errors import invalid_input, not_found, throttled
from console.local.operations import datasets
from console.local.operations.resources import check_active
from console.local.storage import put_rate, statements
from console.local.storage.statements import FoundDataset
from console.records.entities import ACTIONS, ITEMS, USERS, Entity
from console.records.json.nodes import CONTROL_CHARACTER, quoted
from console.records.problems import Fault
from console.records.schemas.schema import read_entity_schema
from console.records.validation.validation import properties_json, validate_properties


def put(entity: Entity, caller: Caller, parameters: Mapping[str, Any]) -> dict[str, str]:
    """Store all records of a request, replacing those with the same IDs, or none if one is invalid.

    The parameters are those of PutUsers, PutItems or PutActions (API reference), whose members the entity names. The
    response has no members. Raise ResourceNotFoundException, ResourceInUseException while the dataset is not ACTIVE,
    ThrottlingException above CONSOLE_LOCAL_PUT_RATE calls a second, and InvalidInputException for a dataset of another
    type or records that are not valid.
    """
    dataset = statements.find_dataset(caller, parameters["datasetArn"])
    if dataset is None:
        raise not_found(datasets.KIND, parameters["datasetArn"])
    if dataset.dataset_type != entity.dataset_type:
        taken = f"{entity.operation} takes {entity.article} {entity.plural} dataset"
        raise invalid_input(f"{taken}; {dataset.arn} is of the type {dataset.dataset_type}.")
    check_active(dataset, datasets.KIND)
    if not put_rate.allows(dataset.group_id, entity.dataset_type, settings.CONSOLE_LOCAL_PUT_RATE):
        raise throttled()
    store(dataset, _validated(entity, dataset, parameters[entity.member]))
    return {}


put_users = partial(put, USERS)
put_items = partial(put, ITEMS)
put_actions = partial(put, ACTIONS)


def store(dataset: FoundDataset, properties_by_id: Mapping[str, Mapping[str, Any]]) -> None:
    """Store valid records of a dataset, replacing those with the same IDs; raise ResourceNotFoundException.

    They count as put individually, also where the replaced record was imported in bulk.
    """
    texts_by_id = ((id_, properties_json(properties)) for id_, properties in properties_by_id.items())
    try:
        statements.put(dataset.pk, texts_by_id, timezone.now())
    except IntegrityError as error:
        # The dataset was removed in the meantime.
        raise not_found(datasets.KIND, dataset.arn) from error


def _validated(
    entity: Entity, dataset: FoundDataset, members: Sequence[Mapping[str, str]]
) -> dict[str, Mapping[str, Any]]:
    """Return the properties by ID, the last for repeated IDs; raise InvalidInputException with all problems."""
    schema = read_entity_schema(entity, dataset.schema_text)
    id_property = schema.id_field.property_name
    properties_by_id: dict[str, Mapping[str, Any]] = {}
    wrong: list[str] = []
    for position, member in enumerate(members, 1):
        validated = validate_properties(schema, member[id_property], member.get("properties"))
        if not isinstance(validated, list):
            properties_by_id[member[id_property]] = validated
            continue
        whose = f"{entity.name.capitalize()} {position} ({_shown(member[id_property])})"
        wrong += [f"{whose}, {place_in_member(fault)}: {fault.sentence(reveal=False)}" for fault in validated]
    if wrong:
        raise invalid_input(" ".join(wrong))
    return properties_by_id


def place_in_member(fault: Fault) -> str:
    """Return the place of a problem in words: its field, or its character in the properties' text, from 1."""
    return f"field {fault.field}" if fault.field else f"properties, character {fault.offset + 1}"


def _shown(entity_id: str) -> str:
    return quoted(CONTROL_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", entity_id))
