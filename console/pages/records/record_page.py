"""The page Create record(s) as a value: the input of a request, and its result."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from console.pages.datasets.tracking import why_not_sent
from console.pages.frame.guard import Confirmation
from console.pages.records.record_form import CARD_VIEWS, ShownCard, shown_cards
from console.pages.records.record_numbers import (
    CallResult,
    RecordResult,
    ReplacedByPress,
    StoredOfPress,
    results_of_calls,
)
from console.pages.records.record_table import record_table
from console.pages.records.request_panel import RequestPanel
from console.pages.records.response import Earlier
from console.pages.records.shown_problems import beside_controls, in_text
from console.pages.tables.grid import Grid
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import DescribedDataset
from console.personalize.environments import Environment
from console.personalize.errors import Failure
from console.records.entities import Entity
from console.records.form.form import read_form
from console.records.pasted.detected import Detected
from console.records.pasted.suggestions import Suggestion
from console.records.problems import Remark
from console.records.requests import with_session
from console.records.schemas.schema import Schema
from console.records.template import example_record
from console.records.validation.validation import Record
from console.storage.database_trouble import Trouble
from console.submissions.known.known_records import KnownVersion, made_at_of
from console.submissions.models import Outcome, Submission, dataset_key
from console.submissions.presses.attempts import is_accepted, is_lost, representative
from console.submissions.presses.under_way import is_any_under_way

VIEWS = ("json", *CARD_VIEWS)
EARLIER = "Nothing was sent. An earlier response is shown."
UNSUCCESSFUL = {
    Outcome.REFUSED: "Error, the records were not created.",
    Outcome.NOT_SENT: "Error, the records were not created.",
    Outcome.UNCONFIRMED: "Error, the result is not known.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The state of the page: the text, as JSON or as a form, and the result of the request.

    `typed` are the typed fields of a request; those of a form become text only once the schema is known. `intent` is
    the value of the pressed button. `has_other_dataset`: the dataset group has a dataset of the other type that the
    text was detected as. `opened_for` is the destination when the page was opened, if the request carries it.
    `records` are those of a valid text. `to_import` is the number of records of a text that has too many to send at
    once: 0 if it is too long to count, None if there are none to import. `calls` are the submissions of the press,
    `stored` what the local service stores of them, where it can be asked, and `replaced` what they replaced.
    `earlier` is why they are of an earlier press; `earlier_environment` is their environment, if the person may see
    it. `choices` are the versions of `known_record` to choose from, and `like` known ids similar to an unknown one;
    `not_loaded` is why nothing was loaded. `said` is what was loaded, at `loaded_line` of the text. `turned` is the
    detected format of a text that was turned into records instead of being sent. `trouble` is why the database did
    not accept the submission. `is_untouched`: nothing is filled in yet. `address` is the page's new address in the
    browser.
    """

    environment: Environment
    group: str
    entity: Entity
    typed: dict[str, str] = field(default_factory=dict)
    text: str = ""
    view: str = VIEWS[0]
    intent: str = ""
    key: UUID = field(default_factory=uuid4)
    opened_for: str = ""
    known_record: str = ""
    confirmation: Confirmation | None = None
    dataset: DescribedDataset | None = None
    records: tuple[Record, ...] = ()
    to_import: int | None = None
    problems: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    cards: tuple[ShownCard, ...] = ()
    detected: Detected | None = None
    turned: Detected | None = None
    suggestions: tuple[Suggestion, ...] = ()
    has_other_dataset: bool = False
    request: RequestPanel | None = None
    calls: tuple[Submission, ...] = ()
    stored: StoredOfPress | None = None
    replaced: ReplacedByPress | None = None
    earlier: Earlier | None = None
    earlier_environment: Environment | None = None
    failure: Failure | None = None
    trouble: Trouble | None = None
    notice: str = ""
    choices: tuple[KnownVersion, ...] = ()
    like: tuple[str, ...] = ()
    not_loaded: str = ""
    said: str = ""
    loaded_line: int = 0
    shows_problems: bool = False
    is_unfinished: bool = False
    is_untouched: bool = False
    is_valid: bool = False
    is_changed: bool = False
    renews_editor: bool = False
    address: str = ""
    status: int = 200

    @property
    def submission(self) -> Submission | None:
        """The submission that represents the press; None if there is none."""
        return representative(self.calls) if self.calls else None

    @property
    def sent_records(self) -> tuple[Record, ...]:
        """The records as a press of the page sends them: events without a session get one made from the key."""
        if not self.entity.is_event:
            return self.records
        return tuple(
            replace(record, properties=with_session(record.entity, record.record_id, record.properties, self.key))
            for record in self.records
        )

    @property
    def gets_new_sessions(self) -> bool:
        """Whether a press makes sessions for some of the events."""
        return self.sent_records != self.records

    @property
    def place(self) -> dict[str, str]:
        """Where this page's records go, by field name of a submission; the dataset is known."""
        assert self.dataset is not None
        return {
            "endpoint": endpoint_of(self.environment),
            "environment": self.environment.name,
            "dataset_group": self.group,
            "dataset_arn": self.dataset.arn,
        }

    @property
    def example(self) -> str:
        """A complete record as an example; "" if the schema cannot be read."""
        return example_record(self.schema) if self.schema else ""

    @property
    def is_form(self) -> bool:
        """Return whether Record input is shown as cards or as a table."""
        return self.view in CARD_VIEWS

    @property
    def is_table(self) -> bool:
        """Return whether the form is a table."""
        return self.view == "table"

    @property
    def table(self) -> Grid | None:
        """The records as a table; None if the schema is unknown."""
        return record_table(self.schema, self.cards) if self.schema else None

    @property
    def is_typing(self) -> bool:
        """Return whether the text is being validated while somebody types, without a press."""
        return self.intent == "typing"

    @property
    def has_detected_in_problems(self) -> bool:
        """Return whether the only problem is the format of the text, which explains more than a JSON error."""
        return self.shows_problems and self.detected is not None and self.detected.is_other_format

    @property
    def leads_to_editor(self) -> bool:
        """Return whether a button changed the record input and nothing else on the page needs reading."""
        return (self.is_changed or self.renews_editor) and not (self.notice or self.not_loaded or self.turned)

    @property
    def announcement(self) -> str:
        """What a screen reader announces of problems and of a failed request.

        A partial success announces itself. Other failures are alerts, which are read out anyway.
        """
        if self.shows_problems:
            count = len(self.problems)
            return f"Error, {count} problem{'' if count == 1 else 's'}."
        if self.shows_earlier_success:
            return EARLIER
        if self.submission is None or self.intent != "create":
            return ""
        if self.accepted_count and not self.has_success:
            verb = "was" if self.accepted_count == 1 else "were"
            return f"Error, {self.accepted_count} of {len(self.calls)} calls {verb} accepted."
        return UNSUCCESSFUL.get(self.submission.shown_outcome, "")

    @property
    def has_success(self) -> bool:
        """Return whether the page shows the Response of a successful press, current or earlier."""
        return is_accepted(self.calls)

    @property
    def is_under_way(self) -> bool:
        """Return whether a call of the press may still get a response."""
        return is_any_under_way(self.calls)

    @property
    def has_lost_calls(self) -> bool:
        """Return whether records accepted from the press have since been lost, so which are missing is unknown."""
        made_at = self.made_at
        accepted = [call for call in self.calls if call.outcome == Outcome.CREATED]
        return not self.has_success and any(is_lost(call, made_at) for call in accepted)

    @property
    def results(self) -> list[tuple[RecordResult, Outcome]]:
        """The outcome of each record of the press, in the order of the text; records not in the text are last."""
        results = [(record, result.call.shown_outcome) for result in self.call_results for record in result.records]
        return sorted(results, key=lambda result: result[0].number or len(results) + len(self.records) + 1)

    @property
    def call_results(self) -> list[CallResult]:
        """The calls of the press, with the numbers of their records in the text."""
        return results_of_calls(self.calls, self.records, self.stored, self.replaced)

    @property
    def not_sent_because(self) -> str:
        """Return why events cannot be sent to an event tracker now; "" if they can."""
        return why_not_sent(self.dataset) if self.dataset else ""

    @property
    def is_recorded(self) -> bool:
        """Return whether the trail has the response to every call of the press."""
        return all(call.is_recorded for call in self.calls)

    @property
    def accepted_count(self) -> int:
        """How many of the calls were accepted."""
        return sum(call.outcome == Outcome.CREATED for call in self.calls)

    @property
    def shows_earlier_success(self) -> bool:
        """Return whether the Response is of an earlier accepted press, and nothing was sent.

        For events it may have been accepted in part: a key sends only the missing part of its text.
        """
        return self.earlier is not None and (self.has_success or self.earlier is not Earlier.SHOWN_AGAIN)

    @property
    def is_sent(self) -> bool:
        """Return whether a successful submission, current or earlier, has sent the page's text."""
        return self.has_success and self.earlier in (None, Earlier.SHOWN_AGAIN, Earlier.SAME_TEXT)

    @property
    def destination(self) -> str:
        """Where this page's records go, as `dataset_key` returns it; "" if that is unknown."""
        return dataset_key(endpoint_of(self.environment), self.dataset.arn) if self.dataset else ""

    @property
    def made_at(self) -> datetime | None:
        """When the dataset was created, if that is known."""
        return made_at_of(self.dataset.description) if self.dataset else None

    @property
    def schema(self) -> Schema | None:
        """The dataset's schema, if it is known."""
        return self.dataset.schema if self.dataset else None


def view_of(name: str | None) -> str:
    """Return the view named in a request."""
    return name if name in VIEWS else VIEWS[0]


def as_shown(page: Page) -> Page:
    """Return the page with its problems as sentences, and in the view Form with its cards.

    A text that cannot be shown as a form is shown as JSON, with the reason. Empty records have no problems until a
    button is pressed.
    """
    schema = page.schema
    if schema is None or not (page.is_form or page.problems):
        return page
    form = read_form(schema, page.text)
    if page.is_form and form.refusal:
        page = replace(page, view="json", renews_editor=True, notice=page.notice or form.refusal)
    if not page.shows_problems and form.cards and all(card.is_empty for card in form.cards):
        page = replace(page, problems=(), is_untouched=True)
    if not page.is_form:
        return replace(page, problems=in_text(form.cards, page.problems))
    problems = beside_controls(form.cards, page.problems)
    return replace(
        page,
        problems=problems,
        warnings=beside_controls(form.cards, page.warnings),
        cards=tuple(shown_cards(schema, form.cards, problems, is_finished=page.shows_problems)),
    )
