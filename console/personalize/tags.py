"""The calls about tags. Each raises PersonalizeError with what went wrong, as a person reads it.

Dataset groups, datasets, event trackers and jobs have tags, and schemas have none: "Tagging Amazon Personalize
resources" (developer guide).
"""

from collections.abc import Iterable, Mapping

from console.personalize.asking import asks
from console.personalize.connections.clients import client
from console.personalize.environments import Environment


@asks("ListTagsForResource")
def list_tags(environment: Environment, arn: str) -> dict[str, str]:
    """Return the tags of the resource of an ARN: their values by their keys."""
    tags = client(environment, "personalize").list_tags_for_resource(resourceArn=arn).get("tags", [])
    return {tag["tagKey"]: tag["tagValue"] for tag in tags}


@asks("TagResource")
def add_tags(environment: Environment, arn: str, tags: Mapping[str, str]) -> None:
    """Add tags to the resource of an ARN; a key that it has gets the new value."""
    client(environment, "personalize").tag_resource(
        resourceArn=arn, tags=[{"tagKey": key, "tagValue": value} for key, value in tags.items()]
    )


@asks("UntagResource")
def remove_tags(environment: Environment, arn: str, keys: Iterable[str]) -> None:
    """Remove the tags of some keys from the resource of an ARN."""
    client(environment, "personalize").untag_resource(resourceArn=arn, tagKeys=list(keys))
