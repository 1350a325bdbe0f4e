"""An event tracker of a dataset group: its details, with the tracking id to copy."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from console.pages.event_trackers.delete_event_tracker import obstacle
from console.pages.event_trackers.interactions import has_interactions
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.frame.requests import Request
from console.pages.tables.polling import ask_later, patient, waiting_for
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError
from console.personalize.event_trackers import is_deleting, load_event_tracker
from console.records.entities import INTERACTIONS


@environment_page(GROUP + "event-trackers/<tracker:tracker>/", "Event tracker", parent="event_trackers")
@patient
def event_tracker(request: Request, environment: Environment, group: str, tracker: str) -> HttpResponse:
    """Show an event tracker's details; `tracker` is the end of its ARN."""
    try:
        description = load_event_tracker(environment, group, tracker)
    except NotFoundError:
        if not any(map(is_deleting, request.GET.getlist("seen"))):
            raise
        # The page was polling for this.
        messages.success(request, "The event tracker was deleted.")
        address = reverse("event_trackers", args=[environment.name, group])
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    waiting = waiting_for(request, (description["name"], description["status"]))
    if waiting.has_no_news:
        return ask_later(request)
    context = {
        "waiting": waiting,
        "event_tracker": description,
        "tracker": tracker,
        "interactions": INTERACTIONS,
        "has_interactions": has_interactions(environment, group),
        "not_deleted_because": obstacle(description["status"]),
    }
    return render(request, "event_trackers/event_tracker.html", context)
