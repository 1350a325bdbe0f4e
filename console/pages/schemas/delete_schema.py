"""Delete schema: deletes a schema that no dataset uses, once a person has typed its name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.activity.models import Kind
from console.activity.recording import recorded
from console.pages.datasets.deleting import Deletion, answer_deletion
from console.pages.frame.decorators import READ_AND_POST, environment_page
from console.pages.frame.permissions import why_not_delete_resources
from console.pages.schemas.uses import uses_of
from console.personalize import arns, calls
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError


@environment_page(
    "schemas/<schema:schema>/delete-schema/",
    "Delete schema",
    parent="schema",
    methods=READ_AND_POST,
    why_not=why_not_delete_resources,
)
def delete_schema(request: HttpRequest, environment: Environment, schema: str) -> HttpResponse:
    """Ask for confirmation; on POST delete a schema by its name, `schema`."""
    try:
        description = calls.describe_schema(environment, arns.schema_arn(environment, schema))
    except NotFoundError:
        if request.method != "POST":
            raise
        # An earlier press of the same button may have deleted it.
        messages.info(request, "This schema no longer exists.")
        return redirect("schemas", environment.name)
    uses = uses_of(environment, description["schemaArn"])
    page = Deletion(
        template="schemas/delete_schema.html",
        expected=description["name"],
        context={"schema": description, "uses": uses},
        obstacle=uses.obstacle,
    )

    def delete() -> None:
        with recorded(Kind.DELETED, description["name"], noun="schema", environment=environment):
            calls.delete_schema(environment, description["schemaArn"])

    answer = answer_deletion(request, environment, page, delete)
    if answer is not None:
        return answer
    messages.success(request, f"The schema {description['name']} was deleted.")
    return redirect("schemas", environment.name)
