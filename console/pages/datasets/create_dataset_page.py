"""The page Create dataset: what it shows, and how it is rendered. Replace schema is made of it too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render

from console.pages.datasets.creating import inactive, opened_at
from console.pages.datasets.dataset_form import EXISTING, NEW, DatasetForm, SchemaForm
from console.pages.datasets.fitting_schemas import FittingSchemas, fitting_schemas, start_of, without_others
from console.pages.frame.guard import Confirmation, typed_confirmation
from console.pages.frame.requests import Request
from console.pages.frame.template_tags.labels import domain_words
from console.personalize import calls
from console.personalize.datasets import SECONDS_RECENT
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure
from console.records.entities import Entity
from console.records.pasted.detected import Detected
from console.records.pasted.schemas.detection import examine_schema
from console.records.schemas.dataset_types import RULES, TypeRules
from console.records.schemas.default_schemas import default_schema
from console.records.schemas.fields import Field
from console.records.schemas.schema_attributes import takes_textual, useful_kinds
from console.records.schemas.schema_input import SchemaValidation

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetGroupTypeDef, DatasetSummaryTypeDef


@dataclass(slots=True)
class Page:
    """What the page shows: the input, its problems, and why nothing was created.

    `group` is the dataset group as AWS describes it; where AWS does not, it is its name alone. `is_entered` says that
    the form has what a person entered. `created_schema` names a schema that exists, and whose dataset was not created,
    `reused_schema` one that existed already with the contents that a new one was to have.
    `detected` is what the text of the new schema is, where that is something else, and `used` what it was before its
    schema took its place. `schemas` are the existing ones to choose from, None where nobody asked for them;
    `is_listing` says that this request asks for them.
    """

    environment: Environment
    group: "DatasetGroupTypeDef"
    entity: Entity
    form: SchemaForm
    opened: datetime
    dataset: "DatasetSummaryTypeDef | None" = None
    validation: SchemaValidation = field(default_factory=SchemaValidation)
    detected: Detected | None = None
    used: Detected | None = None
    is_entered: bool = False
    is_listing: bool = False
    shows_problems: bool = False
    created_schema: str = ""
    reused_schema: str = ""
    notice: str = ""
    failure: Failure | None = None
    schemas: FittingSchemas | None = None
    confirmation: Confirmation | None = None
    # Only a page that replaces a schema compares one with it.
    added_by_chosen: Sequence[Field] | None = None
    template: ClassVar[str] = "datasets/create_dataset.html"

    @property
    def replaced(self) -> str:
        """The text of the schema that the one which is entered is to replace, "" for none."""
        return ""

    @property
    def domain(self) -> str:
        """The domain of the dataset group, "" for none."""
        return self.group.get("domain", "")

    @property
    def rules(self) -> TypeRules | None:
        """What the domain asks of the type's schema, None if that is not known."""
        return RULES.get(self.domain, {}).get(self.entity.dataset_type)

    @property
    def takes_textual(self) -> bool:
        """Whether a field of the schema may be textual."""
        return takes_textual(self.entity.dataset_type)

    @property
    def useful_kinds(self) -> str:
        """What at least one field beside the required ones is, in words."""
        return useful_kinds(self.entity.dataset_type)

    @property
    def obstacle(self) -> str:
        """Why no dataset of the type can be created in the dataset group."""
        return obstacle(self.group, self.entity, has_dataset=self.dataset is not None)

    @property
    def has_form(self) -> bool:
        """Whether the page has its form: what was entered is never taken away."""
        return self.is_entered or not self.obstacle

    @property
    def schema_arn(self) -> str:
        """The ARN of the schema that was entered; a new one need not exist yet."""
        entered = self.form.cleaned_data
        if entered["source"] == EXISTING:
            return str(entered["schema_arn"])
        before_name = self.group["datasetGroupArn"].rpartition(":dataset-group/")[0]
        return f"{before_name}:schema/{entered['schema_name']}"

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it is not known if the call that failed has created anything."""
        return self.failure is not None and self.failure.effect == Effect.UNCONFIRMED

    @property
    def read_first(self) -> str:
        """The first thing to read: a field by its name, the problems, or the alert above the form."""
        if self.notice or self.failure or self.obstacle:
            return "notice"
        if self.used:
            return "used"
        first = next((name for name in self.form.fields if name in self.form.errors), "")
        if not first and not self.shows_problems and self.confirmation and self.confirmation.problem:
            return "confirmation"
        return first or ("problems" if self.shows_problems else "schema_arn" if self.is_listing else "")

    def enter(self, typed: Mapping[str, str]) -> None:
        """Put what a person typed into the form, without validating it."""
        self.form, self.is_entered = type(self.form)(initial={**self.form.initial, **typed}), True

    def examine(self) -> None:
        """Find what is wrong with the text of the new schema, and what else it may be."""
        examined = examine_schema(self.entity, self.form.text, self.domain)
        self.validation, self.detected = examined.validation, examined.detected

    def use_detected(self) -> None:
        """Put the schema that the text was detected to have in the text's place, if it has one."""
        if self.detected and self.detected.text:
            self.used = self.detected
            self.enter({**{name: self.form[name].value() for name in self.form.fields}, "schema_text": self.used.text})
            self.examine()

    def look_for_dataset(self) -> None:
        """Find the dataset group's dataset of the type, if it has one; raise PersonalizeError."""
        datasets = calls.list_datasets(self.environment, self.group["datasetGroupArn"])
        own_type = self.entity.dataset_type
        self.dataset = next((each for each in datasets if each["datasetType"].upper() == own_type), None)


