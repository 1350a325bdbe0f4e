"""Sending an import by a dataset import job: its records go to S3 as CSV files, and the job is followed to its end.

Each step is safe to do twice: a file of the same rows has the same address, and the job has a name of its own, so that
one which was created before its answer was lost is found again.

The job takes the files of a folder, and none of the folders below: "Importing bulk data with a dataset import job"
(developer guide).
"""

from datetime import timedelta

from django.utils import timezone

from console.activity.models import Kind
from console.activity.recording import Who, record_activity
from console.bulk.models import Import, Stage
from console.bulk.parts import parts_of
from console.bulk.places import NotPossibleError, check_person, dataset_of, environment_of
from console.bulk.sending.calls import chosen_records
from console.bulk.sending.stops import needs_person, why_it_failed
from console.personalize.environments import Environment
from console.personalize.errors import ALREADY_EXISTS, NotFoundError, PersonalizeError
from console.personalize.job_calls import IMPORT, DescribedJob, NewJob, create_import_job, describe_import_job
from console.personalize.job_inputs import default_role, write_input, writes_inputs
from console.personalize.jobs import job_arn
from console.records.files.columns import columns_schema
from console.records.files.csv_file import csv_heading, csv_row
from console.submissions.known.job_notes import note_import
from console.submissions.trails.own_trail import remember_origin
from console.work.leases import Lease

FULL, INCREMENTAL = "FULL", "INCREMENTAL"
PAUSE = timedelta(seconds=5)
PAUSE_AFTER_FAILURE = timedelta(seconds=20)
NO_BUCKET = (
    "The environments file names no import_bucket and import_role_arn for {label}, which the files of a dataset "
    "import job go to. Ask an administrator to add them, then resume."
)
IN_PROGRESS = "The dataset import job {name} is {status}."
TRIED_AGAIN = "Waiting, then trying again: {}"


def run_job(lease: Lease[Import]) -> None:
    """Write the files of an import, create its job and follow it; raise what its lease raises, and database errors."""
    bulk_import = lease.row
    try:
        environment = environment_of(bulk_import)
        if bulk_import.job_name and (job := _job(environment, bulk_import.job_name)):
            # Its answer may have been lost, or a worker have died before it was written down.
            _note(lease, environment)
            _follow(lease, job)
            return
        if not writes_inputs(environment):
            raise NotPossibleError(NO_BUCKET.format(label=environment.label))
        dataset_of(bulk_import, environment)
        location = _write_files(lease, environment)
        # To write the files may take minutes.
        check_person(bulk_import)
        # From here on there may be a job, whatever becomes of this process and of the import.
        lease.renew(job_name=name_of_job(bulk_import))
        _create(environment, bulk_import, location)
        _note(lease, environment)
        lease.release(PAUSE, waiting_for="")
    except NotPossibleError as error:
        lease.finish(stage=Stage.PAUSED, problem=str(error), waiting_for="")
    except PersonalizeError as error:
        if needs_person(error):
            lease.finish(stage=Stage.PAUSED, problem=why_it_failed(error), waiting_for="")
        else:
            lease.release(PAUSE_AFTER_FAILURE, waiting_for=TRIED_AGAIN.format(error.failure.sentence))


def name_of_job(bulk_import: Import) -> str:
    """Return the name of the job of an import."""
    return f"console-import-{bulk_import.key}"


def _write_files(lease: Lease[Import], environment: Environment) -> str:
    """Write a file for each part that has records to send, and return the address of their folder."""
    bulk_import = lease.row
    schema = columns_schema(bulk_import.entity, bulk_import.schema_text)
    folder = f"imports/{bulk_import.key}"
    address = ""
    for part in parts_of(bulk_import):
        rows = chosen_records(bulk_import, part)
        if rows:
            lease.heartbeat()
            text = csv_heading(schema) + "".join(csv_row(schema, *record) for _number, record in rows)
            address = write_input(environment, folder, f"part-{part.number:05}", text)
    return address.rpartition("/")[0] + "/"


def _create(environment: Environment, bulk_import: Import, location: str) -> None:
    new = NewJob(name_of_job(bulk_import), location, default_role(environment), bulk_import.import_mode)
    try:
        create_import_job(environment, bulk_import.dataset_arn, new)
    except PersonalizeError as error:
        # Its answer was lost.
        if error.failure.code != ALREADY_EXISTS:
            raise


def _note(lease: Lease[Import], environment: Environment) -> None:
    """Write into Activity, and into the trail of the records, that there is a job: once, and only where there is."""
    bulk_import = lease.row
    if bulk_import.is_job_noted:
        return
    by = Who(bulk_import.person_id, bulk_import.person_name, bulk_import.address)
    name, group = name_of_job(bulk_import), bulk_import.dataset_group
    record_activity(Kind.CREATED, name, noun=IMPORT.noun, environment=environment, group=group, who=by)
    remember_origin(environment, bulk_import.dataset_arn)
    ids = None if bulk_import.import_mode == FULL else _ids(bulk_import)
    note_import(environment, bulk_import.dataset_arn, bulk_import.entity, ids)
    lease.renew(is_job_noted=True)


def _ids(bulk_import: Import) -> list[str]:
    return [
        record_id
        for part in parts_of(bulk_import)
        for _number, (record_id, _properties) in chosen_records(bulk_import, part)
    ]


def _job(environment: Environment, name: str) -> DescribedJob | None:
    """Return the job of an import, None where it was about to be created."""
    try:
        return describe_import_job(environment, job_arn(environment, IMPORT, name))
    except NotFoundError:
        return None


def _follow(lease: Lease[Import], job: DescribedJob) -> None:
    """End the import as its job has ended, or look again later."""
    if job.status == "ACTIVE":
        count = lease.row.to_send_count
        lease.finish(stage=Stage.DONE, created_count=count, ended_at=timezone.now(), waiting_for="")
    elif job.status.endswith("FAILED"):
        lease.finish(stage=Stage.FAILED, problem=job.failure_reason, ended_at=timezone.now(), waiting_for="")
    else:
        lease.release(PAUSE, waiting_for=IN_PROGRESS.format(name=job.name, status=job.status))
