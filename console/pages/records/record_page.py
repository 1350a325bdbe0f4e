"""The page Create record(s): what it shows, and how it is rendered."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from console.pages.frame.guard import Confirmation
from console.pages.frame.permissions import RECORDS, why_not_create
from console.pages.frame.requests import Request
from console.pages.records.record_form import ShownCard, placed, shown_cards
from console.pages.records.request_panel import RequestPanel
from console.pages.records.response import Earlier
from console.people.roles import may_see_properties
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import DescribedDataset
from console.personalize.environments import Environment
from console.personalize.errors import Failure
from console.records.entities import Entity
from console.records.form.form import read_form
from console.records.pasted.detection import Recognised
from console.records.problems import Remark
from console.records.schemas.schema import Schema
from console.submissions.known_records import KnownVersion
from console.submissions.models import Outcome, Submission, dataset_key

VIEWS = ("json", "form")
EARLIER = "Nothing was sent. An earlier response is shown."
UNSUCCESSFUL = {
    Outcome.REFUSED: "Error, the records were not created.",
    Outcome.NOT_SENT: "Error, the records were not created.",
    Outcome.UNCONFIRMED: "Error, the result is not known.",
}


@dataclass(slots=True)
class Page:
    """What the page shows: the text, as JSON or as a form, and what came of it.

    `typed` are the fields of a request that could not be read as a text, since the schema is not known. `earlier` says
    why the submission is of an earlier press; `earlier_environment` is its environment, if the person may see it.
    `opened_for` is where records went when the page was opened, as far as a request carries that. `choices` are the
    versions of the record `known_record` that can be loaded, where the person is to choose.
    """

    environment: Environment
    group: str
    entity: Entity
    typed: dict[str, str] = field(default_factory=dict)
    text: str = ""
    view: str = "json"
    dataset: DescribedDataset | None = None
    cards: list[ShownCard] = field(default_factory=list)
    problems: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    shows_problems: bool = False
    is_unfinished: bool = False
    recognised: Recognised | None = None
    request: RequestPanel | None = None
    submission: Submission | None = None
    earlier: Earlier | None = None
    earlier_environment: Environment | None = None
    failure: Failure | None = None
    notice: str = ""
    known_record: str = ""
    opened_for: str = ""
    choices: list[KnownVersion] = field(default_factory=list)
    is_valid: bool = False
    is_typing: bool = False
    is_changed: bool = False
    renews_editor: bool = False
    status: int = 200
    key: UUID = field(default_factory=uuid4)
    confirmation: Confirmation | None = None

    @property
    def is_form(self) -> bool:
        """Say whether Record input is shown as a form."""
        return self.view == "form"

    @property
    def leads_to_editor(self) -> bool:
        """Say whether the eye goes to Record input next, since a button changed it and nothing else is to be read."""
        return (self.is_changed or self.renews_editor) and not self.notice

    @property
    def announcement(self) -> str:
        """What a screen reader says at once of problems and of a request that was not successful.

        What else can be wrong is an alert, which is read aloud by itself.
        """
        if self.shows_problems:
            count = len(self.problems)
            return f"Error, {count} problem{'' if count == 1 else 's'}."
        if self.shows_earlier_success:
            return EARLIER
        return UNSUCCESSFUL.get(self.submission.shown_outcome, "") if self.submission else ""

    @property
    def shows_earlier_success(self) -> bool:
        """Say whether the Response is of an earlier press that was successful, where nothing was sent."""
        is_created = self.submission is not None and self.submission.outcome == Outcome.CREATED
        return is_created and self.earlier is not None

    @property
    def is_sent(self) -> bool:
        """Say whether the text of the page is what a successful submission has sent, now or earlier."""
        is_created = self.submission is not None and self.submission.outcome == Outcome.CREATED
        return is_created and self.earlier in (None, Earlier.SHOWN_AGAIN, Earlier.SAME_TEXT)

    def renew_key(self) -> None:
        """Give the page a new key: the next press sends anew."""
        self.key = uuid4()

    @property
    def destination(self) -> str:
        """Where the records of this page go, as `dataset_key` has it, "" where that is not known."""
        return dataset_key(endpoint_of(self.environment), self.dataset.arn) if self.dataset else ""

    @property
    def schema(self) -> Schema | None:
        """The dataset's schema, as far as it is known."""
        return self.dataset.schema if self.dataset else None


def view_of(name: str | None) -> str:
    """Return the view of a name that a request carries."""
    return name if name in VIEWS else VIEWS[0]


def show(request: Request, page: Page, *, part: str = "answer") -> HttpResponse:
    """Render the page, or the part that htmx swaps."""
    if page.is_form and page.schema:
        read_cards(page, page.schema)
    is_part = bool(request.htmx and not request.htmx.history_restore_request)
    template = f"records/create_records.html#{part}" if is_part else "records/create_records.html"
    draft = f"{request.user.get_username()} {page.environment.name} {page.group} {page.entity.slug}"
    context = {
        "page": page,
        "is_part": is_part,
        "draft": draft,
        "may_see_properties": may_see_properties(request.user, page.environment),
        "no_records_because": why_not_create(request.user, page.environment, RECORDS),
    }
    response = render(request, template, context, status=page.status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def read_cards(page: Page, schema: Schema) -> None:
    """Make the cards of the page's text; a text that has none is shown as JSON, with the reason."""
    form = read_form(schema, page.text)
    if form.refusal:
        page.view, page.renews_editor = "json", True
        page.notice = page.notice or form.refusal
        return
    page.problems = placed(form.cards, page.problems)
    page.warnings = placed(form.cards, page.warnings)
    page.cards = shown_cards(schema, form.cards, page.problems, is_finished=page.shows_problems)
