"""Simulate responses: makes the local service answer Put calls with chosen responses, to show how failures look."""

from typing import Any, override

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.activity.models import Kind
from console.activity.recording import recorded
from console.local import api as local_api
from console.pages.frame.decorators import READ_AND_POST, environment_page
from console.people.roles import Person, may_simulate_responses, role_of
from console.personalize.environments import Environment

SHORTEST_DELAY, LONGEST_DELAY = 0.1, 60
MOST_CALLS = 1000
NEXT, ALL = "next", "all"
STOPPED = "Responses are no longer simulated: every Put operation responds normally."
NOTHING_TO_STOP = "Nothing was simulated."


def responses() -> list[tuple[str, str]]:
    """Return the responses to choose from, with their labels."""
    return list(local_api.responses().items())


class SimulationForm(forms.Form):
    """A response to simulate, a delay in seconds, and how many calls get them."""

    response = forms.ChoiceField(
        choices=responses,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a response."),
    )
    seconds = forms.FloatField(
        required=False,
        min_value=SHORTEST_DELAY,
        max_value=LONGEST_DELAY,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            f"Expected a number of seconds from {SHORTEST_DELAY} to {LONGEST_DELAY}, or nothing for no delay.",
        ),
    )
    scope = forms.ChoiceField(
        choices=[(NEXT, "The next calls"), (ALL, "All calls, until it is switched off")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose which calls."),
    )
    calls = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_CALLS,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Expected a whole number of calls from 1 to {MOST_CALLS}."
        ),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"response": "ThrottlingException", "scope": NEXT, "calls": 3})

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("response") == local_api.NORMAL and "seconds" in cleaned and not cleaned["seconds"]:
            self.add_error("seconds", "A normal response needs a delay. Enter one.")
        if cleaned.get("scope") == NEXT and "calls" in cleaned and not cleaned["calls"]:
            self.add_error("calls", f"Expected a whole number of calls from 1 to {MOST_CALLS}.")
        return cleaned


def _why_not(person: Person, environment: Environment) -> str:
    if may_simulate_responses(person):
        return ""
    return f"Your role, {role_of(person)}, may not simulate responses. Ask an administrator for a role."


@environment_page(
    "simulate-responses/",
    "Simulate responses",
    parent="dataset_groups",
    methods=READ_AND_POST,
    why_not=_why_not,
    is_local=True,
    position=1,
)
def simulate_responses(request: HttpRequest, environment: Environment) -> HttpResponse:
    """Show what is simulated, and on POST switch a simulation on or off."""
    if request.method == "POST" and request.POST.get("intent") == "stop":
        with recorded(Kind.SIMULATION_STOPPED, "responses", environment=environment):
            has_stopped = local_api.stop_simulating()
        messages.success(request, STOPPED if has_stopped else NOTHING_TO_STOP)
        return redirect("simulate_responses", environment.name)
    form = SimulationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        wanted = form.cleaned_data
        calls = wanted["calls"] if wanted["scope"] == NEXT else None
        facts = {"seconds": wanted["seconds"] or 0, "calls": calls}
        with recorded(Kind.SIMULATED, wanted["response"], environment=environment, facts=facts):
            local_api.simulate(wanted["response"], wanted["seconds"] or 0, calls, request.user.get_username())
        return redirect("simulate_responses", environment.name)
    return render(request, "local/simulate_responses.html", {"form": form}, status=422 if form.is_bound else 200)
