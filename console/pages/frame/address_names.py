"""Path converters for names in addresses, including environments and groups that exist only in the trail.

A name that is valid today appears unchanged. Other names in the trail, such as those of rows that another program
wrote, appear as `~` and their UTF-8 in unpadded base64url (RFC 4648, section 5): no valid name begins with `~`.
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
        """Return a name as it appears in an address."""
        if self.plain.fullmatch(value):
            return value
        return "~" + urlsafe_b64encode(value.encode()).decode().rstrip("=")


class DatasetGroupName(EnvironmentName):
    """The name of a dataset group in an address, by the constraints of the API's model."""

    regex = rf"{ENCODED}|[a-zA-Z0-9][a-zA-Z0-9\-_]{{0,62}}"
    plain = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9\-_]{0,62}")


class EventTrackerId:
    """The end of an event tracker's ARN: eight digits that AWS chooses, or its name, as in the developer guide."""

    regex = r"[a-zA-Z0-9][a-zA-Z0-9\-_]{0,62}"

    def to_python(self, value: str) -> str:
        """Return the part of an address unchanged."""
        return value

    def to_url(self, value: str) -> str:
        """Return the end of an ARN unchanged."""
        return value


class JobName(EventTrackerId):
    """The name of a job, the end of its ARN, by the constraints of the API's model."""


class SchemaName(EventTrackerId):
    """The name of a schema, the end of its ARN, by the constraints of the API's model."""


class PersonKey:
    """The key of a person's account in an address; unlike their name it never changes."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """Return the key in an address."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return a key as it appears in an address."""
        return str(value)


class EntityName:
    """The dataset type in an address: the address has its slug, and the view gets the Entity."""

    regex = r"[a-z][a-z-]{0,39}"

    def to_python(self, value: str) -> Entity:
        """Return the entity of a slug; raise ValueError if there is none."""
        entity = entity_of_slug(value)
        if entity is None:
            raise ValueError("No dataset type has this name.")
        return entity

    def to_url(self, value: Entity) -> str:
        """Return an entity's slug, as it appears in an address."""
        return value.slug


def is_valid_group(name: str) -> bool:
    """Return whether AWS would accept a dataset group's name."""
    return bool(DatasetGroupName.plain.fullmatch(name))
