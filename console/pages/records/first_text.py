"""What Record input opens with: what was typed for a submission, a record that is known, or the template."""

from uuid import UUID

from console.pages.frame.requests import Request
from console.pages.records.known_record import Loading, load_known
from console.pages.records.stored_record import stored_text
from console.pages.submissions.submission_filters import submissions_to
from console.people.roles import may_see_properties
from console.personalize.datasets import DescribedDataset
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.records.schemas.schema import Schema
from console.records.template import record_template


def sent_text(request: Request, environment: Environment, group: str, entity: Entity, submission: UUID | None) -> str:
    """Return what was typed for a submission, anybody's, for those who may see it; "" where there is nothing."""
    if submission is None or not may_see_properties(request.user, environment):
        return ""
    typed = submissions_to(environment, group, entity).filter(pk=submission).values_list("record_input", flat=True)
    return typed.first() or ""


def first_text(
    request: Request, environment: Environment, dataset: DescribedDataset, schema: Schema
) -> tuple[str, Loading]:
    """Return the record that the address names, or the template, and why a record was not loaded."""
    template, arn = record_template(schema), dataset.arn
    known_record = request.GET.get("known_record")
    if known_record is None or not may_see_properties(request.user, environment):
        return stored_text(environment, arn, schema, request.GET.get("record_id")) or template, Loading(None)
    loading = load_known(request.user, environment, dataset, known_record)
    return (loading.edit and loading.edit(schema, arn, template)) or template, loading
