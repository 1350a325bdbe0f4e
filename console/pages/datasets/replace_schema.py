"""Replace schema: an existing or a new schema that adds fields to a Users or Items dataset."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from console.activity.models import Kind
from console.activity.recording import recorded
from console.pages.datasets.create_dataset_page import is_asked_for_schemas, recent_domain, show
from console.pages.datasets.creating import is_of_this_page, opened_at, status_of
from console.pages.datasets.dataset_form import EXISTING, NEW, SchemaForm
from console.pages.datasets.entered_schema import check_fits, create_schema
from console.pages.datasets.replace_schema_page import ReplacePage
from console.pages.frame.decorators import DATASET, READ_AND_POST, environment_page
from console.pages.frame.guard import typed_confirmation, validated_confirmation
from console.pages.frame.permissions import why_not_replace_schemas
from console.pages.frame.registry import TypedFields
from console.pages.frame.requests import Request
from console.pages.frame.typed_text import take, typed_fields
from console.personalize import calls
from console.personalize.datasets import forget_dataset, load_dataset, load_recent_dataset
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError, PersonalizeError
from console.records.entities import Entity
from console.records.schemas.schema import SchemaError
from console.records.schemas.schema_rules import added_fields

EXPIRED = "This page was open for too long, so nothing was replaced. Check what you entered, and try again."
SAME = "This is the schema that the dataset has now. Choose another one."


def give_back(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return the page for the person's own expired POST: the input is shown again and nothing is replaced."""
    try:
        page = _entered(request, environment, group, entity)
    except PersonalizeError as error:
        page = _not_described(request, environment, group, entity, error)
    if is_asked_for_schemas(request):
        # Listing schemas changes nothing, so an expired form may still do it.
        page.is_listing = True
        return show(request, page)
    page.notice = EXPIRED
    return show(request, page, status=403)


