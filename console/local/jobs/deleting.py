"""Data deletion jobs: the users whose ids a CSV lists are removed from the dataset group's Users dataset.

The service removes their interactions and references in models too, of which there are none here. The input may have
other columns beside USER_ID, such as those of an export. Ids that nobody has are passed over.
"""

from django.db.models import F

from console.local.jobs.claims import Claim
from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import csv_files, failures_of, read_location
from console.local.jobs.rows import judged_rows
from console.local.models import Job, StoredUser
from console.local.removing import remove_in_order
from console.records.schema import USER_ID, Field, Schema

# "The maximum total size of your data deletion input file or files" (developer guide, "Deleting users").
MOST_MEGABYTES = 50
IDS_ALONE = Schema("Users", (Field(USER_ID, ("string",), nullable=False, categorical=False, is_id=True),))


def run(claim: Claim) -> None:
    """Remove the users of the job's input, and count them in the job's row; raise JobFailure."""
    _check_size(claim.job)
    users = StoredUser.objects.filter(dataset__group=claim.job.group)
    with judged_rows(claim, IDS_ALONE, others_ignored=True) as batches:
        for batch in batches:
            with claim.writing():
                listed = users.filter(user_id__in={user_id for user_id, _properties in batch})
                number = remove_in_order(listed, "user_id")
                # With the removal or not at all, so that a second attempt goes on counting where the first ended.
                Job.objects.filter(pk=claim.job.pk).update(num_deleted=F("num_deleted") + number)


def _check_size(job: Job) -> None:
    with failures_of(job.location):
        size = sum(path.stat().st_size for path in csv_files(read_location(job.location)))
    if size > MOST_MEGABYTES * 1024 * 1024:
        raise JobFailure(f"The input of a data deletion job may have {MOST_MEGABYTES} MB in all; found {size} bytes.")
