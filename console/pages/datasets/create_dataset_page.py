"""The page Create dataset: its state and rendering, which Replace schema shares."""

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
    """The state of the page: the input, its problems, and why nothing was created.

    `group` is the dataset group as AWS describes it, or only its name if AWS does not. `is_entered`: the form has a
    person's input. `created_schema` names a schema that was created while its dataset was not, `reused_schema` an
    existing one with the contents of the new one. `detected` is the format of the new schema's text if that is not a
    schema, and `used` the format of the text that a detected schema replaced. `schemas` are the existing ones to
    choose from, None if not requested; `is_listing`: this request asks for them.
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
    # Set only by Replace schema, which compares the chosen schema with the current one.
    added_by_chosen: Sequence[Field] | None = None
    template: ClassVar[str] = "datasets/create_dataset.html"

    @property
    def replaced(self) -> str:
        """The text of the schema that the entered one would replace; "" for none."""
        return ""

    @property
    def domain(self) -> str:
        """The domain of the dataset group, "" for none."""
        return self.group.get("domain", "")

    @property
    def rules(self) -> TypeRules | None:
        """The domain's requirements on the type's schema; None if unknown."""
        return RULES.get(self.domain, {}).get(self.entity.dataset_type)

    @property
    def takes_textual(self) -> bool:
        """Whether a field of the schema may be textual."""
        return takes_textual(self.entity.dataset_type)

    @property
    def useful_kinds(self) -> str:
        """The kinds of fields, in words, of which a schema needs one besides its required fields."""
        return useful_kinds(self.entity.dataset_type)

    @property
    def obstacle(self) -> str:
        """Why no dataset of the type can be created in the dataset group."""
        return obstacle(self.group, self.entity, has_dataset=self.dataset is not None)

    @property
    def has_form(self) -> bool:
        """Whether the page shows its form: input is never discarded."""
        return self.is_entered or not self.obstacle

    @property
    def schema_arn(self) -> str:
        """The ARN of the entered schema; a new one may not exist yet."""
        entered = self.form.cleaned_data
        if entered["source"] == EXISTING:
            return str(entered["schema_arn"])
        before_name = self.group["datasetGroupArn"].rpartition(":dataset-group/")[0]
        return f"{before_name}:schema/{entered['schema_name']}"

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the failed call may have created something."""
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
        """Put a person's input into the form without validating it."""
        self.form, self.is_entered = type(self.form)(initial={**self.form.initial, **typed}), True

    def examine(self) -> None:
        """Find the problems of the new schema's text, and detect its format."""
        examined = examine_schema(self.entity, self.form.text, self.domain)
        self.validation, self.detected = examined.validation, examined.detected

    def use_detected(self) -> None:
        """Replace the text by the schema detected in it, if any."""
        if self.detected and self.detected.text:
            self.used = self.detected
            self.enter({**{name: self.form[name].value() for name in self.form.fields}, "schema_text": self.used.text})
            self.examine()

    def look_for_dataset(self) -> None:
        """Find the dataset group's dataset of the type, if it has one; raise PersonalizeError."""
        datasets = calls.list_datasets(self.environment, self.group["datasetGroupArn"])
        own_type = self.entity.dataset_type
        self.dataset = next((summary for summary in datasets if summary["datasetType"].upper() == own_type), None)


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
    """Return the newly opened page, with the default schema of the group's domain; raise PersonalizeError."""
    description = calls.describe_dataset_group(environment, group)
    text = default_schema(entity, description.get("domain", ""))
    form = DatasetForm(initial={"source": NEW, "schema_text": text})
    page = Page(environment, description, entity, form, opened_at(request))
    page.confirmation = typed_confirmation(request, environment, group)
    page.look_for_dataset()
    return page


def recent_domain(environment: Environment, group: str) -> str:
    """Return the domain of a dataset group, "" for none, cached for SECONDS_RECENT.

    Validation while typing must not ask AWS at every pause: its control plane throttles.
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
    """Render the page, or for htmx only the existing schemas, which are listed if one is to be chosen.

    Problems with other fields appear only on the whole page.
    """
    chosen = page.form.chosen_arn
    if page.failure and (not page.failure.has_answer or "datasetGroupArn" not in page.group):
        # AWS has just failed to answer: do not make the person wait for it again.
        page.schemas = without_others(chosen, page.failure)
    elif page.has_form and (page.is_listing or not page.form.is_new):
        start = start_of(request.POST.get("schemas_from", ""))
        page.schemas = fitting_schemas(
            page.environment, page.entity, page.domain, start, chosen=chosen, replaced=page.replaced
        )
    template = "datasets/schema_input.html#existing_schemas" if is_asked_for_schemas(request) else page.template
    return render(request, template, {"page": page}, status=status)
