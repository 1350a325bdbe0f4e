"""Origins: environments as they were when something was sent from them.

A name in the environments file may later stand for another account, region or endpoint. What was sent before belongs
to another origin, and does not appear in the environment of that name today. The same applies to the demo of the local
service: each reset begins an origin of a new generation.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import connection, models

from console.submissions.append_only import AppendOnly

# No row has it.
NO_ORIGIN = 0
# Stands between the name of an environment and the key of its origin. No name has it.
OF_ORIGIN = "@"
# Those that are no URL, in words.
ENDPOINTS = {"aws": "AWS", "local": "Local service"}


class Origin(AppendOnly):
    """An environment as it was when something was sent from it: its name, and the destination of its records."""

    environment = models.CharField(max_length=63)
    # As `endpoint_of` has it.
    endpoint = models.CharField(max_length=63)
    # The beginning of its datasets' ARNs: "arn:aws:personalize:eu-west-1:111122223333".
    arn_prefix = models.CharField(max_length=256)
    # Which demo of the local service it is, and when that was made; 0 for what is not marked as a demo's.
    generation = models.PositiveIntegerField(default=0, db_default=0)
    began_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["environment", "endpoint", "arn_prefix", "generation"], name="one_origin_of_each_generation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.environment}: {self.endpoint} {self.arn_prefix}"

    @property
    def address_name(self) -> str:
        """The name of the former environment in addresses, which no present environment has."""
        return f"{self.environment}{OF_ORIGIN}{self.pk}"

    @property
    def label(self) -> str:
        """The name with account and region, and the endpoint if it is not AWS's own; for a demo, which one it is."""
        if self.generation:
            return self.demo
        endpoint = "" if self.endpoint == "aws" else ENDPOINTS.get(self.endpoint, self.endpoint)
        return f"{self.environment} ({', '.join(filter(None, (self.account, self.region, endpoint)))})"

    @property
    def demo(self) -> str:
        """Which demo of the local service it is, for display."""
        return f"Demo {self.generation}" if self.generation else "Before demo 1"

    @property
    def endpoint_shown(self) -> str:
        """The endpoint in words, or its URL."""
        return ENDPOINTS.get(self.endpoint, self.endpoint)

    @property
    def region(self) -> str:
        """The region in its ARNs; "" if there is none."""
        return self._part(3)

    @property
    def account(self) -> str:
        """The account id in its ARNs; "" if there is none."""
        return self._part(4)

    def _part(self, number: int) -> str:
        return dict(enumerate(self.arn_prefix.split(":"))).get(number, "")


class MarkedOrigin(models.Model):
    """The origin of an environment when AWS last reported its account, by a digest of its configuration."""

    mark = models.CharField(max_length=64, primary_key=True)
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.mark}: {self.origin}"


def arn_prefix_of(arn: str) -> str:
    """Return the part of a Personalize ARN before the resource: partition, region and account."""
    return arn.rpartition(":")[0]


def origin_of_dataset(environment: str, endpoint: str, dataset_arn: str) -> Origin:
    """Return the origin for what an environment sends to a dataset, created at the first use.

    Among several generations it is the newest.
    """
    place: dict[str, Any] = {
        "environment": environment,
        "endpoint": endpoint,
        "arn_prefix": arn_prefix_of(dataset_arn),
    }
    return _newest(place) or Origin.objects.get_or_create(**place, generation=0)[0]


def begin_generation(environment: str, endpoint: str, arn_prefix: str, began_at: datetime) -> Origin:
    """Create and return the origin for everything sent from an environment from now on, marked as a demo's.

    `began_at` is when the demo was created: submissions dated earlier are part of its initial data.
    """
    place = {"environment": environment, "endpoint": endpoint, "arn_prefix": arn_prefix}
    newest = _newest(place)
    generation = newest.generation + 1 if newest else 1
    return Origin.objects.create(**place, generation=generation, began_at=began_at)


# Most pages ask this: a QuerySet takes many times as long to make its statement as the database to answer it.
SUPERSEDED = f"""
    SELECT own.id FROM {Origin._meta.db_table} AS own WHERE own.id IN ({{}}) AND EXISTS (
        SELECT 1 FROM {Origin._meta.db_table} AS newer
        WHERE newer.environment = own.environment AND newer.endpoint = own.endpoint
        AND newer.arn_prefix = own.arn_prefix AND newer.generation > own.generation
    )
"""


def superseded(origins: Iterable[Origin]) -> set[int]:
    """Return the keys of the origins that a newer generation has superseded."""
    keys = [each.pk for each in origins]
    if not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(SUPERSEDED.format(", ".join(["%s"] * len(keys))), keys)
        return {key for (key,) in cursor.fetchall()}


def _newest(place: Mapping[str, str]) -> Origin | None:
    return Origin.objects.filter(**place).order_by("-generation").first()


def remember(mark: str, origin: int) -> None:
    """Record that an environment with a configuration digest has the origin of a key."""
    if not MarkedOrigin.objects.filter(mark=mark, origin=origin).exists():
        MarkedOrigin.objects.update_or_create(mark=mark, defaults={"origin_id": origin})


def remembered(mark: str) -> Origin | None:
    """Return the origin of the environment with a configuration digest; None if there is none."""
    found = MarkedOrigin.objects.filter(mark=mark).select_related("origin").first() if mark else None
    return found.origin if found else None
