"""Confirmation: before anything is sent, the person types the name of the dataset group.

Guarded environments always require it, and irreversible pages require it everywhere.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from console.personalize.environments import Environment

FIELD = "confirmation"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The field added to a form: the reason for it, its value, and the problem with the value.

    `group` is the expected name; None if the name itself is entered on the same page.
    """

    reason: str
    group: str | None
    typed: str = ""
    problem: str = ""
    # The verb for the action that needs confirmation.
    done: str = "sent"


def empty_confirmation(
    environment: Environment, group: str | None, always: str = "", done: str = "sent"
) -> Confirmation | None:
    """Return the empty field, or None if nothing has to be confirmed.

    `always` is the reason in unguarded environments too, as the beginning of a sentence. `done` is the verb for the
    action that needs confirmation.
    """
    reason = _reason(environment, always)
    return Confirmation(reason, group, done=done) if reason else None


def typed_confirmation(
    request: HttpRequest, environment: Environment, group: str | None, always: str = ""
) -> Confirmation | None:
    """Return the field with the value of a request, not yet validated; None if nothing has to be confirmed."""
    reason = _reason(environment, always)
    return Confirmation(reason, group, request.POST.get(FIELD, "")) if reason else None


def validated_confirmation(
    request: HttpRequest,
    environment: Environment,
    group: str | None,
    expected: str,
    always: str = "",
    done: str = "sent",
) -> Confirmation | None:
    """Return the field with the value of a request and the problem with it; None if nothing has to be confirmed.

    `expected` is the name that confirms. Surrounding space is ignored, and case matters.
    """
    reason = _reason(environment, always)
    if not reason:
        return None
    typed = request.POST.get(FIELD, "")
    return Confirmation(reason, group, typed, _problem(reason, typed.strip(), expected, done), done)


def _reason(environment: Environment, always: str) -> str:
    return always or (f"{environment.label} is guarded" if environment.guarded else "")


def _problem(reason: str, typed: str, expected: str, done: str) -> str:
    name = f"the dataset group's name, {expected}," if expected else "the dataset group's name"
    if not typed or not expected:
        return f"{reason}, so nothing was {done}. Type {name} to confirm."
    if typed != expected:
        return f"This is a different name, so nothing was {done}. Type {name} to confirm."
    return ""
