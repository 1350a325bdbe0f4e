"""One submission: its sender, records, time and outcome."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from console.bulk.models import Import
from console.local import api as local_api
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.submissions.submission_filters import submissions_of
from console.personalize.environments import Environment
from console.records.entities import NO_PROPERTIES, RequestMember
from console.records.event_parts import EventParts
from console.records.requests import member_with_call
from console.records.validation.timestamps import moment_of
from console.submissions.models import Outcome, SentRecord, Submission
from console.submissions.redaction.marks import Mark, marks_of
from console.submissions.trails.people_names import add_ids_to_names


@dataclass(frozen=True, slots=True)
class SentRow:
    """A record of a submission.

    An event also has its identifying parts, the member `sent` for it, and its key if the local service stores it.
    `mark` tells who redacted its properties, in a redaction of a person.
    """

    record: SentRecord
    event: EventParts | None = None
    sent: RequestMember | None = None
    stored: int | None = None
    mark: Mark | None = None

    @property
    def text(self) -> str:
        """The JSON that was sent: the properties of a record, or a whole event with its user and session."""
        return json.dumps(self.sent, ensure_ascii=False) if self.sent else self.record.properties

    @property
    def moments(self) -> list[tuple[str, datetime]]:
        """The names and dates of a record's timestamp properties; events have a column for theirs."""
        properties = {} if self.event else json.loads(self.record.properties or NO_PROPERTIES)
        return [(name, moment) for name, value in properties.items() if (moment := moment_of(name, value))]


@environment_page(
    GROUP + "submissions/<uuid:submission>/", "Submission", parent="submissions", shows_trail=True, has_properties=True
)
def submission(request: HttpRequest, environment: Environment, group: str, submission: UUID) -> HttpResponse:
    """Show a submission; properties and AWS's own message only to people who may see properties.

    Raise Http404 if the dataset group has no such submission.
    """
    of_group = submissions_of(environment, group).select_related("origin").prefetch_related("sent_records")
    shown = of_group.filter(pk=submission).first()
    if shown is None:
        raise Http404(f"There is no submission {submission}.")
    add_ids_to_names([shown])
    marks = marks_of(shown.sent_records.all())
    context = {
        "submission": shown,
        "sent": _sent(environment, shown, marks),
        "marks": marks,
        "calls": _calls_of_press(environment, group, shown),
        "of_import": _import_of(shown),
    }
    return render(request, "submissions/submission.html", context)


def _import_of(submission: Submission) -> Import | None:
    """Return the import that made a submission; None if no import did, or if it was removed."""
    return Import.objects.filter(key=submission.bulk_import).first() if submission.bulk_import else None


def _sent(environment: Environment, submission: Submission, marks: Mapping[int, Mark]) -> list[SentRow]:
    """Return the records of a submission; events with their keys in the local service if it stores them."""
    records = list(submission.sent_records.all())
    if not submission.entity.is_event:
        return [SentRow(record, mark=marks.get(record.pk)) for record in records]
    stored: list[local_api.StoredEvent | None] = [None] * len(records)
    if environment.is_local and submission.outcome == Outcome.CREATED and submission.redacted_at is None:
        stored = local_api.find_sent_events(submission.dataset_arn, submission.records)
    return [
        SentRow(
            record,
            event,
            member_with_call(submission.entity, record.record_id, record.properties) if record.properties else None,
            stored_event.pk if stored_event else None,
            marks.get(record.pk),
        )
        for record, event, stored_event in zip(records, submission.events, stored, strict=True)
    ]


def _calls_of_press(environment: Environment, group: str, submission: Submission) -> list[Submission]:
    """Return all calls of a submission's press, later attempts included, in the order they were made."""
    if submission.press is None:
        return []
    same_press = submissions_of(environment, group).filter(press=submission.press, person=submission.person_id)
    return list(same_press.defer("record_input").order_by("created_at", "call_number"))
