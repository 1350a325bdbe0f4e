"""The jobs of a dataset: imports, exports, and the data deletions of its group, as AWS lists and describes them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from console.local.api import import_warnings
from console.personalize.arns import arn_prefix
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError, PersonalizeError
from console.personalize.job_calls import DELETION, DESCRIPTIONS, EXPORT, IMPORT, LISTS, DescribedJob, Job, JobKind
from console.records.entities import USERS, Entity

# A page of a dataset has much to show without its jobs.
SECONDS_BESIDE = 3.0
MOST_SHOWN = 10
OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Jobs:
    """The newest jobs of a dataset, at most MOST_SHOWN, and whether there are more; `failure` is why some lack."""

    newest: tuple[Job, ...] = ()
    has_more: bool = False
    failure: Failure | None = None


def load_jobs(environment: Environment, entity: Entity, dataset_arn: str, group_arn: str) -> Jobs:
    """Return the jobs of a dataset, as far as AWS lists them within SECONDS_BESIDE.

    A data deletion job is one of the dataset group: it is of those datasets that have users in them.
    """
    kinds = {IMPORT: dataset_arn, EXPORT: dataset_arn}
    if entity.id_field == USERS.id_field:
        kinds[DELETION] = group_arn
    jobs: list[Job] = []
    failure = None
    try:
        with for_seconds(SECONDS_BESIDE):
            for kind, arn in kinds.items():
                jobs += LISTS[kind](environment, arn, 0)
    except PersonalizeError as error:
        failure = error.failure
    jobs.sort(key=lambda each: each.created_at or OLDEST, reverse=True)
    newest = tuple(with_warnings(environment, dataset_arn, jobs[:MOST_SHOWN]))
    return Jobs(newest, len(jobs) > MOST_SHOWN, failure)


def with_warnings[Kind: Job](environment: Environment, dataset_arn: str, jobs: Sequence[Kind]) -> list[Kind]:
    """Return jobs of a dataset with the warnings of those that import; AWS has none."""
    names = [job.name for job in jobs if job.kind == IMPORT] if environment.is_local else []
    if not names:
        return list(jobs)
    found = import_warnings(dataset_arn, names)
    return [replace(job, warnings=found.get(job.name)) if job.kind == IMPORT else job for job in jobs]


def job_arn(environment: Environment, kind: JobKind, name: str) -> str:
    """Return the ARN that a job of a name has; it need not exist."""
    return f"{arn_prefix(environment)}:{kind.in_arn}/{name}"


def load_job(environment: Environment, kind: JobKind, of: str, name: str) -> DescribedJob:
    """Return a job of the dataset or dataset group of an ARN by its name; raise PersonalizeError."""
    found = DESCRIPTIONS[kind](environment, job_arn(environment, kind, name))
    if found.of != of:
        raise NotFoundError(_no_job(kind, name))
    return with_warnings(environment, of, [found])[0]


def _no_job(kind: JobKind, name: str) -> Failure:
    where = "dataset group" if kind.is_of_group else "dataset"
    return Failure(Effect.NOT_SENT, f"This {where} has no {kind.noun} {name}.", f"Choose one from its {kind.nouns}.")
