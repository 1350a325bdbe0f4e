"""Create dataset: a dataset group's dataset of a type, with an existing or a new schema."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from console.activity.models import Kind
from console.activity.recording import recorded
from console.pages.datasets.create_dataset_page import Page, is_asked_for_schemas, opened_page, recent_domain, show
from console.pages.datasets.creating import (
    FORM_EXPIRED,
    is_of_this_page,
    opened_at,
    status_of,
)
from console.pages.datasets.dataset_form import EXISTING, DatasetForm
from console.pages.datasets.entered_schema import check_fits, create_schema
from console.pages.frame.decorators import DATASET, READ_AND_POST, environment_page
from console.pages.frame.guard import typed_confirmation, validated_confirmation
from console.pages.frame.permissions import why_not_create_resources
from console.pages.frame.registry import TypedFields
from console.pages.frame.requests import Request
from console.pages.frame.typed_text import take, typed_fields
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.errors import ALREADY_EXISTS, NotFoundError, PersonalizeError
from console.records.entities import Entity
from console.records.pasted.schemas.detection import examine_schema
from console.records.schemas.schema import SchemaError


def give_back(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return the page for the person's own expired POST: the input is shown again and nothing is created."""
    try:
        page = _entered(request, environment, group, entity)
    except PersonalizeError as error:
        page = _not_described(request, environment, group, entity, error)
    if is_asked_for_schemas(request):
        # Listing schemas changes nothing, so an expired form may still do it.
        page.is_listing = True
        return show(request, page)
    page.notice = FORM_EXPIRED
    return show(request, page, status=403)


@environment_page(
    DATASET + "create-dataset/",
    "Create dataset",
    parent="datasets",
    methods=READ_AND_POST,
    why_not=why_not_create_resources,
    typed=TypedFields(("name", "source", "schema_name", "schema_text", "schema_arn"), give_back),
)
def create_dataset(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show the form; on POST perform the button's action: validate, list schemas, use a detected one, or create."""
    # A request that does not name its button creates nothing.
    intent = request.POST.get("intent", "")
    if intent == "typing":
        return _validated(request, environment, group, entity)
    if request.method != "POST":
        return _opened(request, environment, group, entity)
    try:
        page = _entered(request, environment, group, entity)
    except PersonalizeError as error:
        page = _not_described(request, environment, group, entity, error)
        return show(request, page, status=404 if isinstance(error, NotFoundError) else 502)
    if intent == "use" or (intent == "create" and page.form.is_new):
        page.use_detected()
    if page.used:
        # Show the detected schema before creating anything with it.
        return show(request, page, status=422 if intent == "create" else 200)
    if intent != "create":
        page.is_listing = intent != "use"
        return show(request, page)
    page.form = DatasetForm(request.POST)
    page.shows_problems = page.form.is_new and bool(page.validation.problems)
    page.confirmation = validated_confirmation(request, environment, group, expected=group)
    if not page.form.is_valid() or page.shows_problems or (page.confirmation and page.confirmation.problem):
        return show(request, page, status=422)
    return _create(request, page)


def _opened(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    page = opened_page(request, environment, group, entity)
    carried = take(request)
    if carried:
        page.enter(carried)
    page.examine()
    return show(request, page)


def _entered(request: Request, environment: Environment, group: str, entity: Entity) -> Page:
    """Return the page with the input; raise PersonalizeError."""
    page = opened_page(request, environment, group, entity)
    page.enter(typed_fields(request))
    page.examine()
    return page


def _not_described(
    request: Request, environment: Environment, group: str, entity: Entity, error: PersonalizeError
) -> Page:
    """Return the page with the input when AWS could not describe the dataset group."""
    page = Page(environment, {"name": group}, entity, DatasetForm(), opened_at(request), failure=error.failure)
    page.enter(typed_fields(request))
    page.confirmation = typed_confirmation(request, environment, group)
    return page


def _validated(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return the problems of the schema being typed."""
    examined = examine_schema(entity, DatasetForm(request.POST).text, recent_domain(environment, group))
    part = {"page": {"validation": examined.validation, "detected": examined.detected}, "is_part": True}
    return render(request, "datasets/schema_input.html#typed", part)


def _create(request: Request, page: Page) -> HttpResponse:
    """Create the dataset and redirect to it; one made by an earlier press of the same page counts too."""
    try:
        if page.dataset is None and not page.obstacle:
            _create_schema_and_dataset(page)
        elif not _is_made(request, page):
            return show(request, page, status=409)
    except SchemaError as error:
        page.form.add_error("schema_arn", str(error))
        return show(request, page, status=422)
    except PersonalizeError as error:
        if not _is_made_meanwhile(request, page, error):
            page.failure = error.failure
            return show(request, page, status=status_of(error.failure))
    messages.success(request, _started(page))
    return redirect("dataset", page.environment.name, page.group["name"], page.entity)


def _started(page: Page) -> str:
    """Return the sentence that creation has started, and what must be Active before records can be created."""
    needs_tracker = page.entity.is_event and not page.entity.has_own_tracker
    active = "Once it and an event tracker are Active" if needs_tracker else "Once it is Active"
    started = f"The creation of the dataset {page.form.cleaned_data['name']} has started"
    reused = f", with the schema {page.reused_schema}, which existed already and is the same" * bool(
        page.reused_schema
    )
    return f"{started}{reused}. {active}, records can be created."


def _create_schema_and_dataset(page: Page) -> None:
    """Create the dataset, and its schema if that is new; raise PersonalizeError, or SchemaError if unfit."""
    entered = page.form.cleaned_data
    if entered["source"] == EXISTING:
        check_fits(page, entered["schema_arn"])
        schema_arn = entered["schema_arn"]
    else:
        schema_arn = create_schema(page, entered["schema_name"], page.form.text)
        page.created_schema = entered["schema_name"]
        # The schema exists now, so the next press must use it.
        page.form.choose_existing(schema_arn)
    group, name = page.group, entered["name"]
    with recorded(Kind.CREATED, name, noun="dataset", environment=page.environment, group=group["name"]):
        calls.create_dataset(page.environment, group["datasetGroupArn"], page.entity, name, schema_arn)


def _is_made_meanwhile(request: Request, page: Page, error: PersonalizeError) -> bool:
    """Return whether a call failed because another press of the page, or a retry, has already made the dataset."""
    if error.failure.code != ALREADY_EXISTS or not page.form.is_valid():
        return False
    try:
        page.look_for_dataset()
        return _is_made(request, page)
    except PersonalizeError:
        return False


def _is_made(request: Request, page: Page) -> bool:
    """Return whether the group's dataset is the requested one, made by a press of this page."""
    dataset = page.dataset
    if dataset is None or dataset["name"] != page.form.cleaned_data["name"]:
        return False
    if not is_of_this_page(request, dataset["creationDateTime"]):
        return False
    return calls.describe_dataset(page.environment, dataset["datasetArn"])["schemaArn"] == page.schema_arn
