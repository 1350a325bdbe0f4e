"""Calls for tags. Each raises PersonalizeError with what went wrong, in words for people.

Dataset groups, datasets, event trackers and jobs have tags, and schemas have none: "Tagging Amazon Personalize
resources" (developer guide).
"""

from collections.abc import Iterable, Mapping

from console.personalize.asking import asks
from console.personalize.connections.clients import client
from console.personalize.environments import Environment


@asks("ListTagsForResource")
def list_tags(environment: Environment, arn: str) -> dict[str, str]:
    """Return the tags of a resource, by ARN, as values by key."""
    tags = client(environment, "personalize").list_tags_for_resource(resourceArn=arn).get("tags", [])
    return {tag["tagKey"]: tag["tagValue"] for tag in tags}


@asks("TagResource")
def add_tags(environment: Environment, arn: str, tags: Mapping[str, str]) -> None:
    """Add tags to a resource, by ARN; an existing key gets the new value."""
    client(environment, "personalize").tag_resource(
        resourceArn=arn, tags=[{"tagKey": key, "tagValue": value} for key, value in tags.items()]
    )


@asks("UntagResource")
def remove_tags(environment: Environment, arn: str, keys: Iterable[str]) -> None:
    """Remove tags of a resource, by ARN and keys."""
    client(environment, "personalize").untag_resource(resourceArn=arn, tagKeys=list(keys))
