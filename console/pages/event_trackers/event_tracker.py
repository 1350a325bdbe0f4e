"""An event tracker of a dataset group: its details, with the tracking id to copy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.event_trackers.delete_event_tracker import obstacle
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.tables.polling import ask_later, patient, waiting_for
from console.personalize.environments import Environment
from console.personalize.event_trackers import load_event_tracker


@environment_page(GROUP + "event-trackers/<tracker:tracker>/", "Event tracker", parent="event_trackers")
@patient
def event_tracker(request: HttpRequest, environment: Environment, group: str, tracker: str) -> HttpResponse:
    """Show an event tracker's details; `tracker` is what its ARN ends in."""
    found = load_event_tracker(environment, group, tracker)
    waiting = waiting_for(request, (found["name"], found["status"]))
    if waiting.has_no_news:
        return ask_later(request)
    context = {
        "waiting": waiting,
        "event_tracker": found,
        "tracker": tracker,
        "not_deleted_because": obstacle(found["status"]),
    }
    return render(request, "event_trackers/event_tracker.html", context)
