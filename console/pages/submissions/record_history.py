"""The history of a record: the last version that AWS accepted from this console, and all versions with changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from console.activity.redacting import why_not_redact
from console.pages.frame.decorators import DATASET, environment_page
from console.personalize.arns import dataset_arn
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import describe_recent
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError, PersonalizeError
from console.records.entities import Entity
from console.submissions.known.dataset_events import Ending, ending_after, endings
from console.submissions.known.differences import differences
from console.submissions.known.known_records import KnownRecord, known_records, made_at_of
from console.submissions.known.versions import Version, sent_records, versions
from console.submissions.lists.distinct import dataset_keys, dataset_types
from console.submissions.models import Outcome, SentRecord, Submission, dataset_key
from console.submissions.redaction.marks import Mark, marks_of
from console.submissions.trails.own_trail import origin_of
from console.submissions.trails.people_names import add_ids_to_names
from console.submissions.trails.sight import Sight, sight_of

PAGE_SIZE = 20
# A record may be sent any number of times, and counting its versions reads each of them.
MOST_VERSIONS = 1_000


class State(StrEnum):
    """Whether AWS described the dataset, has none of that ARN, gave no answer, or was not asked."""

    DESCRIBED = "described"
    NOT_ASKED = "not asked"
    GONE = "gone"
    NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version, the label of another environment that sent it, whether it can be loaded, and who redacted it."""

    version: Version
    environment: str
    can_load: bool
    mark: Mark | None


