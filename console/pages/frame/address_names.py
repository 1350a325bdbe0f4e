"""Names in addresses.

An environment's and a dataset group's are also those that only the trail has.

A name that today's rules allow stands there as it is. What the trail has of other names, as of rows that another
program wrote, stands there as `~` and its UTF-8 in the base64 of URLs (RFC 4648, section 5), without padding: no valid
name begins with that.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from console.records.entities import Entity, entity_of_slug

# Characters that the API's model does not allow in names.
OTHER_CHARACTER = re.compile(r"[^a-zA-Z0-9_-]")
ENCODED = r"~[A-Za-z0-9_-]{0,400}"


class EnvironmentName:
    """The name of an environment in an address."""

    regex = rf"{ENCODED}|[^/~.][^/]*"
    plain = re.compile(r"[^/~.][^/]*")

    def to_python(self, value: str) -> str:
        """Return the name in an address; raise ValueError if there is none."""
        if not value.startswith("~"):
            return value
        name = urlsafe_b64decode(value[1:] + "=" * (-(len(value) - 1) % 4)).decode()
        if "\0" in name or self.to_url(name) != value:
            raise ValueError("No name has this form.")
        return name

    def to_url(self, value: str) -> str:
        """Return a name as an address has it."""
        if self.plain.fullmatch(value):
            return value
        return "~" + urlsafe_b64encode(value.encode()).decode().rstrip("=")


class DatasetGroupName(EnvironmentName):
    """The name of a dataset group in an address, by what the API's model says of names."""

    regex = rf"{ENCODED}|[a-zA-Z0-9][a-zA-Z0-9\-_]{{0,62}}"
    plain = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9\-_]{0,62}")


class EventTrackerId:
    """What an event tracker's ARN ends in: eight digits that AWS chooses, or its name, as in the developer guide."""

    regex = r"[a-zA-Z0-9][a-zA-Z0-9\-_]{0,62}"

    def to_python(self, value: str) -> str:
        """Return what stands in an address."""
        return value

    def to_url(self, value: str) -> str:
        """Return what an ARN ends in as it stands in an address."""
        return value


class JobName(EventTrackerId):
    """The name of a job, which its ARN ends in, by what the API's model says of names."""


class SchemaName(EventTrackerId):
    """The name of a schema, which its ARN ends in, by what the API's model says of names."""


class PersonKey:
    """The key of a person's account in an address, whatever becomes of their name."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """Return the key in an address."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return a key as an address has it."""
        return str(value)


class EntityName:
    """The dataset type in the address of a dataset: its slug stands there, and the view gets the Entity."""

    regex = r"[a-z][a-z-]{0,39}"

    def to_python(self, value: str) -> Entity:
        """Return the entity of a slug; raise ValueError if there is none."""
        entity = entity_of_slug(value)
        if entity is None:
            raise ValueError("No dataset type has this name.")
        return entity

    def to_url(self, value: Entity) -> str:
        """Return an entity as an address has it."""
        return value.slug


def is_valid_group(name: str) -> bool:
    """Return whether a name can be a dataset group's at AWS."""
    return bool(DatasetGroupName.plain.fullmatch(name))
