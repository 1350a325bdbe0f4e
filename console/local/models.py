"""What the local service holds, per account and region."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from console.local import stages


def removals(name: str) -> models.Index:
    """Return the index that finds the rows which are to go, among any number of others."""
    return models.Index(fields=["settles_at"], condition=models.Q(settled_status=stages.DELETED), name=name)


class Resource(models.Model):
    """What every resource of the service has."""

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
        """Whether it was to go by now, though its row is still there: nobody may see it."""
        return False


class StagedResource(Resource):
    """A resource whose status changes in stages, and that takes tags, as a list of the API's own objects."""

    settled_status = models.CharField(max_length=32, default=stages.ACTIVE)
    # When the last change began and when it settles; neither is known of what has always been so.
    changing_since = models.DateTimeField(null=True)
    settles_at = models.DateTimeField(null=True)
    tags = models.JSONField(default=list)

    class Meta(Resource.Meta):
        abstract = True

    @property
    def status(self) -> str:
        """The status at this moment."""
        return stages.status_at(timezone.now(), self.settled_status, self.changing_since, self.settles_at)

    @property
    def is_gone(self) -> bool:
        """Whether it was to go by now, though its row is still there: nobody may see it."""
        is_due = self.settles_at is None or self.settles_at <= timezone.now()
        return self.settled_status == stages.DELETED and is_due


class DatasetGroup(StagedResource):
    domain = models.CharField(max_length=32, blank=True)
    role_arn = models.CharField(max_length=256, blank=True)
    kms_key_arn = models.CharField(max_length=2048, blank=True)
    failure_reason = models.TextField(blank=True)

    class Meta(StagedResource.Meta):
        abstract = False
        indexes: ClassVar[list[models.Index]] = [removals("dataset_groups_to_remove")]


class Schema(Resource):
    text = models.TextField()
    domain = models.CharField(max_length=32, blank=True)


class Dataset(StagedResource):
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


# The kinds of jobs: what stands before a job's name in its ARN.
DATASET_IMPORT_JOB = "dataset-import-job"
DATASET_EXPORT_JOB = "dataset-export-job"
DATA_DELETION_JOB = "data-deletion-job"
# Of data deletion jobs the API says the same in other words.
DELETION_STATUSES = {
    stages.CREATE_PENDING: "PENDING",
    stages.CREATE_IN_PROGRESS: "IN_PROGRESS",
    stages.ACTIVE: "COMPLETED",
    stages.CREATE_FAILED: "FAILED",
}


class Job(Resource):
    """A dataset import job, dataset export job or data deletion job; its row is also its place in the queue.

    A job goes with its dataset and its dataset group. `outcome` is empty until the job was run; `claim` is the mark of
    the worker that runs it, and is worth nothing once `claimed_until` has passed.
    """

    kind = models.CharField(max_length=32)
    group = models.ForeignKey(DatasetGroup, on_delete=models.CASCADE, related_name="jobs")
    # A data deletion job is of a whole dataset group.
    dataset = models.ForeignKey(Dataset, null=True, on_delete=models.CASCADE, related_name="jobs")
    # The address in S3 that the job reads, or writes to, and how it does so: the API's importMode or ingestionMode.
    location = models.CharField(max_length=256)
    mode = models.CharField(max_length=32, blank=True)
    role_arn = models.CharField(max_length=256, blank=True)
    kms_key_arn = models.CharField(max_length=2048, blank=True)
    publishes_metrics = models.BooleanField(null=True)
    tags = models.JSONField(default=list)
    outcome = models.CharField(max_length=32, blank=True)
    failure_reason = models.TextField(blank=True)
    num_deleted = models.BigIntegerField(default=0)
    # When it may be run, when it was first, and before when no outcome is shown.
    starts_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    settles_at = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta(Resource.Meta):
        abstract = False
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["starts_at"], condition=models.Q(outcome=""), name="jobs_to_run"),
        ]

    @property
    def shown_outcome(self) -> str:
        """The outcome, ACTIVE or CREATE FAILED, or no text before it may be shown."""
        return self.outcome if timezone.now() >= self.settles_at else ""

    @property
    def status(self) -> str:
        """The status at this moment, in the words that the API has for the kind of job."""
        stage = self.shown_outcome or (stages.CREATE_IN_PROGRESS if self.began_at else stages.CREATE_PENDING)
        return DELETION_STATUSES[stage] if self.kind == DATA_DELETION_JOB else stage


