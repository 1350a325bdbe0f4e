"""Create dataset group: a name and a domain."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.activity.models import Kind
from console.activity.recording import recorded
from console.pages.datasets.creating import (
    FORM_EXPIRED,
    NameField,
    is_of_this_page,
    opened_at,
    status_of,
)
from console.pages.frame.decorators import READ_AND_POST, environment_page
from console.pages.frame.guard import Confirmation, empty_confirmation, validated_confirmation
from console.pages.frame.permissions import why_not_create_resources
from console.pages.frame.registry import TypedFields
from console.pages.frame.template_tags.labels import domain_words
from console.pages.frame.typed_text import take, typed_fields
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.errors import ALREADY_EXISTS, PersonalizeError

DOMAINS = {
    "": "For your own solutions, with any recipe. It can have all types of datasets, Actions included.",
    "ECOMMERCE": "For online shops, with recommenders such as Best sellers.",
    "VIDEO_ON_DEMAND": "For streaming services, with recommenders such as Top picks for you.",
}


class DatasetGroupForm(forms.Form):
    """The input for a new dataset group."""

    name = NameField()
    domain = forms.ChoiceField(
        required=False,
        choices=[(domain, domain_words(domain)) for domain in DOMAINS],
        error_messages={"invalid_choice": "Choose one of these domains."},
    )


def give_back(request: HttpRequest, environment: Environment) -> HttpResponse:
    """Return the page for the person's own expired POST: the input is shown again and nothing is created."""
    form = DatasetGroupForm(initial=typed_fields(request))
    return _show(request, environment, form, notice=FORM_EXPIRED, status=403)


@environment_page(
    "create-dataset-group/",
    "Create dataset group",
    parent="dataset_groups",
    methods=READ_AND_POST,
    why_not=why_not_create_resources,
    typed=TypedFields(("name", "domain"), give_back),
)
def create_dataset_group(request: HttpRequest, environment: Environment) -> HttpResponse:
    """Ask for a name and a domain; on POST create the dataset group."""
    if request.method != "POST":
        return _show(request, environment, DatasetGroupForm(initial=dict(take(request) or {})), status=200)
    form = DatasetGroupForm(request.POST)
    is_valid = form.is_valid()
    expected = form.cleaned_data.get("name", "")
    confirmation = validated_confirmation(request, environment, None, expected=expected)
    if not is_valid or (confirmation and confirmation.problem):
        return _show(request, environment, form, confirmation=confirmation, status=422)
    name, domain = form.cleaned_data["name"], form.cleaned_data["domain"]
    try:
        _create(request, environment, name, domain)
    except PersonalizeError as error:
        if error.failure.is_of_another:
            form.add_error("name", f"Another dataset group already has the name {name}. Choose another name.")
        return _show(request, environment, form, error, confirmation=confirmation, status=status_of(error.failure))
    messages.success(
        request, f"The creation of the dataset group {name} has started. Once it is Active, datasets can be added."
    )
    return redirect("dataset_group", environment.name, name)


def _create(request: HttpRequest, environment: Environment, name: str, domain: str) -> None:
    """Create a dataset group; one made by an earlier press of the same page counts too. Raise PersonalizeError."""
    try:
        with recorded(Kind.CREATED, name, noun="dataset group", environment=environment, group=name):
            calls.create_dataset_group(environment, name, domain)
    except PersonalizeError as error:
        if error.failure.code != ALREADY_EXISTS or not _is_made(request, environment, name, domain):
            raise


def _is_made(request: HttpRequest, environment: Environment, name: str, domain: str) -> bool:
    try:
        description = calls.describe_dataset_group(environment, name)
    except PersonalizeError:
        # The page then reports that the name is taken.
        return False
    return description.get("domain", "") == domain and is_of_this_page(request, description["creationDateTime"])


def _show(
    request: HttpRequest,
    environment: Environment,
    form: DatasetGroupForm,
    error: PersonalizeError | None = None,
    *,
    confirmation: Confirmation | None = None,
    notice: str = "",
    status: int,
) -> HttpResponse:
    chosen = form["domain"].value() or ""
    tiles = [(domain, domain_words(domain), words, domain == chosen) for domain, words in DOMAINS.items()]
    context = {
        "form": form,
        "has_form": True,
        "tiles": tiles,
        "notice": notice,
        "failure": error.failure if error else None,
        "confirmation": confirmation or empty_confirmation(environment, None),
        "read_first": "" if form.errors else "confirmation",
        "opened": opened_at(request),
    }
    return render(request, "dataset_groups/create_dataset_group.html", context, status=status)
