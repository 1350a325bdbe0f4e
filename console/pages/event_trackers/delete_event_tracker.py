"""Delete event tracker: shows what ends with it, and deletes it once a person has confirmed by typing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.activity.models import Kind
from console.activity.recording import recorded
from console.pages.datasets.deleting import Deletion, answer_deletion, status_obstacle
from console.pages.frame.decorators import GROUP, READ_AND_POST, environment_page
from console.pages.frame.permissions import why_not_manage_event_trackers
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError
from console.personalize.event_trackers import delete_event_tracker as delete
from console.personalize.event_trackers import describe_event_tracker, load_event_tracker


def obstacle(status: str) -> str:
    """Return why an event tracker cannot be deleted in its status; "" if it can."""
    return status_obstacle("event tracker", status)


@environment_page(
    GROUP + "event-trackers/<tracker:tracker>/delete-event-tracker/",
    "Delete event tracker",
    parent="event_tracker",
    methods=READ_AND_POST,
    why_not=why_not_manage_event_trackers,
)
def delete_event_tracker(request: HttpRequest, environment: Environment, group: str, tracker: str) -> HttpResponse:
    """Ask for confirmation; on POST delete an event tracker; `tracker` is the end of its ARN."""
    try:
        description = load_event_tracker(environment, group, tracker)
    except NotFoundError:
        if request.method != "POST":
            raise
        # An earlier press of the same button may have deleted it.
        messages.info(request, "This event tracker no longer exists.")
        return redirect("event_trackers", environment.name, group)
    arn = description["eventTrackerArn"]
    page = Deletion(
        template="event_trackers/delete_event_tracker.html",
        expected="delete",
        ignores_case=True,
        context={"event_tracker": description, "tracker": tracker},
        # A refused form keeps the typed text, even if the tracker's status has changed since.
        obstacle="" if request.method == "POST" else obstacle(description["status"]),
        group=group,
        status=lambda: describe_event_tracker(environment, arn)["status"],
    )

    def delete_it() -> None:
        with recorded(Kind.DELETED, description["name"], noun="event tracker", environment=environment, group=group):
            delete(environment, arn)

    answer = answer_deletion(request, environment, page, delete_it)
    if answer is not None:
        return answer
    messages.success(request, f"The event tracker {description['name']} is being deleted.")
    return redirect("event_trackers", environment.name, group)
