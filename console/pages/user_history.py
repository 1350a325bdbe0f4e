"""One user's history: what this console last sent that AWS accepted, and every record before it with what differs."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.history.known_users import last_accepted
from console.history.people_names import add_ids_to_names
from console.history.versions import sent_records, versions
from console.pages.shell import environment_page
from console.people.roles import may_see_properties
from console.personalize.environments import Environment

PAGE_SIZE = 20


@environment_page("User history", shows_trail=True)
def user_history(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Show what was sent of the user whose id is the request's `user_id`, to the `dataset`, or to the latest one."""
    user_id = request.GET.get("user_id", "")
    dataset = request.GET.get("dataset", "")
    records = sent_records(environment.name, group, user_id)
    if dataset:
        records = records.filter(dataset=f"{environment.name} {dataset}")
    # No database can be asked for NUL, and no user has it.
    newest = None if "\0" in user_id + dataset else records.first()
    context: dict[str, Any] = {"user_id": user_id, "newest": newest}
    context["may_see_properties"] = may_see_properties(request.user, environment)
    if newest:
        dataset_arn = newest.submission.dataset_arn
        page = Paginator(records.filter(dataset=newest.dataset), PAGE_SIZE).get_page(request.GET.get("page"))
        known = last_accepted(environment.name, dataset_arn, user_id)
        add_ids_to_names(each.submission for each in (*page, *([known] if known else [])))
        properties = json.loads(known.properties) if known and known.properties else {}
        context |= {"dataset_arn": dataset_arn, "page": page, "versions": versions(list(page)), "known": known}
        context["fields"] = [(name, json.dumps(value, ensure_ascii=False)) for name, value in properties.items()]
    return render(request, "user_history.html", context, status=200 if newest else 404)
