"""What Record input opens with: what was typed for a submission, the record of a user, or the template."""

from uuid import UUID

from console.pages.datasets.users_dataset import UsersDataset
from console.pages.frame.requests import Request
from console.pages.records.known_record import Loading, load_known
from console.pages.records.user_record import stored_user_text
from console.pages.submissions.submission_filters import submissions_of
from console.people.roles import may_see_properties
from console.personalize.environments import Environment
from console.records.schemas.schema import Schema
from console.records.template import record_template


def sent_text(request: Request, environment: Environment, group: str, submission: UUID | None) -> str:
    """Return what was typed for a submission, anybody's, for those who may see it; "" where there is nothing."""
    if submission is None or not may_see_properties(request.user, environment):
        return ""
    typed = submissions_of(environment, group).filter(pk=submission).values_list("record_input", flat=True)
    return typed.first() or ""


def first_text(
    request: Request, environment: Environment, users_dataset: UsersDataset, schema: Schema
) -> tuple[str, Loading]:
    """Return the record of the user whom the address names, or the template, and why a record was not loaded."""
    template, arn = record_template(schema), users_dataset.arn
    known_user = request.GET.get("known_user")
    if known_user is None or not may_see_properties(request.user, environment):
        return stored_user_text(environment, arn, schema, request.GET.get("user_id")) or template, Loading(None)
    loading = load_known(request.user, environment, users_dataset, known_user)
    return (loading.edit and loading.edit(schema, arn, template)) or template, loading
