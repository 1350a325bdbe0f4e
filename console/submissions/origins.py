"""Origins: environments as they were when something was sent from them.

A name in the environments file may come to stand for another account, region or endpoint. What was sent before that
is of another origin, and so no part of what the environment of that name shows today.
"""

from typing import ClassVar

from django.db import models

from console.submissions.append_only import AppendOnly

# No row has it.
NO_ORIGIN = 0
# Stands between the name of an environment and the key of its origin. No name has it.
OF_ORIGIN = "@"
# Those that are no URL, in words.
ENDPOINTS = {"aws": "AWS", "local": "Local service"}


class Origin(AppendOnly):
    """An environment as it was when something was sent from it: its name, and where its records went."""

    environment = models.CharField(max_length=63)
    # As `endpoint_of` has it.
    endpoint = models.CharField(max_length=63)
    # What the ARNs of its datasets began with: "arn:aws:personalize:eu-west-1:111122223333".
    arn_prefix = models.CharField(max_length=256)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["environment", "endpoint", "arn_prefix"], name="one_origin_of_each")
        ]

    def __str__(self) -> str:
        return f"{self.environment}: {self.endpoint} {self.arn_prefix}"

    @property
    def address_name(self) -> str:
        """The name in addresses of the environment as it was, which no environment of today has."""
        return f"{self.environment}{OF_ORIGIN}{self.pk}"

    @property
    def label(self) -> str:
        """The name with the account and the region, and the endpoint where that is not AWS's own."""
        endpoint = "" if self.endpoint == "aws" else ENDPOINTS.get(self.endpoint, self.endpoint)
        return f"{self.environment} ({', '.join(filter(None, (self.account, self.region, endpoint)))})"

    @property
    def endpoint_shown(self) -> str:
        """The endpoint in words, or its URL."""
        return ENDPOINTS.get(self.endpoint, self.endpoint)

    @property
    def region(self) -> str:
        """The region that the ARNs name, "" if they name none."""
        return self._part(3)

    @property
    def account(self) -> str:
        """The id of the account that the ARNs name, "" if they name none."""
        return self._part(4)

    def _part(self, number: int) -> str:
        return dict(enumerate(self.arn_prefix.split(":"))).get(number, "")


class MarkedOrigin(models.Model):
    """The origin that an environment was when AWS last said so, by a mark of its configuration."""

    mark = models.CharField(max_length=64, primary_key=True)
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.mark}: {self.origin}"


def arn_prefix_of(arn: str) -> str:
    """Return what an ARN of Personalize has before the kind and name of its thing: partition, region and account."""
    return arn.rpartition(":")[0]


def origin_of_dataset(environment: str, endpoint: str, dataset_arn: str) -> Origin:
    """Return the origin of what is sent to a dataset from an environment, added if it is the first time."""
    prefix = arn_prefix_of(dataset_arn)
    return Origin.objects.get_or_create(environment=environment, endpoint=endpoint, arn_prefix=prefix)[0]


def remember(mark: str, origin: int) -> None:
    """Write that an environment whose configuration has a mark is the origin of a key."""
    if not MarkedOrigin.objects.filter(mark=mark, origin=origin).exists():
        MarkedOrigin.objects.update_or_create(mark=mark, defaults={"origin_id": origin})


def remembered(mark: str) -> Origin | None:
    """Return the origin that an environment was whose configuration had a mark; None if there is none."""
    found = MarkedOrigin.objects.filter(mark=mark).select_related("origin").first() if mark else None
    return found.origin if found else None
