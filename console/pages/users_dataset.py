"""The Users dataset of a dataset group: its details and its schema."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.shell import environment_page
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.failures import Effect, Failure, PersonalizeError
from console.records.schema import Schema, SchemaError, read_users_schema


@dataclass(frozen=True, slots=True)
class UsersDataset:
    """A Users dataset as AWS describes it, and its schema as it is read; `schema_error` says why it cannot be."""

    dataset: Any
    schema_description: Any
    schema: Schema | None
    schema_error: str

    @property
    def arn(self) -> str:
        """The dataset's ARN."""
        arn: str = self.dataset["datasetArn"]
        return arn

    @property
    def schema_json(self) -> str:
        """The schema's Avro JSON, laid out; the text as it is if it is not JSON."""
        text: str = self.schema_description["schema"]
        try:
            # In ASCII: half of a surrogate pair, which JSON can name, could not be sent to a browser.
            return json.dumps(json.loads(text), indent=2)
        except (ValueError, RecursionError):
            return text.encode(errors="replace").decode()


def load_users_dataset(environment: Environment, group: str) -> UsersDataset:
    """Return the Users dataset of a dataset group; raise PersonalizeError, also if the group has none."""
    group_arn = calls.dataset_group_arn(environment, group)
    summaries = calls.list_datasets(environment, group_arn)
    summary = next((each for each in summaries if each["datasetType"].upper() == "USERS"), None)
    if summary is None:
        raise PersonalizeError(_no_users_dataset(group))
    dataset = calls.describe_dataset(environment, summary["datasetArn"])
    description = calls.describe_schema(environment, dataset["schemaArn"])
    try:
        return UsersDataset(dataset, description, read_users_schema(description["schema"]), "")
    except SchemaError as error:
        return UsersDataset(dataset, description, None, str(error))


@environment_page("Users dataset")
def users_dataset(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Show the Users dataset's details and schema."""
    return render(request, "users_dataset.html", {"users_dataset": load_users_dataset(environment, group)})


def _no_users_dataset(group: str) -> Failure:
    return Failure(
        Effect.NOT_SENT,
        f"The dataset group {group} has no Users dataset.",
        "Create a Users dataset in it, or choose another dataset group.",
        code="ResourceNotFoundException",
    )