@environment_page(
    DATASET + "record-history/",
    "{entity.shape} history",
    parent="submissions",
    shows_trail=True,
    has_properties=True,
)
def record_history(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show the versions of the record with the request's `record_id` sent to its `dataset`, or to the latest one.

    They come from every environment that the person may see and that sends to the same dataset. Raise Http404 for
    events, which never replace one another.
    """
    if entity.is_event:
        raise Http404(
            f"{entity.plural} have no history: each is an event of its own. Submissions has all that was sent."
        )
    record_id = request.GET.get("record_id", "")
    # Some databases reject NUL in queries, and no record contains it.
    is_possible = "\0" not in record_id + request.GET.get("dataset", "")
    key = _dataset_of(request, environment, group, entity, record_id) if is_possible else ""
    sight = sight_of(request.user, environment, key)
    records = sent_records(key, record_id, sight.origins()).filter(submission__dataset_group__plainly=group)
    page = Paginator(records[:MOST_VERSIONS] if key else records.none(), PAGE_SIZE).get_page(request.GET.get("page"))
    newest = next(iter(page), None) if page.number == 1 else records.first()
    context: dict[str, Any] = {"record_id": record_id, "newest": newest}
    context["may_redact"] = not why_not_redact(request.user, environment)
    if newest:
        context |= _history(sight, entity, newest, page, records)
    elif key and not environment.is_former:
        dataset = {"datasetArn": key.partition(" ")[2]}
        context["known"] = known_records(sight, dataset, [record_id]).get(record_id)
    is_stored = environment.is_local and bool(context.get("known") and context["known"].before)
    return render(request, "submissions/record_history.html", context, status=200 if newest or is_stored else 404)


def _dataset_of(request: HttpRequest, environment: Environment, group: str, entity: Entity, record_id: str) -> str:
    """Return the key of the requested dataset, or of the one the record was last sent to, or else of the group's.

    "" if there is none. Another environment may have sent the record to the group's dataset.
    """
    arn, origin = request.GET.get("dataset", ""), origin_of(environment)
    # Filter without the indexes of submissions: a group has far more submissions than a record has versions.
    in_group = {"submission__origin__id__plainly": origin, "submission__dataset_group__plainly": group}
    arns = [
        candidate
        for candidate, dataset_type in dataset_types(origin, group).items()
        if arn in ("", candidate) and dataset_type == entity.dataset_type
    ]
    # An index yields the newest version in each dataset first.
    newest_records = [
        SentRecord.objects.filter(record_id=record_id, dataset=dataset, **in_group).order_by("-pk").first()
        for dataset in dataset_keys(origin, arns)
    ]
    newest = max((record for record in newest_records if record), key=lambda record: record.pk, default=None)
    if newest or environment.is_former:
        return newest.dataset if newest else ""
    try:
        own_arn = dataset_arn(environment, group, entity)
    except PersonalizeError:
        return ""
    # Do not reveal datasets of other groups, and so of other accounts.
    return dataset_key(endpoint_of(environment), own_arn) if arn in ("", own_arn) else ""


def _history(
    sight: Sight, entity: Entity, newest: SentRecord, page: Page[SentRecord], records: QuerySet[SentRecord]
) -> dict[str, Any]:
    """Return the context of a page of a record's versions in a dataset, newest first."""
    record_id, submission = newest.record_id, newest.submission
    shown = list(page)
    dataset, state = _described(sight.environment, submission, entity, newest.dataset)
    record_endings = endings(newest.dataset, [record_id], made_at_of(dataset))[record_id]
    known = KnownRecord(record_id)
    if state in (State.DESCRIBED, State.NOT_SAID):
        known = known_records(sight, dataset, [record_id])[record_id]
    is_last = submission.outcome == Outcome.CREATED
    last = newest if is_last else records.filter(submission__outcome=Outcome.CREATED).first()
    with_last = [*shown, *([last] if last else [])]
    add_ids_to_names(record.submission for record in with_last)
    marks = marks_of(with_last)
    return {
        "dataset_arn": submission.dataset_arn,
        "dataset_state": state,
        "page": page,
        "is_cut": page.paginator.count == MOST_VERSIONS,
        "versions": [
            ShownVersion(
                version,
                sight.label(version.sent.submission.origin_id),
                bool(version.sent.properties) and sight.sees_properties(version.sent.submission.origin_id),
                marks.get(version.sent.pk),
            )
            for version in versions(shown, record_endings, sight.sees_properties)
        ],
        "known": known,
        "last_mark": marks.get(last.pk) if last else None,
        "can_load": any(version.properties for version in known.versions),
        **(_last_accepted(sight, last, known, record_endings) if last else {}),
    }


def _last_accepted(sight: Sight, last: SentRecord, known: KnownRecord, record_endings: list[Ending]) -> dict[str, Any]:
    """Return the context for the last accepted record."""
    sees_properties = sight.sees_properties(last.submission.origin_id)
    properties = json.loads(last.properties) if last.properties and sees_properties else {}
    return {
        "last": last,
        "last_environment": sight.label(last.submission.origin_id),
        "sees_last": sees_properties,
        "last_ended": ending_after(record_endings, last.submission.known_from),
        "fields": [(name, json.dumps(value, ensure_ascii=False)) for name, value in properties.items()],
        "stored_otherwise_at": _stored_otherwise_at(known, last),
    }


def _described(
    environment: Environment, submission: Submission, entity: Entity, key: str
) -> tuple[Mapping[str, Any], State]:
    """Return the description of a dataset, or only its ARN, and whether AWS described it.

    AWS is not asked for a former environment, or for one that had another endpoint when the records were sent.
    """
    arn = submission.dataset_arn
    if environment.is_former or key != dataset_key(endpoint_of(environment), arn):
        return {"datasetArn": arn}, State.NOT_ASKED
    try:
        return describe_recent(environment, submission.dataset_group, entity, arn), State.DESCRIBED
    except PersonalizeError as error:
        return {"datasetArn": arn}, State.GONE if isinstance(error, NotFoundError) else State.NOT_SAID


def _stored_otherwise_at(known: KnownRecord, last: SentRecord) -> datetime | None:
    """Return since when the local service stores a record other than the last accepted one; None if it does not."""
    before = known.before
    if before is None or before.outcome is not None or not last.properties or not before.properties:
        return None
    return before.at if differences(last.properties, before.properties) else None
