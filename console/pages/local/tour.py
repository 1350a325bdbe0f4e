"""The tour: five minutes in the demo, each step with a link to its page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.local import api as local_api
from console.pages.frame.decorators import environment_page
from console.pages.frame.requests import local_endpoint
from console.pages.local.tour_texts import CREATE, ENTITY, FILE, FIRST_USER, GROUP, PROBLEM, TABLE
from console.personalize import arns
from console.personalize.environments import Environment

FILE_NAME = "tour-users.csv"


@environment_page("tour/", "Tour", parent="dataset_groups", is_local=True)
def tour(request: HttpRequest, environment: Environment) -> HttpResponse:
    """Show the steps, in their order."""
    place = [environment.name, GROUP, ENTITY]
    create = reverse("create_records", args=place)
    is_stored = local_api.find_record(arns.dataset_arn(environment, GROUP, ENTITY), FIRST_USER) is not None
    context = {
        "create": f"{create}?tour={CREATE}",
        "problem": f"{create}?tour={PROBLEM}",
        "table": f"{create}?tour={TABLE}",
        "import": reverse("import_records", args=place),
        "stored": f"{reverse('stored_record', args=place)}?record_id={FIRST_USER}" if is_stored else "",
        "dataset": reverse("dataset", args=place),
        "submissions": reverse("submissions", args=place[:2]),
        "first_user": FIRST_USER,
        "group_of_tour": GROUP,
        "commands": _commands(request, environment),
    }
    return render(request, "local/tour.html", context)


@environment_page("tour/users.csv", "Tour", is_file=True, is_local=True)
def tour_file(request: HttpRequest, environment: Environment) -> HttpResponse:
    """Return the file that the tour imports."""
    response = HttpResponse(FILE, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _commands(request: HttpRequest, environment: Environment) -> str:
    """Return the commands that put a user with the AWS CLI; "" if clients cannot reach the local service.

    They never include a configured secret.
    """
    if not settings.CONSOLE_LOCAL_HTTP or settings.CONSOLE_IS_PRODUCTION:
        return ""
    variables = {
        "AWS_ENDPOINT_URL": local_endpoint(request),
        "AWS_ACCESS_KEY_ID": settings.CONSOLE_LOCAL_ACCESS_KEY_ID,
        "AWS_SECRET_ACCESS_KEY": local_api.published_secret() or "'the value of CONSOLE_LOCAL_SECRET_ACCESS_KEY'",
        "AWS_DEFAULT_REGION": environment.region,
    }
    user = '[{"userId": "tour-cli", "properties": "{\\"subscriptionModel\\": \\"Annual\\"}"}]'
    return "\n".join(
        [
            *(f"export {name}={value}" for name, value in variables.items()),
            f"aws personalize-events put-users --users '{user}' \\",
            f"  --dataset-arn {arns.dataset_arn(environment, GROUP, ENTITY)}",
        ]
    )
