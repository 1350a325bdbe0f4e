"""The page Create dataset: what it shows, and how it is rendered."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from console.pages.dataset_form import EXISTING, NEW, DatasetForm
from console.pages.fitting_schemas import FittingSchemas, fitting_schemas, start_of, without_others
from console.pages.words import status_words
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.failures import Effect, Failure
from console.records.default_schemas import default_users_schema
from console.records.schema_input import SchemaJudgement

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetGroupTypeDef, DatasetSummaryTypeDef


@dataclass(slots=True)
class Page:
    """What the page shows: what was entered, what is wrong with it, and why nothing was created.

    `group` is the dataset group as AWS describes it; where AWS does not, it is its name alone.
    `created_schema` names a schema that exists, and whose dataset was not created. `start` is the position of the
    first of the existing schemas to choose from.
    """

    environment: Environment
    group: "DatasetGroupTypeDef"
    form: DatasetForm
    opened: datetime
    users_dataset: "DatasetSummaryTypeDef | None" = None
    judgement: SchemaJudgement = field(default_factory=SchemaJudgement)
    shows_problems: bool = False
    created_schema: str = ""
    failure: Failure | None = None
    schemas: FittingSchemas = field(default_factory=FittingSchemas)

    @property
    def domain(self) -> str:
        """The domain of the dataset group, "" for none."""
        return self.group.get("domain", "")

    @property
    def obstacle(self) -> str:
        """Why no Users dataset can be created in the dataset group."""
        return obstacle(self.group, has_users_dataset=self.users_dataset is not None)

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
        """What the eye is to be led to: a field's name, the problems, or what is said above the form."""
        if self.failure or self.obstacle:
            return "notice"
        first = next((name for name in self.form.fields if name in self.form.errors), "")
        return first or ("problems" if self.shows_problems else "")

    def look_for_users_dataset(self) -> None:
        """Find the dataset group's Users dataset, if it has one; raise PersonalizeError."""
        datasets = calls.list_datasets(self.environment, self.group["datasetGroupArn"])
        self.users_dataset = next((each for each in datasets if each["datasetType"].upper() == "USERS"), None)


def obstacle(group: "DatasetGroupTypeDef", *, has_users_dataset: bool) -> str:
    """Return why no Users dataset can be created in a dataset group; "" if it can."""
    if has_users_dataset:
        return "This dataset group has a Users dataset already, and it can have one only."
    if group.get("status", "ACTIVE") != "ACTIVE":
        status = status_words(group["status"])
        return f"This dataset group has the status {status}. A dataset can be created once it is Active."
    return ""


def opened_page(environment: Environment, group: str) -> Page:
    """Return the page as it is opened: with the schema that the group's domain begins with. Raise PersonalizeError."""
    description = calls.describe_dataset_group(environment, group)
    text = default_users_schema(description.get("domain", ""))
    page = Page(environment, description, DatasetForm(initial={"source": NEW, "schema_text": text}), timezone.now())
    page.look_for_users_dataset()
    return page


def show(request: HttpRequest, page: Page, *, status: int = 200) -> HttpResponse:
    """Render the page, with the existing schemas to choose from."""
    chosen = page.form.chosen_arn
    if page.failure and (page.is_unconfirmed or "datasetGroupArn" not in page.group):
        # AWS did not answer just now: nobody is to wait for that again.
        page.schemas = without_others(chosen, page.failure)
    else:
        start = start_of(request.POST.get("schemas_from", ""))
        page.schemas = fitting_schemas(page.environment, page.domain, start, chosen=chosen)
    return render(request, "create_dataset.html", {"page": page}, status=status)
