"""The Users dataset of a dataset group: its details and its schema."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.datasets.users_panel import TABLE, users_panel
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.frame.permissions import RECORDS, why_not_create
from console.pages.frame.template_tags.labels import status_words
from console.pages.tables.polling import ask_later, patient, waiting_for
from console.personalize import calls
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError
from console.records.entities import USERS
from console.records.schemas.schema import Schema, SchemaError, read_users_schema

SECONDS_RECENT = 30
SECONDS_BESIDE = 3.0


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
    def fingerprint(self) -> str:
        """What tells this schema's text from another one."""
        return hashlib.sha256(self.schema_description["schema"].encode(errors="replace")).hexdigest()[:16]

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
    dataset = _describe_dataset(environment, group)
    description = calls.describe_schema(environment, dataset["schemaArn"])
    cache.set(_cache_key(environment, group), (dataset, description), SECONDS_RECENT)
    return _read(dataset, description)


def _describe_dataset(environment: Environment, group: str) -> Any:
    """Return the description of a group's Users dataset: by the ARN that AWS gives it, or by looking for it."""
    try:
        return calls.describe_dataset(environment, calls.dataset_arn(environment, group, USERS))
    except NotFoundError:
        pass
    # ListDatasets need not say that a group does not exist, so that is asked of the group itself.
    group_arn = calls.describe_dataset_group(environment, group)["datasetGroupArn"]
    summaries = calls.list_datasets(environment, group_arn)
    summary = next((each for each in summaries if each["datasetType"].upper() == "USERS"), None)
    if summary is None:
        raise NotFoundError(_no_users_dataset(group))
    return calls.describe_dataset(environment, summary["datasetArn"])


def load_recent_users_dataset(environment: Environment, group: str) -> UsersDataset:
    """Return the Users dataset as it was described a moment ago, or as `load_users_dataset` does.

    Judging while somebody types must not ask AWS at every pause: its control plane throttles.
    """
    recent = cache.get(_cache_key(environment, group))
    return _read(*recent) if recent else load_users_dataset(environment, group)


def describe_recent(environment: Environment, group: str, arn: str) -> Any:
    """Return the description of a dataset group's Users dataset of an ARN, as of a moment ago; raise PersonalizeError.

    For pages that have much to show without it: it is not waited for as long as for what a page is about.
    """
    recent = cache.get(_cache_key(environment, group))
    # The local service answers at once, and others delete datasets there while pages are looked at.
    if recent and recent[0]["datasetArn"] == arn and not environment.is_local:
        return recent[0]
    with for_seconds(SECONDS_BESIDE):
        return calls.describe_dataset(environment, arn)


def _cache_key(environment: Environment, group: str) -> str:
    return f"users-dataset:{environment.name}:{group}"


def _read(dataset: Any, description: Any) -> UsersDataset:
    try:
        return UsersDataset(dataset, description, read_users_schema(description["schema"]), "")
    except SchemaError as error:
        return UsersDataset(dataset, description, None, str(error))


@environment_page(GROUP + "datasets/users/", "Users dataset", parent="datasets", table=TABLE)
@patient
def users_dataset(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Show the Users dataset's details and schema, and the users that the local service holds in it."""
    found = load_users_dataset(environment, group)
    waiting = waiting_for(request, (found.dataset["name"], found.dataset["status"]))
    if waiting.has_no_news:
        return ask_later(request)
    context = {
        "waiting": waiting,
        "users_dataset": found,
        "panel": users_panel(request, found.arn) if environment.is_local else None,
        "no_records_because": _no_records_because(request, environment, found),
    }
    return render(request, "datasets/users_dataset.html", context)


def _no_records_because(request: HttpRequest, environment: Environment, users_dataset: UsersDataset) -> str:
    """Return why a person cannot create records in a dataset; "" if nothing is in the way."""
    reason = why_not_create(request.user, environment, RECORDS)
    if reason:
        return reason
    status = users_dataset.dataset["status"]
    if status != "ACTIVE":
        return f"The dataset has the status {status_words(status)}. Records can be created when it is Active."
    if users_dataset.schema is None:
        return "The schema of this dataset cannot be read."
    return ""


def _no_users_dataset(group: str) -> Failure:
    return Failure(
        Effect.NOT_SENT,
        f"The dataset group {group} has no Users dataset.",
        "Create a Users dataset in it, or choose another dataset group.",
    )
