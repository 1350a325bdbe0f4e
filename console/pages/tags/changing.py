"""The tags of a resource of any kind: their display and their changes."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, override

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.activity.models import Entry, Kind
from console.activity.recording import recorded
from console.pages.datasets.creating import status_of
from console.pages.frame.guard import typed_confirmation, validated_confirmation
from console.pages.frame.permissions import TAGS, why_not_create
from console.pages.frame.typed_text import take, typed_fields
from console.pages.jobs.job_fields import TagsField
from console.personalize.environments import Environment
from console.personalize.errors import Failure, PersonalizeError
from console.personalize.tags import add_tags, list_tags, remove_tags

# AWS's own tags are shown, but nobody can change them.
RESERVED = "aws:"
EXPIRED = "This page was open for too long, so nothing was changed. Check what you entered, and save it again."
NOTHING = "Enter a tag to add, or choose tags to remove."


class TagsForm(forms.Form):
    """The tags to add, and the keys of those to remove."""

    tags = TagsField()

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "tags" not in cleaned:
            return cleaned
        if any(key.lower().startswith(RESERVED) for key in cleaned["tags"]):
            self.add_error("tags", f"A key that begins with {RESERVED} is reserved for AWS.")
        elif not cleaned["tags"] and not self.removed:
            self.add_error("tags", NOTHING)
        return cleaned

    @property
    def chosen(self) -> list[str]:
        """The keys chosen for removal, as sent."""
        chosen: list[str] = self.data.getlist("remove") if hasattr(self.data, "getlist") else []
        # No tag has an empty key.
        return [key for key in chosen if key]

    @property
    def removed(self) -> list[str]:
        """The keys to remove, without those of added tags, which only get another value."""
        return [key for key in self.chosen if key not in self.cleaned_data.get("tags", {})]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A resource with tags: its ARN, its kind in words, its name, and its dataset group."""

    arn: str
    noun: str
    name: str
    group: str


def answer_tags(request: HttpRequest, environment: Environment, resource: Tagged) -> HttpResponse:
    """Show the tags of a resource, and on POST change them; raise PersonalizeError, or PermissionDenied."""
    if request.method != "POST":
        return _show(request, environment, resource, TagsForm(initial=dict(take(request) or {})))
    reason = why_not_create(request.user, environment, TAGS)
    if reason:
        raise PermissionDenied(reason)
    form = TagsForm(request.POST)
    confirmation = validated_confirmation(request, environment, resource.group, expected=resource.group)
    if not form.is_valid() or (confirmation and confirmation.problem):
        return _show(request, environment, resource, form, status=422, confirmation=confirmation)
    added, removed = form.cleaned_data["tags"], form.removed
    notice = ""
    try:
        # Remove first: a resource with the most tags accepts no others until some are gone.
        if removed:
            with _recorded(environment, resource, removed=removed):
                remove_tags(environment, resource.arn, removed)
            notice = f"{_counted(len(removed))} removed, and nothing was added." if added else ""
        if added:
            with _recorded(environment, resource, added=[*added]):
                add_tags(environment, resource.arn, added)
    except PersonalizeError as error:
        failure = error.failure
        return _show(request, environment, resource, form, status=status_of(failure), failure=failure, notice=notice)
    done = [
        f"{_counted(len(keys))} {what}" for keys, what in ((removed, "removed"), (added, "added or changed")) if keys
    ]
    messages.success(request, f"{', and '.join(done)}.")
    return redirect(request.path)


def _recorded(environment: Environment, resource: Tagged, **keys: list[str]) -> AbstractContextManager[Entry]:
    """Record in Activity that a block changes the tags of some keys; values are left out, as they may be anything."""
    of = {"noun": resource.noun, "environment": environment, "group": resource.group}
    return recorded(Kind.TAGS_CHANGED, resource.name, **of, facts=keys)


def give_tags_back(request: HttpRequest, environment: Environment, resource: Tagged) -> HttpResponse:
    """Return the page for the person's own expired POST: the input is shown again and nothing is changed."""
    form = TagsForm(initial=typed_fields(request))
    return _show(request, environment, resource, form, status=403, notice=EXPIRED)


def _counted(number: int) -> str:
    return "1 tag was" if number == 1 else f"{number} tags were"


def _show(
    request: HttpRequest,
    environment: Environment,
    resource: Tagged,
    form: TagsForm,
    *,
    status: int = 200,
    failure: Failure | None = None,
    notice: str = "",
    confirmation: Any = None,
) -> HttpResponse:
    tags: dict[str, str] | None = None
    try:
        # After a call without an answer, another might take as long.
        if failure is None or failure.has_answer:
            tags = list_tags(environment, resource.arn)
    except PersonalizeError as error:
        if request.method != "POST":
            raise
        failure = failure or error.failure
    context = {
        "resource": resource,
        "tags": None if tags is None else [(key, tags[key], not key.startswith(RESERVED)) for key in sorted(tags)],
        "form": form,
        "chosen": form.chosen,
        "failure": failure,
        "notice": notice,
        "confirmation": confirmation or typed_confirmation(request, environment, resource.group),
        "read_first": "tags" if form.is_bound and form.errors else "confirmation",
        "no_change_because": why_not_create(request.user, environment, TAGS),
    }
    return render(request, "tags/tags.html", context, status=status)
