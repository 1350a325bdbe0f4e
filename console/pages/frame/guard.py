"""Guarded environments: before anything is sent, the person types the name of the dataset group that it is for."""

from dataclasses import dataclass

from django.http import HttpRequest

from console.personalize.environments import Environment

FIELD = "confirmation"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The field that a guarded environment adds to a form: its value, and the problem with it.

    `group` is the name that is expected; None where the name itself is entered on the same page.
    """

    environment: Environment
    group: str | None
    typed: str = ""
    problem: str = ""


def empty_confirmation(environment: Environment, group: str | None) -> Confirmation | None:
    """Return the field as a page is opened with it; None in an environment that is not guarded."""
    return Confirmation(environment, group) if environment.guarded else None


def typed_confirmation(request: HttpRequest, environment: Environment, group: str | None) -> Confirmation | None:
    """Return the field with what a request brings, not validated; None in an environment that is not guarded."""
    return Confirmation(environment, group, request.POST.get(FIELD, "")) if environment.guarded else None


def validated_confirmation(
    request: HttpRequest, environment: Environment, group: str | None, expected: str
) -> Confirmation | None:
    """Return the field with what is wrong with what a request brings; None in an environment that is not guarded.

    `expected` is the name that confirms. Space around what was typed goes, and upper and lower case differ.
    """
    if not environment.guarded:
        return None
    typed = request.POST.get(FIELD, "")
    return Confirmation(environment, group, typed, _problem(environment, typed.strip(), expected))


def _problem(environment: Environment, typed: str, expected: str) -> str:
    name = f"the dataset group's name, {expected}," if expected else "the dataset group's name"
    if not typed or not expected:
        return f"{environment.label} is guarded, so nothing was sent. Type {name} to confirm."
    if typed != expected:
        return f"This is a different name, so nothing was sent. Type {name} to confirm."
    return ""
