"""Checks of an environment: its credentials, and each read-only call that the console makes."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from console.personalize import arns, calls, event_trackers
from console.personalize.environments import Environment
from console.personalize.errors import Failure, NotFoundError, PersonalizeError
from console.personalize.job_calls import DELETION, DESCRIPTIONS, EXPORT, IMPORT, LISTS, JobKind
from console.personalize.tags import list_tags
from console.records.entities import ENTITIES

# Operations that write are not tried.
WRITES = (
    *(entity.operation for entity in ENTITIES.values()),
    "CreateDatasetGroup",
    "CreateSchema",
    "CreateDataset",
    "UpdateDataset",
    "DeleteSchema",
    "DeleteDataset",
    "DeleteDatasetGroup",
    "TagResource",
    "UntagResource",
    "CreateEventTracker",
    "DeleteEventTracker",
    "CreateDatasetImportJob",
    "CreateDatasetExportJob",
    "CreateDataDeletionJob",
)
# The name of what is asked for where there is nothing yet: an answer that it does not exist is one, too.
ANY_NAME = "personalize-console-check"


@dataclass(frozen=True, slots=True)
class Check:
    """A call: the IAM action that it needs, its result, and its failure, if it failed.

    It is skipped if there is nothing to ask for yet, and no account is known in which to name something nonexistent.
    """

    action: str
    found: str = ""
    failure: Failure | None = None
    is_tried: bool = True


def not_tried(environment: Environment) -> list[str]:
    """Return the IAM actions that the console needs to write in an environment."""
    of_jobs = [] if environment.is_local else ["iam:PassRole"]
    of_files = ["s3:PutObject"] if environment.import_bucket else []
    return [*(f"personalize:{operation}" for operation in WRITES), *of_jobs, *of_files]


def denied_actions(found: Iterable[Check]) -> list[str]:
    """Return the IAM actions that the policies lack, according to checks."""
    denied = [each.failure.denied_action for each in found if each.failure and each.failure.denied_action]
    return list(dict.fromkeys(denied))


def groups_that_are_missing(environment: Environment, known: Collection[str]) -> list[tuple[str, str]]:
    """Return the groups that an environment names and that do not exist, each with its key in the environment."""
    named = {"viewers": environment.viewers or (), "operators": environment.operators or ()}
    return [(key, name) for key, names in named.items() for name in names if name not in known]


def checks(environment: Environment) -> Iterator[Check]:
    """Run the read-only calls that the console needs in an environment, one after another.

    If a call fails for another reason than denied access, the remaining ones are skipped: they would fail in the same
    way.
    """
    # The beginning of the environment's ARNs.
    prefix = f"arn:aws:personalize:{environment.region}:{environment.account}" if environment.account else ""
    if arns.asks_sts(environment):
        try:
            identity = arns.caller_identity(environment)
        except PersonalizeError as error:
            yield Check("sts:GetCallerIdentity", failure=error.failure)
            if error.failure.is_about_access:
                return
        else:
            partition = identity.arn.split(":")[1]
            prefix = f"arn:{partition}:personalize:{environment.region}:{identity.account}"
            yield Check("sts:GetCallerIdentity", identity.arn)
    for action, call in _reads(environment, prefix):
        check = _tried(action, call)
        yield check
        if check.failure and not check.failure.denied_action:
            return


def _tried(action: str, call: Callable[[], str | None]) -> Check:
    try:
        found = call()
    except NotFoundError:
        return Check(action, "there is none yet")
    except PersonalizeError as error:
        return Check(action, failure=error.failure)
    return Check(action, found or "", is_tried=found is not None)


def _reads(environment: Environment, prefix: str) -> Iterator[tuple[str, Callable[[], str | None]]]:
    """Yield the calls in an order in which each finds the ARN that the next one needs, as far as permissions allow."""
    arns = _any_arns(prefix)

    def list_dataset_groups() -> str:
        groups, has_more = calls.newest_dataset_groups(environment)
        if groups:
            found = groups[0]["datasetGroupArn"]
            arns.update({**_any_arns(found.rpartition(":")[0]), "group": found})
        return f"dataset groups: {len(groups)}{' or more' if has_more else ''}"

    def describe_dataset_group() -> str | None:
        return calls.describe_dataset_group_of(environment, arns["group"])["name"] if arns["group"] else None

    def list_datasets() -> str | None:
        with _nothing_of_nothing(arns["group"]):
            datasets = calls.list_datasets(environment, arns["group"]) if arns["group"] else None
        arns["dataset"] = datasets[0]["datasetArn"] if datasets else arns["dataset"]
        return None if datasets is None else f"datasets: {len(datasets)}"

    def describe_dataset() -> str | None:
        dataset = calls.describe_dataset(environment, arns["dataset"]) if arns["dataset"] else None
        arns["schema"] = dataset["schemaArn"] if dataset else arns["schema"]
        return dataset["name"] if dataset else None

    def list_event_trackers() -> str | None:
        with _nothing_of_nothing(arns["group"]):
            trackers = event_trackers.list_event_trackers(environment, arns["group"]) if arns["group"] else None
        arns["tracker"] = trackers[0]["eventTrackerArn"] if trackers else arns["tracker"]
        return None if trackers is None else f"event trackers: {len(trackers)}"

    def describe_event_tracker() -> str | None:
        arn = arns["tracker"]
        return event_trackers.describe_event_tracker(environment, arn)["name"] if arn else None

    def listed(kind: JobKind, of: str) -> Callable[[], str | None]:
        def count() -> str | None:
            with _nothing_of_nothing(arns[of]):
                jobs = LISTS[kind](environment, arns[of], 0) if arns[of] else None
            if jobs:
                arns[kind.name] = f"{arns[of].rpartition(':')[0]}:{kind.in_arn}/{jobs[0].name}"
            return None if jobs is None else f"{kind.nouns.removeprefix('dataset ')}: {len(jobs)}"

        return count

    def described(kind: JobKind) -> Callable[[], str | None]:
        def describe() -> str | None:
            arn = arns[kind.name]
            return DESCRIPTIONS[kind](environment, arn).name if arn else None

        return describe

    def list_tags_of_group() -> str | None:
        return f"tags: {len(list_tags(environment, arns['group']))}" if arns["group"] else None

    def list_schemas() -> str:
        schemas = calls.list_schemas(environment)
        arns["schema"] = schemas[0]["schemaArn"] if schemas else arns["schema"]
        return f"schemas: {len(schemas)}"

    def describe_schema() -> str | None:
        return calls.describe_schema(environment, arns["schema"])["name"] if arns["schema"] else None

    yield "personalize:ListDatasetGroups", list_dataset_groups
    yield "personalize:DescribeDatasetGroup", describe_dataset_group
    yield "personalize:ListDatasets", list_datasets
    yield "personalize:DescribeDataset", describe_dataset
    yield "personalize:ListDatasetImportJobs", listed(IMPORT, "dataset")
    yield "personalize:DescribeDatasetImportJob", described(IMPORT)
    yield "personalize:ListDatasetExportJobs", listed(EXPORT, "dataset")
    yield "personalize:DescribeDatasetExportJob", described(EXPORT)
    yield "personalize:ListDataDeletionJobs", listed(DELETION, "group")
    yield "personalize:DescribeDataDeletionJob", described(DELETION)
    yield "personalize:ListEventTrackers", list_event_trackers
    yield "personalize:DescribeEventTracker", describe_event_tracker
    yield "personalize:ListTagsForResource", list_tags_of_group
    yield "personalize:ListSchemas", list_schemas
    yield "personalize:DescribeSchema", describe_schema


@contextmanager
def _nothing_of_nothing(arn: str) -> Iterator[None]:
    """Raise NotFoundError in place of the error that lists of a nonexistent resource's contents return.

    Only these operations treat a nonexistent resource as invalid input.
    """
    try:
        yield
    except PersonalizeError as error:
        if error.failure.code == "InvalidInputException" and f"/{ANY_NAME}" in arn:
            raise NotFoundError(error.failure) from error
        raise


def _any_arns(prefix: str) -> dict[str, str]:
    """Return ARNs of nonexistent resources, by the prefix of an account's ARNs; none if that is unknown."""
    names = {
        "group": f"dataset-group/{ANY_NAME}",
        "dataset": f"dataset/{ANY_NAME}/USERS",
        "tracker": f"event-tracker/{ANY_NAME}",
        "schema": f"schema/{ANY_NAME}",
        **{kind.name: f"{kind.in_arn}/{ANY_NAME}" for kind in LISTS},
    }
    return {kind: f"{prefix}:{name}" if prefix else "" for kind, name in names.items()}
