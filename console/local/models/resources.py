"""Resources of the API: created, described, listed and deleted by their ARN, per account and region."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from console.local import stages


def removals(name: str) -> models.Index:
    """Return the index, with a name, that finds the rows to remove among any number of others."""
    return models.Index(fields=["settles_at"], condition=models.Q(settled_status=stages.DELETED), name=name)


def gone(path: str = "") -> models.Q:
    """Return the query condition for rows whose deletion is complete: `is_gone` as a query.

    `path` leads from the queried rows to datasets or dataset groups, such as `dataset__`.
    """
    is_over = models.Q(**{f"{path}settles_at": None}) | models.Q(**{f"{path}settles_at__lte": timezone.now()})
    return is_over & models.Q(**{f"{path}settled_status": stages.DELETED})


class Resource(models.Model):
    """The columns that every resource of the service has."""

    account = models.CharField(max_length=12)
    region = models.CharField(max_length=32)
    name = models.CharField(max_length=63)
    arn = models.CharField(max_length=256, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.arn

    @property
    def is_gone(self) -> bool:
        """Whether its deletion is complete: requests no longer show it, though its row still exists."""
        return False


class StagedResource(Resource):
    """A resource whose status changes in stages, and that takes tags, as a list of the API's own objects."""

    settled_status = models.CharField(max_length=32, default=stages.ACTIVE)
    # When the last change began and when it settles; None for a resource that was made without stages.
    changing_since = models.DateTimeField(null=True)
    settles_at = models.DateTimeField(null=True)
    tags = models.JSONField(default=list)

    class Meta(Resource.Meta):
        abstract = True

    @property
    def status(self) -> str:
        """The current status."""
        return stages.status_at(timezone.now(), self.settled_status, self.changing_since, self.settles_at)

    @property
    def last_updated_at(self) -> datetime:
        """When it or its status last changed."""
        return stages.last_moved(timezone.now(), self.updated_at, self.changing_since, self.settles_at)

    @property
    def is_gone(self) -> bool:
        """Whether its deletion is complete: requests no longer show it, though its row still exists."""
        return stages.is_gone_at(timezone.now(), self.settled_status, self.settles_at)


class DatasetGroup(StagedResource):
    """A dataset group (API reference, DatasetGroup); `domain` is empty for a Custom dataset group."""

    domain = models.CharField(max_length=32, blank=True)
    role_arn = models.CharField(max_length=256, blank=True)
    kms_key_arn = models.CharField(max_length=2048, blank=True)
    failure_reason = models.TextField(blank=True)

    class Meta(StagedResource.Meta):
        abstract = False
        indexes: ClassVar[list[models.Index]] = [removals("dataset_groups_to_remove")]


class Schema(Resource):
    """A schema (API reference, DatasetSchema): `text` is its Avro JSON as it was sent.

    `domain` is empty for a schema of a Custom dataset group.
    """

    text = models.TextField()
    domain = models.CharField(max_length=32, blank=True)


class Dataset(StagedResource):
    """A dataset of a group (API reference, Dataset); `dataset_type` is in capitals, such as `USERS`."""

    group = models.ForeignKey(DatasetGroup, on_delete=models.CASCADE, related_name="datasets")
    schema = models.ForeignKey(Schema, on_delete=models.PROTECT, related_name="datasets")
    dataset_type = models.CharField(max_length=32)
    # When the schema was replaced last, and when that settles.
    update_began_at = models.DateTimeField(null=True)
    update_settles_at = models.DateTimeField(null=True)

    class Meta(StagedResource.Meta):
        abstract = False
        indexes: ClassVar[list[models.Index]] = [removals("datasets_to_remove")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["group", "dataset_type"], name="one_dataset_of_each_type_per_group"),
        ]

    @property
    def update_status(self) -> str:
        """The status of the last replacement of the schema."""
        return stages.status_at(timezone.now(), stages.ACTIVE, self.update_began_at, self.update_settles_at)

    @property
    def update_last_updated_at(self) -> datetime | None:
        """When the last replacement of the schema began, or its status changed; None if there was none."""
        began_at = self.update_began_at
        return began_at and stages.last_moved(timezone.now(), began_at, began_at, self.update_settles_at)


class EventTracker(StagedResource):
    """An event tracker of a dataset group (API reference, EventTracker), whose tracking id events are sent to.

    `dataset` is the Action interactions dataset that the tracker was made with, or None for one that
    CreateEventTracker made. No operation shows the former: DescribeDataset alone has its tracking id.
    """

    group = models.ForeignKey(DatasetGroup, on_delete=models.CASCADE, related_name="event_trackers")
    dataset = models.OneToOneField(Dataset, null=True, on_delete=models.CASCADE, related_name="event_tracker")
    tracking_id = models.CharField(max_length=36, unique=True)

    class Meta(StagedResource.Meta):
        abstract = False
        indexes: ClassVar[list[models.Index]] = [removals("event_trackers_to_remove")]