def unsettled_jobs() -> models.Q:
    """Return the condition of jobs that are pending or in progress at this moment."""
    return models.Q(outcome="") | models.Q(settles_at__gt=timezone.now())


if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField


class CodePointField(CharField):
    """Text that every database compares and sorts by its code points, as SQLite does and Python.

    PostgreSQL sorts by the rules of a language otherwise, in which the texts that begin alike need not stand together.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


class StoredRecord(models.Model):
    """What a user, an item and an action have: `properties` is the text of a JSON object by property name.

    `import_job` is the key of the dataset import job that brought the record, which is then one of the data in bulk
    (BULK); a record that was put individually (PUT) has none. It is no foreign key, which would be one more index to
    keep at each PutUsers.
    """

    properties = models.TextField()
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    import_job = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class StoredUser(StoredRecord):
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="users")
    user_id = CodePointField(max_length=256)

    class Meta(StoredRecord.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "user_id"], name="one_user_of_each_id_per_dataset"),
        ]

    def __str__(self) -> str:
        return self.user_id


class StoredItem(StoredRecord):
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="items")
    item_id = CodePointField(max_length=256)

    class Meta(StoredRecord.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "item_id"], name="one_item_of_each_id_per_dataset"),
        ]

    def __str__(self) -> str:
        return self.item_id


class StoredAction(StoredRecord):
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="actions")
    action_id = CodePointField(max_length=256)

    class Meta(StoredRecord.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "action_id"], name="one_action_of_each_id_per_dataset"),
        ]

    def __str__(self) -> str:
        return self.action_id


# The records of a dataset, by its type; the others hold events, which are not stored.
type StoredEntity = StoredUser | StoredItem | StoredAction

STORED: dict[str, type[StoredEntity]] = {"USERS": StoredUser, "ITEMS": StoredItem, "ACTIONS": StoredAction}


class PutRate(models.Model):
    """The moments of the last second's PutUsers calls for a dataset group, in seconds since 1970."""

    group = models.OneToOneField(DatasetGroup, on_delete=models.CASCADE, primary_key=True)
    calls = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{len(self.calls)} calls for {self.group}"


class AccessKey(models.Model):
    """A pair of keys that requests are signed with, for one account.

    The secret is kept as it is, not as a hash: both sides of Signature Version 4 compute with the secret itself.
    Nothing but the command that makes a pair prints it.
    """

    access_key_id = models.CharField(max_length=128, unique=True)
    secret = models.CharField(max_length=128)
    name = models.CharField(max_length=128, blank=True)
    account = models.CharField(max_length=12)
    is_read_only = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.access_key_id


class Demo(models.Model):
    """The mark that the demo data was made, so that it is not made again."""

    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Demo data of {self.made_at:%Y-%m-%d}"


class Simulation(models.Model):
    """What calls of PutUsers are answered with instead of what they would be; the newest row holds."""

    # The name of one of simulation.RESPONSES.
    response = models.CharField(max_length=64)
    # How long an answer waits.
    seconds = models.FloatField(default=0)
    # How many calls it is for, and how many of these are left; None for all calls until it is switched off.
    calls = models.PositiveIntegerField(null=True)
    remaining = models.PositiveIntegerField(null=True)
    started_by = models.CharField(max_length=150)
    started_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.response} since {self.started_at:%Y-%m-%d %H:%M}"
