"""The schemas of an environment with which a dataset of a type can be created."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.core.cache import cache

from console.pages.frame.template_tags.labels import domain_words
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.errors import Failure, NotFoundError, PersonalizeError
from console.records.entities import Entity
from console.records.schemas.schema_input import validate_schema_input

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetSchemaSummaryTypeDef

# Each schema takes a call of its own, and AWS lets an account have 500 of them.
SCHEMAS_AT_A_TIME = 50
SECONDS_KEPT = 3600
OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FittingSchemas:
    """A batch of schemas to choose from, by ARN and name, newest first, beginning at the position `start`.

    `newer` and `older` are the positions of the neighbouring batches, if any. `failure` is why they are unknown.
    """

    choices: tuple[tuple[str, str], ...] = ()
    start: int = 0
    newer: int | None = None
    older: int | None = None
    failure: Failure | None = None


def fitting_schemas(
    environment: Environment, entity: Entity, domain: str, start: int, *, chosen: str, replaced: str = ""
) -> FittingSchemas:
    """Return the schemas of a domain, "" for none, that are valid for a type, and always the chosen one.

    If `replaced`, the text of a schema, is given, only those that can replace it.
    """
    try:
        summaries = [summary for summary in calls.list_schemas(environment) if summary.get("domain", "") == domain]
        summaries.sort(key=lambda summary: summary.get("creationDateTime", OLDEST), reverse=True)
        end = start + SCHEMAS_AT_A_TIME
        fitting = [
            summary for summary in summaries[start:end] if _fits(environment, summary, entity, domain, replaced)
        ]
        fitting_choices = tuple((summary["schemaArn"], summary["name"]) for summary in fitting)
    except PersonalizeError as error:
        return without_others(chosen, error.failure)
    choices = (
        fitting_choices
        if any(arn == chosen for arn, _name in fitting_choices)
        else (*_alone(chosen), *fitting_choices)
    )
    newer = max(0, start - SCHEMAS_AT_A_TIME) if start else None
    return FittingSchemas(choices, start, newer, end if end < len(summaries) else None)


def without_others(chosen: str, failure: Failure) -> FittingSchemas:
    """Return only the chosen schema, since a failure keeps the other schemas unknown."""
    return FittingSchemas(_alone(chosen), failure=failure)


def _alone(chosen: str) -> tuple[tuple[str, str], ...]:
    return ((chosen, chosen.rpartition("/")[2]),) if chosen else ()


def why_unfit(text: str, schema_domain: str, entity: Entity, domain: str, replaced: str = "") -> str:
    """Return why a schema does not fit a dataset type in a group with a domain; "" if it fits.

    `replaced` is the text of the schema that it would replace, "" for none.
    """
    if schema_domain != domain:
        domains = f"{domain_words(schema_domain)}, and the dataset group's is {domain_words(domain)}"
        return f"Its domain is {domains}."
    problems = validate_schema_input(entity, text, domain, replaced).problems
    return problems[0].sentence if problems else ""


def start_of(text: str) -> int:
    """Return the position that a request names; 0 if it names none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _fits(
    environment: Environment, summary: "DatasetSchemaSummaryTypeDef", entity: Entity, domain: str, replaced: str
) -> bool:
    # A schema never changes; a later one of the same name has another creation date.
    date = summary.get("creationDateTime", OLDEST).timestamp()
    named = f"{environment.name} {summary['schemaArn']} {date}"
    key = f"schema:{hashlib.sha256(named.encode()).hexdigest()}"
    text = cache.get(key)
    if text is None:
        try:
            text = calls.describe_schema(environment, summary["schemaArn"])["schema"]
        except PersonalizeError as error:
            if isinstance(error, NotFoundError):
                return False
            raise
        cache.set(key, text, SECONDS_KEPT)
    return not why_unfit(text, domain, entity, domain, replaced)
