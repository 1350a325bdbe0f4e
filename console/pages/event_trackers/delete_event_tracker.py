"""Delete event tracker: says what ends with it, and deletes it once a person has typed so."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.pages.datasets.creating import status_of
from console.pages.frame.decorators import GROUP, READ_AND_POST, environment_page
from console.pages.frame.guard import Confirmation, empty_confirmation, validated_confirmation
from console.pages.frame.permissions import why_not_manage_event_trackers
from console.pages.frame.template_tags.labels import status_words
from console.personalize.environments import Environment
from console.personalize.errors import NOT_FOUND, Failure, NotFoundError, PersonalizeError
from console.personalize.event_trackers import delete_event_tracker as delete
from console.personalize.event_trackers import describe_event_tracker, is_deleting, load_event_tracker

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import EventTrackerTypeDef

FIELD, EXPECTED = "deletion", "delete"
IN_USE = "ResourceInUseException"


def obstacle(status: str) -> str:
    """Return why an event tracker of a status cannot be deleted; "" if it can."""
    if is_deleting(status):
        return "This event tracker is already being deleted."
    if status in ("ACTIVE", "CREATE FAILED"):
        return ""
    return f"This event tracker has the status {status_words(status)}. It can be deleted once it is Active."


@environment_page(
    GROUP + "event-trackers/<tracker:tracker>/delete-event-tracker/",
    "Delete event tracker",
    parent="event_tracker",
    methods=READ_AND_POST,
    why_not=why_not_manage_event_trackers,
)
def delete_event_tracker(request: HttpRequest, environment: Environment, group: str, tracker: str) -> HttpResponse:
    """Ask whether an event tracker is to be deleted, and on POST delete it; `tracker` is what its ARN ends in."""
    try:
        found = load_event_tracker(environment, group, tracker)
    except NotFoundError:
        if request.method != "POST":
            raise
        # As after an earlier press of the same button.
        messages.info(request, "This event tracker no longer exists.")
        return redirect("event_trackers", environment.name, group)
    if request.method != "POST":
        return _show(request, found, tracker, confirmation=empty_confirmation(environment, group))
    confirmation = validated_confirmation(request, environment, group, expected=group)
    problem = _problem(request.POST.get(FIELD, ""))
    failure = None
    if not problem and not (confirmation and confirmation.problem):
        try:
            _delete(environment, found)
        except PersonalizeError as error:
            failure = error.failure
        else:
            messages.success(request, f"The event tracker {found['name']} is being deleted.")
            return redirect("event_trackers", environment.name, group)
    return _show(request, found, tracker, confirmation=confirmation, problem=problem, failure=failure)


def _delete(environment: Environment, found: "EventTrackerTypeDef") -> None:
    """Delete an event tracker, unless it is being deleted already, as by an earlier press. Raise PersonalizeError."""
    if is_deleting(found["status"]):
        return
    try:
        delete(environment, found["eventTrackerArn"])
    except PersonalizeError as error:
        if error.failure.code not in (IN_USE, NOT_FOUND) or not _is_going(environment, found["eventTrackerArn"]):
            raise


def _is_going(environment: Environment, arn: str) -> bool:
    """Say whether another press has begun to delete an event tracker since it was described."""
    try:
        return is_deleting(describe_event_tracker(environment, arn)["status"])
    except NotFoundError:
        return True


def _problem(typed: str) -> str:
    if typed.strip().lower() == EXPECTED:
        return ""
    return f"Nothing was deleted. Type {EXPECTED} to confirm."


def _show(
    request: HttpRequest,
    found: "EventTrackerTypeDef",
    tracker: str,
    *,
    confirmation: Confirmation | None,
    problem: str = "",
    failure: Failure | None = None,
) -> HttpResponse:
    context = {
        "event_tracker": found,
        "tracker": tracker,
        "obstacle": obstacle(found["status"]),
        "confirmation": confirmation,
        "typed": request.POST.get(FIELD, ""),
        "problem": problem,
        "failure": failure,
        "read_first": "" if problem else "confirmation",
    }
    status = status_of(failure) if failure else 422 if request.method == "POST" else 200
    return render(request, "event_trackers/delete_event_tracker.html", context, status=status)
