"""Create record(s): validates the typed records, sends them, and shows the Response."""

from dataclasses import replace
from uuid import uuid4

from django.http import HttpResponse

from console.pages.frame.decorators import DATASET, READ_AND_POST, environment_page
from console.pages.frame.guard import typed_confirmation
from console.pages.frame.registry import TypedFields
from console.pages.frame.requests import Request, uuid_of
from console.pages.frame.typed_text import typed_fields
from console.pages.records.buttons import pressed, with_last_response
from console.pages.records.known_ids import answer_typing
from console.pages.records.opening import opened
from console.pages.records.record_form import CARD_FIELD, typed_text
from console.pages.records.record_page import Page, view_of
from console.pages.records.rendering import render
from console.pages.records.response import end_news
from console.personalize.datasets import load_dataset
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.records.entities import Entity

# Form fields with typed content: the text, its view and the schema of its cards; the fields of cards are added. The
# page's key and destination are kept as well, so that what was sent before a session ended is neither sent again
# unnoticed nor sent to another account.
TYPED = ("record_input", "view", "schema", "key", "destination")
FORM_EXPIRED = "This page was open for too long, so nothing was sent. Check the text and create the records again."


def give_back(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return the page for the person's own expired POST: the text is shown again and nothing is sent."""
    page = replace(parse(request, environment, group, entity), intent="", notice=FORM_EXPIRED, status=403)
    try:
        page = replace(page, dataset=load_dataset(environment, group, entity))
    except PersonalizeError as error:
        page = replace(page, failure=error.failure)
    if page.schema:
        page = replace(page, text=typed_text(page.schema, page.typed))
    return render(request, with_last_response(request, page))


@environment_page(
    DATASET + "create-records/",
    "Create {entity.title} record(s)",
    parent="dataset",
    methods=READ_AND_POST,
    typed=TypedFields(TYPED, give_back, pattern=CARD_FIELD),
)
def create_records(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show Record input; on POST validate, edit or send the records, depending on the button."""
    if request.method == "POST" and request.POST.get("intent") == "find":
        return answer_typing(request, environment, group, entity)
    if request.method == "POST":
        return render(request, pressed(request, parse(request, environment, group, entity)))
    page = opened(request, environment, group, entity)
    return end_news(request, render(request, page), page.submission)


def parse(request: Request, environment: Environment, group: str, entity: Entity) -> Page:
    """Return a page with the fields of a POST. A form's text is made later, because that takes the schema."""
    typed = typed_fields(request)
    # A key is renewed only once it is retired, not by buttons that send nothing: an earlier answer may have been lost.
    key, destination = uuid_of(typed.pop("key", "")), typed.pop("destination", "")
    return Page(
        environment=environment,
        group=group,
        entity=entity,
        typed=typed,
        text=typed.get("record_input", ""),
        view=view_of(typed.get("view")),
        intent=request.POST.get("intent", "validate"),
        key=key or uuid4(),
        opened_for=destination,
        known_record=request.POST.get("known_record", ""),
        confirmation=typed_confirmation(request, environment, group),
    )
