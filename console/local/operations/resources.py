"""Operations common to all resources: creating, finding, listing and deleting."""

from typing import Any, NotRequired, Protocol, TypedDict

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.local import stages
from console.local.caller import Caller
from console.local.errors import ServiceError, already_exists, in_use, limit_exceeded, not_found
from console.local.models import Job, Resource, StagedResource, unsettled_jobs
from console.local.storage.removing import free_name
from console.local.storage.resource_rows import Rows
from console.work.waking import wake_worker

LONGEST_PAGE = 100


def make[Row: Resource](rows: Rows[Row], caller: Caller, arn: str, **fields: Any) -> Row:
    """Return a new resource of the caller; raise ResourceAlreadyExistsException if its ARN is taken.

    Call it as the one writer: nobody else takes the ARN meanwhile.
    """
    other = rows.at(arn)
    if other is not None:
        if not other.is_gone:
            raise already_exists(arn)
        free_name(other)
    return rows.add(arn=arn, **caller.scope, **fields)


def check_limit[Row: Resource](rows: Rows[Row], caller: Caller, most: int, kind: str) -> None:
    """Raise LimitExceededException if the caller has reached the limit of resources of a kind in the region."""
    if rows.count(caller) >= most:
        raise limit_exceeded(f"The account has {most} {kind} in this region, which is the limit. Delete one first.")


def find[Row: Resource](rows: Rows[Row], caller: Caller, arn: str, kind: str) -> Row:
    """Return the caller's resource of an ARN; raise ResourceNotFoundException, which names its kind."""
    row = rows.of(caller, arn)
    if row is None or row.is_gone:
        raise not_found(kind, arn)
    return row


class PageRequest(TypedDict):
    """The members that every list request may have."""

    nextToken: NotRequired[str]
    maxResults: NotRequired[int]


class NextToken(TypedDict):
    """The member that every list response may have."""

    nextToken: NotRequired[str]


class HasStatus(Protocol):
    """A resource with a status."""

    @property
    def arn(self) -> str:
        """The ARN, by which errors name the resource."""

    @property
    def status(self) -> str:
        """The current status, as in the API, such as `CREATE IN_PROGRESS`."""


def check_active(row: HasStatus, kind: str) -> None:
    """Raise ResourceInUseException if a resource is not ACTIVE."""
    if row.status != stages.ACTIVE:
        raise in_use(f"The {kind} {row.arn} has the status {row.status}; it must be ACTIVE.")


def check_lasting(row: StagedResource, kind: str) -> None:
    """Raise ResourceInUseException if a resource is being created or deleted."""
    if row.status not in stages.LASTING:
        raise in_use(f"The {kind} {row.arn} has the status {row.status}; it must be ACTIVE or CREATE FAILED.")


def check_without_jobs(jobs: QuerySet[Job], row: StagedResource, kind: str) -> None:
    """Raise ResourceInUseException if a job that uses a resource has not ended.

    The API reference, DeleteDataset, says so of import jobs; here it applies to all jobs, since none can go on without
    its dataset or dataset group.
    """
    job = jobs.filter(unsettled_jobs()).first()
    if job is not None:
        raise in_use(
            f"The {kind} {row.arn} has the job {job.arn} with the status {job.status}. Wait until it has ended."
        )


def begin_removal(row: StagedResource) -> None:
    """Begin the deletion of a resource: once complete, requests no longer show it, and the worker removes its row."""
    row.settled_status = stages.DELETED
    for name, moment in stages.times(timezone.now(), settings.CONSOLE_LOCAL_CREATE_SECONDS).items():
        setattr(row, name, moment)
    row.save(update_fields=["settled_status", "changing_since", "settles_at", "updated_at"])
    transaction.on_commit(wake_worker)


def page[Row: Resource](
    rows: Rows[Row], caller: Caller, parameters: PageRequest, list_name: str
) -> tuple[list[Row], NextToken]:
    """Return a page of the caller's rows, newest first, and the nextToken if there are more.

    A page has `maxResults` rows, or LONGEST_PAGE. The token is the signed key of the page's last row, so that it stays
    right while rows are added and removed. Raise InvalidNextTokenException for a forged token, and for one of another
    caller or another list.
    """
    asked = _Page(caller, parameters, list_name)
    found = rows.newest(caller, asked.size + 1, asked.below)
    return found[: asked.size], asked.next_token([row.pk for row in found])


def page_of_values[Row: Resource](
    rows: Rows[Row], columns: tuple[str, ...], caller: Caller, parameters: PageRequest, list_name: str
) -> tuple[list[list[Any]], NextToken]:
    """Like `page`, but return only some columns of the rows; the first column is the key."""
    asked = _Page(caller, parameters, list_name)
    found = rows.newest_values(columns, caller, asked.size + 1, asked.below)
    return found[: asked.size], asked.next_token([values[0] for values in found])


class _Page:
    """What a request says of the page: how many rows it has, and the key that theirs are below, if there is one."""

    def __init__(self, caller: Caller, parameters: PageRequest, list_name: str) -> None:
        """Raise InvalidNextTokenException."""
        self._salt = f"{caller.account}/{caller.region}/{list_name}"
        self.size = parameters.get("maxResults", LONGEST_PAGE)
        self.below: int | None = None
        if "nextToken" in parameters:
            try:
                self.below = signing.loads(parameters["nextToken"], salt=self._salt)
            except signing.BadSignature as error:
                message = "The next token is not valid: start again without it."
                raise ServiceError("InvalidNextTokenException", message) from error

    def next_token(self, keys: list[int]) -> NextToken:
        """Return the token of the next page, given the keys found, the last of which is on that page."""
        if len(keys) <= self.size:
            return {}
        return {"nextToken": signing.dumps(keys[self.size - 1], salt=self._salt)}
