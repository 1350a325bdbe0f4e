"""Tags of resources: keys with values, in the order they were given.

Keys and values are sensitive in the service's model, so no message repeats one.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from console.local.caller import Caller
from console.local.errors import ServiceError, invalid_input
from console.local.models import Dataset, DatasetGroup, EventTracker, Job, StagedResource
from console.local.operations.resources import find
from console.local.storage.one_writer import one_writer
from console.local.storage.resource_rows import Rows

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import (
        ListTagsForResourceRequestTypeDef,
        TagResourceRequestTypeDef,
        TagTypeDef,
        UntagResourceRequestTypeDef,
    )

MOST_TAGS = 50
DATASETS = Rows(Dataset)
JOBS = Rows(Job, ("group", "dataset"))
# The prefix of a resource's name in its ARN, for each kind that accepts tags; schemas do not.
TAGGED: dict[str, tuple[str, Rows[Any]]] = {
    "dataset-group": ("dataset group", Rows(DatasetGroup)),
    "dataset": ("dataset", DATASETS),
    "event-tracker": ("event tracker", Rows(EventTracker)),
    "dataset-import-job": ("dataset import job", JOBS),
    "dataset-export-job": ("dataset export job", JOBS),
    "data-deletion-job": ("data deletion job", JOBS),
}


@one_writer()
def tag(caller: Caller, parameters: "TagResourceRequestTypeDef") -> dict[str, str]:
    """Add tags to a resource, or replace the values of those it has: API reference, TagResource.

    The response has no members. Raise ResourceNotFoundException, InvalidInputException for a schema, a key or value
    that begins with aws: or a key twice, and TooManyTagsException for more than MOST_TAGS.
    """
    resource = _find(caller, parameters["resourceArn"])
    values = _values(resource.tags) | _values(read_tags(parameters["tags"]))
    _save(resource, values)
    return {}


@one_writer()
def untag(caller: Caller, parameters: "UntagResourceRequestTypeDef") -> dict[str, str]:
    """Remove the tags with some keys from a resource: API reference, UntagResource. The response has no members.

    A key that the resource does not have is no error. Raise ResourceNotFoundException, InvalidInputException for a
    schema, and TooManyTagKeysException for more than MOST_TAGS keys.
    """
    resource = _find(caller, parameters["resourceArn"])
    keys = set(parameters["tagKeys"])
    if len(keys) > MOST_TAGS:
        raise ServiceError("TooManyTagKeysException", f"A resource has at most {MOST_TAGS} tags; found more tag keys.")
    _save(resource, {key: value for key, value in _values(resource.tags).items() if key not in keys})
    return {}


def list_tags(caller: Caller, parameters: "ListTagsForResourceRequestTypeDef") -> "dict[str, list[TagTypeDef]]":
    """Return a resource's tags in the order they were given: API reference, ListTagsForResource.

    Raise ResourceNotFoundException, or InvalidInputException for a schema.
    """
    return {"tags": _find(caller, parameters["resourceArn"]).tags}


def read_tags(given: "Iterable[TagTypeDef]") -> "list[TagTypeDef]":
    """Return the tags of a request, validated by "Guidelines and requirements" of tags (developer guide).

    Raise InvalidInputException for a key or value that begins with aws: or a key twice, and TooManyTagsException for
    more than MOST_TAGS.
    """
    tags: list[TagTypeDef] = [{"tagKey": each["tagKey"], "tagValue": each["tagValue"]} for each in given]
    for position, each in enumerate(tags, 1):
        for what, text in (("key", each["tagKey"]), ("value", each["tagValue"])):
            if text.lower().startswith("aws:"):
                raise invalid_input(f"Tag {position} has a {what} that begins with aws:, which is reserved for AWS.")
    if len(_values(tags)) < len(tags):
        raise invalid_input("A key appears twice in the tags. Give each key once.")
    _check_number(len(tags))
    return tags


def _find(caller: Caller, arn: str) -> StagedResource | Job:
    kind, _, _name = arn.split(":", 5)[-1].partition("/")
    if kind == "schema":
        raise invalid_input("A schema takes no tags. Tag a dataset group, a dataset, an event tracker or a job.")
    words, rows = TAGGED.get(kind, ("resource", DATASETS))
    resource: StagedResource | Job = find(rows, caller, arn, words)
    return resource


def _values(tags: "Iterable[TagTypeDef]") -> dict[str, str]:
    return {each["tagKey"]: each["tagValue"] for each in tags}


def _save(resource: StagedResource | Job, values: dict[str, str]) -> None:
    _check_number(len(values))
    resource.tags = [{"tagKey": key, "tagValue": value} for key, value in values.items()]
    resource.save(update_fields=["tags"])


def _check_number(number: int) -> None:
    if number > MOST_TAGS:
        raise ServiceError("TooManyTagsException", f"A resource may have {MOST_TAGS} tags; found {number}.")
