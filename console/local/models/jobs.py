"""Jobs: imports, exports and deletions of data."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from console.local import stages
from console.local.models.resources import Dataset, DatasetGroup, Resource, gone
from console.work.leases import LeasedRow

# The kinds of jobs: what stands before a job's name in its ARN.
DATASET_IMPORT_JOB = "dataset-import-job"
DATASET_EXPORT_JOB = "dataset-export-job"
DATA_DELETION_JOB = "data-deletion-job"
# The API words these statuses differently for data deletion jobs.
DELETION_STATUSES = {
    stages.CREATE_PENDING: "PENDING",
    stages.CREATE_IN_PROGRESS: "IN_PROGRESS",
    stages.ACTIVE: "COMPLETED",
    stages.CREATE_FAILED: "FAILED",
}


class Job(Resource, LeasedRow):
    """A dataset import job, dataset export job or data deletion job; its row is also its place in the queue.

    A job goes with its dataset and its dataset group. `outcome` is empty until the job was run.
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
    # For an import: the number of warnings of each kind, and the address of the file with the first ones.
    warnings = models.JSONField(default=dict)
    warnings_file = models.TextField(blank=True, default="")
    num_deleted = models.BigIntegerField(default=0)
    # No outcome is shown before.
    settles_at = models.DateTimeField()

    class Meta(Resource.Meta):
        abstract = False
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["starts_at"], condition=models.Q(outcome=""), name="jobs_to_run"),
        ]

    @property
    def is_gone(self) -> bool:
        """Whether its dataset or dataset group is deleted by now."""
        return self.group.is_gone or (self.dataset is not None and self.dataset.is_gone)

    @property
    def shown_outcome(self) -> str:
        """The outcome, ACTIVE or CREATE FAILED, or no text before it may be shown."""
        return self.outcome if timezone.now() >= self.settles_at else ""

    @property
    def status(self) -> str:
        """The current status, in the API's terms for the kind of job."""
        stage = self.shown_outcome or (stages.CREATE_IN_PROGRESS if self.began_at else stages.CREATE_PENDING)
        return DELETION_STATUSES[stage] if self.kind == DATA_DELETION_JOB else stage

    @property
    def last_updated_at(self) -> datetime:
        """When the status last changed."""
        if self.shown_outcome:
            return max(self.updated_at, self.settles_at)
        return self.began_at or self.created_at


def visible_jobs() -> models.Q:
    """Return the query condition for jobs that are not deleted: the opposite of `Job.is_gone`."""
    return (models.Q(dataset=None) | ~gone("dataset__")) & ~gone("group__")


def unsettled_jobs() -> models.Q:
    """Return the query condition for jobs that are pending or in progress now."""
    return models.Q(outcome="") | models.Q(settles_at__gt=timezone.now())