@environment_page(
    DATASET + "replace-schema/",
    "Replace schema",
    parent="dataset",
    methods=READ_AND_POST,
    why_not=why_not_replace_schemas,
    typed=TypedFields(("source", "schema_name", "schema_text", "schema_arn"), give_back),
)
def replace_schema(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show the form; on POST perform the button's action: validate, list schemas, use one, compare or replace."""
    # A request that does not name its button replaces nothing.
    intent = request.POST.get("intent", "")
    if intent == "typing":
        return _validated(request, environment, group, entity)
    if request.method != "POST":
        page = _opened(environment, request, group, entity)
        carried = take(request)
        if carried:
            page.enter(carried)
        page.examine()
        return show(request, page)
    try:
        page = _entered(request, environment, group, entity)
    except PersonalizeError as error:
        page = _not_described(request, environment, group, entity, error)
        return show(request, page, status=404 if isinstance(error, NotFoundError) else 502)
    if intent == "use" or (intent in ("create", "compare") and page.form.is_new):
        page.use_detected()
    if page.used:
        # Show the detected schema before replacing anything with it.
        return show(request, page, status=422 if intent == "create" else 200)
    if intent not in ("create", "compare"):
        page.is_listing = intent != "use"
        return show(request, page)
    page.form = SchemaForm(request.POST)
    page.shows_problems = page.form.is_new and bool(page.validation.problems)
    if intent == "create":
        page.confirmation = validated_confirmation(request, environment, group, expected=group)
    is_confirmed = not (page.confirmation and page.confirmation.problem) or intent == "compare"
    if page.form.is_new and intent == "compare":
        # A comparison needs no name.
        page.form = SchemaForm(initial=request.POST.dict())
        return show(request, page, status=422 if page.shows_problems else 200)
    if not page.form.is_valid() or page.shows_problems or not is_confirmed:
        return show(request, page, status=422)
    return _replace(request, page, only_compares=intent == "compare")


def _opened(environment: Environment, request: Request, group: str, entity: Entity) -> ReplacePage:
    """Return the page with the dataset's current schema in the editor; raise PersonalizeError."""
    dataset = load_dataset(environment, group, entity)
    description = calls.describe_dataset_group(environment, group)
    form = SchemaForm(initial={"source": NEW, "schema_text": dataset.schema_json})
    page = ReplacePage(environment, description, entity, form, opened_at(request), described=dataset)
    page.confirmation = typed_confirmation(request, environment, group)
    return page


def _entered(request: Request, environment: Environment, group: str, entity: Entity) -> ReplacePage:
    """Return the page with the input; raise PersonalizeError."""
    page = _opened(environment, request, group, entity)
    page.enter(typed_fields(request))
    page.examine()
    return page


def _not_described(
    request: Request, environment: Environment, group: str, entity: Entity, error: PersonalizeError
) -> ReplacePage:
    """Return the page with the input when AWS could not describe the dataset."""
    page = ReplacePage(environment, {"name": group}, entity, SchemaForm(), opened_at(request), failure=error.failure)
    page.enter(typed_fields(request))
    page.confirmation = typed_confirmation(request, environment, group)
    return page


def _validated(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return the problems of the schema being typed, and the fields that it adds."""
    dataset = load_recent_dataset(environment, group, entity)
    page = ReplacePage(
        environment,
        {"name": group, "domain": recent_domain(environment, group)},  # type: ignore[typeddict-item]
        entity,
        SchemaForm(initial={**request.POST.dict(), "source": NEW}),
        opened_at(request),
        described=dataset,
    )
    page.examine()
    return render(request, "datasets/schema_input.html#typed", {"page": page, "is_part": True})


def _replace(request: Request, page: ReplacePage, *, only_compares: bool) -> HttpResponse:
    """Replace the schema and redirect to the dataset; an earlier press of the same page counts too."""
    if not only_compares and _is_done(request, page):
        return _started(request, page)
    if page.obstacle:
        return show(request, page, status=409)
    try:
        schema_arn = _schema_arn(page, only_compares=only_compares)
        if only_compares:
            return show(request, page)
        _update(page, schema_arn)
    except SchemaError as error:
        page.form.add_error("schema_arn", str(error))
        return show(request, page, status=422)
    except PersonalizeError as error:
        if not _is_done_meanwhile(request, page):
            page.failure = error.failure
            return show(request, page, status=status_of(error.failure))
    return _started(request, page)


def _schema_arn(page: ReplacePage, *, only_compares: bool) -> str:
    """Return the ARN of the entered schema; a new one is created.

    Raise SchemaError if it cannot replace the current one, and PersonalizeError.
    """
    entered = page.form.cleaned_data
    if entered["source"] == EXISTING:
        schema = check_fits(page, entered["schema_arn"])
        page.added_by_chosen = added_fields(page.replaced, schema["schema"])
        if not only_compares and page.described and schema["schemaArn"] == page.described.description["schemaArn"]:
            raise SchemaError(SAME)
        return schema["schemaArn"]
    schema_arn = create_schema(page, entered["schema_name"], page.form.text)
    page.created_schema = entered["schema_name"]
    # The schema exists now, so the next press must use it.
    page.form.choose_existing(schema_arn)
    return schema_arn


def _update(page: ReplacePage, schema_arn: str) -> None:
    assert page.described is not None
    name, group = page.described.description["name"], page.group["name"]
    facts = {"schema": schema_arn.rpartition("/")[2]}
    replaces = recorded(
        Kind.SCHEMA_REPLACED, name, noun="dataset", environment=page.environment, group=group, facts=facts
    )
    try:
        with replaces:
            calls.update_dataset(page.environment, page.described.arn, schema_arn)
    finally:
        forget_dataset(page.environment, page.group["name"], page.entity, page.described.arn)


def _is_done(request: Request, page: ReplacePage) -> bool:
    """Return whether a press of this page has begun to replace the schema by the entered one."""
    update = page.described.description.get("latestDatasetUpdate") if page.described else None
    if not update or update.get("schemaArn") != page.schema_arn or "creationDateTime" not in update:
        return False
    return not update.get("status", "").endswith("FAILED") and is_of_this_page(request, update["creationDateTime"])


def _is_done_meanwhile(request: Request, page: ReplacePage) -> bool:
    """Return whether a call failed because another press of the same page, or a retry, has already done the same."""
    if not page.form.is_valid():
        return False
    try:
        page.described = load_dataset(page.environment, page.group["name"], page.entity)
    except PersonalizeError:
        # The page reports the failure of this press.
        return False
    return _is_done(request, page)


def _started(request: Request, page: ReplacePage) -> HttpResponse:
    assert page.described is not None
    name = page.schema_arn.rpartition("/")[2]
    said = f"The schema of the dataset {page.described.description['name']} is being replaced by {name}"
    by_entered = page.added if page.added_by_chosen is None else page.added_by_chosen
    added = [field.name for field in by_entered]
    # A second press compares with the new schema, so it adds no fields.
    more = f", which adds {', '.join(added)}" if added else ""
    messages.success(request, f"{said}{more}.")
    return redirect("dataset", page.environment.name, page.group["name"], page.entity)
