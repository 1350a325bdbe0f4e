"""Shared by pages that delete resources: the typed confirmation, required in every environment, and the deletion."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.datasets.creating import status_of
from console.pages.frame.guard import empty_confirmation, validated_confirmation
from console.pages.frame.template_tags.labels import status_words
from console.personalize.environments import Environment
from console.personalize.errors import NOT_FOUND, Failure, NotFoundError, PersonalizeError
from console.personalize.event_trackers import is_deleting

# The field that confirms a deletion.
FIELD = "deletion"
IN_USE = "ResourceInUseException"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A page that deletes a resource: its template, the text to type as confirmation, and further context.

    `obstacle` is why the resource cannot be deleted now, "" if no reason is known. `group` is the dataset group whose
    name guarded environments ask for too, None if the typed name suffices. `status` returns the current status; it is
    None for a resource without a status, which is gone at once.
    """

    template: str
    expected: str
    context: Mapping[str, Any]
    obstacle: str = ""
    group: str | None = None
    ignores_case: bool = False
    status: Callable[[], str] | None = None


def status_obstacle(noun: str, status: str) -> str:
    """Return why a resource of a kind, such as `event tracker`, cannot be deleted in its status; "" if it can."""
    if is_deleting(status):
        return f"This {noun} is already being deleted."
    if status in ("ACTIVE", "CREATE FAILED"):
        return ""
    return f"This {noun} has the status {status_words(status)}. It can be deleted once it is Active."


def answer_deletion(
    request: HttpRequest, environment: Environment, page: Deletion, delete: Callable[[], None]
) -> HttpResponse | None:
    """Show the page, or on POST call `delete` if that was confirmed; return None once the resource is deleted.

    `delete` raises PersonalizeError. A resource that is already gone or being deleted counts as deleted.
    """
    if request.method != "POST":
        confirmation = empty_confirmation(environment, page.group) if page.group else None
        return _show(request, page, 200, confirmation=confirmation)
    confirmation = None
    if page.group:
        confirmation = validated_confirmation(request, environment, page.group, expected=page.group)
    problem = _problem(request.POST.get(FIELD, ""), page)
    if problem or (confirmation and confirmation.problem):
        return _show(request, page, 422, confirmation=confirmation, problem=problem)
    if page.obstacle:
        return None if _is_being_deleted(page) else _show(request, page, 422, confirmation=confirmation)
    try:
        delete()
    except PersonalizeError as error:
        if error.failure.code in (IN_USE, NOT_FOUND) and _is_being_deleted(page):
            return None
        return _show(request, page, status_of(error.failure), confirmation=confirmation, failure=error.failure)
    return None


def _is_being_deleted(page: Deletion) -> bool:
    """Return whether another press has begun to delete the resource since it was described."""
    try:
        return is_deleting(page.status()) if page.status else False
    except NotFoundError:
        return True


def _problem(typed: str, page: Deletion) -> str:
    typed = typed.strip()
    if typed == page.expected or (page.ignores_case and typed.lower() == page.expected):
        return ""
    return f"Nothing was deleted. Type {page.expected} to confirm."


def _show(
    request: HttpRequest,
    page: Deletion,
    status: int,
    *,
    failure: Failure | None = None,
    problem: str = "",
    **more: Any,
) -> HttpResponse:
    context = {
        **page.context,
        **more,
        "expected": page.expected,
        "obstacle": page.obstacle,
        "typed": request.POST.get(FIELD, ""),
        "problem": problem,
        "failure": failure,
        "read_first": "" if problem else "confirmation",
    }
    return render(request, page.template, context, status=status)
