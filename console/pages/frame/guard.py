"""Confirmations: before anything is sent, the person types the name of the dataset group that it is for.

Guarded environments ask for it always, and a page that cannot be undone in every environment.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from console.personalize.environments import Environment

FIELD = "confirmation"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The field that is added to a form: why it is asked for, its value, and the problem with it.

    `group` is the name that is expected; None where the name itself is entered on the same page.
    """

    reason: str
    group: str | None
    typed: str = ""
    problem: str = ""
    # The verb for what does not happen without confirmation.
    done: str = "sent"


def empty_confirmation(
    environment: Environment, group: str | None, always: str = "", done: str = "sent"
) -> Confirmation | None:
    """Return the field as a page is opened with it; None where nothing is to be confirmed.

    `always` is why it is asked for in environments that are not guarded too, as a sentence without its end. `done` is
    what is not done without it, in a word.
    """
    reason = _reason(environment, always)
    return Confirmation(reason, group, done=done) if reason else None


def typed_confirmation(
    request: HttpRequest, environment: Environment, group: str | None, always: str = ""
) -> Confirmation | None:
    """Return the field with what a request brings, not validated; None where nothing is to be confirmed."""
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
    """Return the field with what is wrong with what a request brings; None where nothing is to be confirmed.

    `expected` is the name that confirms. Space around what was typed goes, and upper and lower case differ.
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