def obstacle(group: "DatasetGroupTypeDef", entity: Entity, *, has_dataset: bool) -> str:
    """Return why no dataset of a type can be created in a dataset group; "" if it can."""
    if has_dataset:
        return f"This dataset group already has {entity.a_dataset}, and can have only one."
    domain = group.get("domain", "")
    if domain in RULES and entity.dataset_type not in RULES[domain]:
        return (
            f"A dataset group in the domain {domain_words(domain)} cannot have {entity.a_dataset}. "
            "Create it in a dataset group without a domain."
        )
    return inactive(group, "A dataset")


def opened_page(request: Request, environment: Environment, group: str, entity: Entity) -> Page:
    """Return the page as it is opened: with the schema that the group's domain begins with. Raise PersonalizeError."""
    description = calls.describe_dataset_group(environment, group)
    text = default_schema(entity, description.get("domain", ""))
    form = DatasetForm(initial={"source": NEW, "schema_text": text})
    page = Page(environment, description, entity, form, opened_at(request))
    page.confirmation = typed_confirmation(request, environment, group)
    page.look_for_dataset()
    return page


def recent_domain(environment: Environment, group: str) -> str:
    """Return the domain of a dataset group, "" for none, as AWS said at most SECONDS_RECENT ago.

    Validating while somebody types must not ask AWS at every pause: its control plane throttles.
    """
    key = f"domain:{environment.name}:{group}"
    domain: str | None = cache.get(key)
    if domain is None:
        domain = calls.describe_dataset_group(environment, group).get("domain", "")
        cache.set(key, domain, SECONDS_RECENT)
    return domain


def is_asked_for_schemas(request: Request) -> bool:
    """Return whether htmx asks for the list of existing schemas only; other buttons get the whole page."""
    return bool(request.htmx) and request.POST.get("intent") not in ("create", "compare", "use")


def show(request: Request, page: Page, *, status: int = 200) -> HttpResponse:
    """Render the page, or for htmx the existing schemas alone, which are listed where one of them is to be chosen.

    What is wrong with the rest is said on the whole page only.
    """
    chosen = page.form.chosen_arn
    if page.failure and (not page.failure.has_answer or "datasetGroupArn" not in page.group):
        # AWS did not answer just now: nobody is to wait for that again.
        page.schemas = without_others(chosen, page.failure)
    elif page.has_form and (page.is_listing or not page.form.is_new):
        start = start_of(request.POST.get("schemas_from", ""))
        page.schemas = fitting_schemas(
            page.environment, page.entity, page.domain, start, chosen=chosen, replaced=page.replaced
        )
    template = "datasets/schema_input.html#existing_schemas" if is_asked_for_schemas(request) else page.template
    return render(request, template, {"page": page}, status=status)
