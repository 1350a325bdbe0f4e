"""Create event tracker: a name for the event tracker of a dataset group."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.activity.models import Kind
from console.activity.recording import recorded
from console.pages.datasets.creating import (
    ABOUT_INPUT,
    FORM_EXPIRED,
    NameField,
    inactive,
    is_of_this_page,
    opened_at,
    status_of,
)
from console.pages.event_trackers.interactions import has_interactions
from console.pages.frame.decorators import GROUP, READ_AND_POST, environment_page
from console.pages.frame.guard import Confirmation, typed_confirmation, validated_confirmation
from console.pages.frame.permissions import why_not_manage_event_trackers
from console.pages.frame.registry import TypedFields
from console.pages.frame.typed_text import take, typed_fields
from console.personalize import arns, calls
from console.personalize.environments import Environment
from console.personalize.errors import Failure, PersonalizeError
from console.personalize.event_trackers import create_event_tracker as create
from console.personalize.event_trackers import identifier_in, is_deleting, list_event_trackers
from console.records.entities import INTERACTIONS

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetGroupTypeDef, EventTrackerSummaryTypeDef


class EventTrackerForm(forms.Form):
    """The input for a new event tracker."""

    name = NameField()


def obstacle(group: "DatasetGroupTypeDef", trackers: "Sequence[EventTrackerSummaryTypeDef]") -> str:
    """Return why no event tracker can be created in a dataset group with these event trackers; "" if one can."""
    deleting = next((tracker["name"] for tracker in trackers if is_deleting(tracker["status"])), None)
    if deleting is not None:
        return f"The event tracker {deleting} is being deleted. Another one can be created once it is gone."
    if trackers:
        return "This dataset group already has an event tracker, and it can have only one."
    return inactive(group, "An event tracker")


def give_back(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Return the page for the person's own expired POST: the input is shown again and nothing is created."""
    form = EventTrackerForm(initial=typed_fields(request))
    context = _context(request, environment, group, form, notice=FORM_EXPIRED)
    return render(request, "event_trackers/create_event_tracker.html", context, status=403)


@environment_page(
    GROUP + "create-event-tracker/",
    "Create event tracker",
    parent="event_trackers",
    methods=READ_AND_POST,
    why_not=why_not_manage_event_trackers,
    typed=TypedFields(("name",), give_back),
)
def create_event_tracker(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Ask for a name; on POST create the event tracker of the dataset group."""
    if request.method != "POST":
        return _opened(request, environment, group)
    form = EventTrackerForm(request.POST)
    confirmation = validated_confirmation(request, environment, group, expected=group)
    failure = None
    if form.is_valid() and not (confirmation and confirmation.problem):
        try:
            arn = _create(request, environment, group, form.cleaned_data["name"])
        except PersonalizeError as error:
            failure = error.failure
        else:
            return _created(request, environment, group, form.cleaned_data["name"], arn)
    context = _context(request, environment, group, form, confirmation=confirmation, failure=failure)
    status = status_of(failure) if failure else 422
    return render(request, "event_trackers/create_event_tracker.html", context, status=status)


def _opened(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    description = calls.describe_dataset_group(environment, group)
    trackers = list_event_trackers(environment, description["datasetGroupArn"])
    carried = take(request)
    context = _context(request, environment, group, EventTrackerForm(initial=dict(carried or {})))
    context["obstacle"] = obstacle(description, trackers)
    # Typed text is never discarded.
    context["has_form"] = not context["obstacle"] or carried is not None
    return render(request, "event_trackers/create_event_tracker.html", context)


def _create(request: HttpRequest, environment: Environment, group: str, name: str) -> str:
    """Create an event tracker, and return its ARN; one made by an earlier press of the same page counts too.

    Raise PersonalizeError. AWS does not document the error for a dataset group that already has an event tracker.
    """
    group_arn = arns.dataset_group_arn(environment, group)
    try:
        with recorded(Kind.CREATED, name, noun="event tracker", environment=environment, group=group):
            return create(environment, group_arn, name)
    except PersonalizeError as error:
        if error.failure.code not in ABOUT_INPUT:
            raise
        arn = _made_by_this_page(request, environment, group_arn, name)
        if not arn:
            raise
        return arn


def _made_by_this_page(request: HttpRequest, environment: Environment, group_arn: str, name: str) -> str:
    """Return the ARN of the event tracker that an earlier press of this page made; "" if there is none."""
    try:
        trackers = list_event_trackers(environment, group_arn)
    except PersonalizeError:
        # The page then reports the failure of this press.
        return ""
    own = (tracker for tracker in trackers if tracker["name"] == name and not is_deleting(tracker["status"]))
    return next(
        (tracker["eventTrackerArn"] for tracker in own if is_of_this_page(request, tracker["creationDateTime"])), ""
    )


def _created(request: HttpRequest, environment: Environment, group: str, name: str, arn: str) -> HttpResponse:
    started = f"The creation of the event tracker {name} has started."
    messages.success(request, f"{started} Once it is Active, events can be sent with its tracking ID.")
    return redirect("event_tracker", environment.name, group, identifier_in(arn))


def _context(
    request: HttpRequest,
    environment: Environment,
    group: str,
    form: EventTrackerForm,
    *,
    confirmation: Confirmation | None = None,
    notice: str = "",
    failure: Failure | None = None,
) -> dict[str, Any]:
    return {
        "form": form,
        "has_form": True,
        "notice": notice,
        "failure": failure,
        "confirmation": confirmation or typed_confirmation(request, environment, group),
        "read_first": "" if form.errors else "confirmation",
        "opened": opened_at(request),
        "interactions": INTERACTIONS,
        # After a call without an answer, another might take as long.
        "has_interactions": None if failure and not failure.has_answer else has_interactions(environment, group),
    }
