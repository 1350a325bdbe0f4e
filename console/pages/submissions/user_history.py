"""One user's history: what this console last sent that AWS accepted, and every record before it with what differs."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.datasets.users_dataset import describe_recent
from console.pages.frame.decorators import GROUP, environment_page
from console.people.roles import may_see_properties
from console.personalize import calls
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError, PersonalizeError
from console.records.entities import USERS
from console.submissions.dataset_events import Ending, ending_after, endings
from console.submissions.differences import differences
from console.submissions.known_records import KnownUser, known_users, made_at_of
from console.submissions.models import Outcome, SentRecord, dataset_key, of_record_id
from console.submissions.own_trail import origin_of
from console.submissions.people_names import add_ids_to_names
from console.submissions.sight import Sight, sight_of
from console.submissions.versions import Version, sent_records, versions

PAGE_SIZE = 20


class State(StrEnum):
    """What AWS says of the dataset: it describes it, has none of that ARN, says neither, or is not asked."""

    DESCRIBED = "described"
    NOT_ASKED = "not asked"
    GONE = "gone"
    NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version, and the label of another environment that sent it."""

    version: Version
    environment: str


@environment_page(GROUP + "submissions/user-history/", "User history", parent="submissions", shows_trail=True)
def user_history(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Show what was sent of the user whose id is the request's `user_id`, to the `dataset`, or to the latest one.

    That is of every environment that the person may see and that sends to the same dataset.
    """
    user_id = request.GET.get("user_id", "")
    # No database can be asked for NUL, and no user has it.
    is_possible = "\0" not in user_id + request.GET.get("dataset", "")
    key = _dataset_of(request, environment, group, user_id) if is_possible else ""
    sight = sight_of(request.user, environment, key)
    records = sent_records(key, user_id, sight.origins()).filter(submission__dataset_group__plainly=group)
    newest = records.first() if key else None
    context: dict[str, Any] = {"user_id": user_id, "newest": newest}
    context["may_see_properties"] = may_see_properties(request.user, environment)
    if newest:
        context |= _history(request, sight, key, records)
    elif key and not environment.is_former:
        dataset = {"datasetArn": key.partition(" ")[2]}
        context["known"] = known_users(request.user, environment, dataset, [user_id]).get(user_id)
    return render(request, "submissions/user_history.html", context, status=200 if newest else 404)


def _dataset_of(request: HttpRequest, environment: Environment, group: str, user_id: str) -> str:
    """Return the dataset that is asked for, or that a user was last sent to from an environment; else the group's own.

    "" if there is none. The group's own is the one to which another environment may have sent the user.
    """
    arn = request.GET.get("dataset", "")
    # A user was sent less often than a dataset group has submissions: these are no way to them.
    in_group = {"submission__origin__id__plainly": origin_of(environment), "submission__dataset_group__plainly": group}
    own = SentRecord.objects.filter(of_record_id(user_id), **in_group)
    if arn:
        own = own.filter(submission__dataset_arn__plainly=arn)
    newest: str | None = own.order_by("-pk").values_list("dataset", flat=True).first()
    if newest or environment.is_former:
        return newest or ""
    try:
        own_arn = calls.dataset_arn(environment, group, USERS)
    except PersonalizeError:
        return ""
    # Of other dataset groups, and so of other accounts, nothing is said here.
    is_of_group = not arn or arn.rpartition("/")[0] == own_arn.rpartition("/")[0]
    return dataset_key(endpoint_of(environment), arn or own_arn) if is_of_group else ""


def _history(request: HttpRequest, sight: Sight, key: str, records: QuerySet[SentRecord]) -> dict[str, Any]:
    """Return what the page shows of a user's records in a dataset, which come newest first."""
    user_id = request.GET.get("user_id", "")
    page = Paginator(records, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    submission = shown[0].submission
    dataset, state = _described(sight.environment, submission.dataset_group, submission.dataset_arn, key)
    found = endings(key, [user_id], made_at_of(dataset))[user_id]
    known = KnownUser(user_id)
    if state in (State.DESCRIBED, State.NOT_SAID):
        known = known_users(request.user, sight.environment, dataset, [user_id])[user_id]
    last = records.filter(submission__outcome=Outcome.CREATED).first()
    add_ids_to_names(each.submission for each in (*shown, *([last] if last else [])))
    return {
        "dataset_arn": submission.dataset_arn,
        "dataset_state": state,
        "page": page,
        "versions": [
            ShownVersion(each, sight.label(each.sent.submission.origin_id))
            for each in versions(shown, found, sight.sees_properties)
        ],
        "known": known,
        "can_load": any(each.properties for each in known.records),
        **(_last_accepted(sight, last, known, found) if last else {}),
    }


def _last_accepted(sight: Sight, last: SentRecord, known: KnownUser, found: list[Ending]) -> dict[str, Any]:
    """Return what the page shows of the last accepted record."""
    sees_properties = sight.sees_properties(last.submission.origin_id)
    properties = json.loads(last.properties) if last.properties and sees_properties else {}
    return {
        "last": last,
        "last_environment": sight.label(last.submission.origin_id),
        "sees_last": sees_properties,
        "last_ended": ending_after(found, last.submission.created_at),
        "fields": [(name, json.dumps(value, ensure_ascii=False)) for name, value in properties.items()],
        "stored_otherwise_at": _stored_otherwise_at(known, last),
    }


def _described(environment: Environment, group: str, arn: str, key: str) -> tuple[dict[str, Any], State]:
    """Return the description of a dataset, which has its ARN at least, and what AWS says of it.

    It is not asked by an environment that is a former one, or that had another endpoint when the records were sent.
    """
    if environment.is_former or key != dataset_key(endpoint_of(environment), arn):
        return {"datasetArn": arn}, State.NOT_ASKED
    try:
        return describe_recent(environment, group, arn), State.DESCRIBED
    except PersonalizeError as error:
        return {"datasetArn": arn}, State.GONE if isinstance(error, NotFoundError) else State.NOT_SAID


def _stored_otherwise_at(known: KnownUser, last: SentRecord) -> datetime | None:
    """Return as of when the local service stores another record than the last accepted one; None if it does not."""
    before = known.before
    if before is None or before.outcome is not None or not last.properties or not before.properties:
        return None
    return before.at if differences(last.properties, before.properties) else None
