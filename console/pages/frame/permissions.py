"""A person's permissions in an environment, and the sentences for missing ones."""

from django.core.exceptions import PermissionDenied

from console.pages.frame.registry import Page
from console.people.roles import ADMINISTRATOR, Person, may_see, may_see_properties, may_write, role_of
from console.personalize.environments import Environment, environments

RECORDS = "create records"
DATASETS = "create dataset groups and datasets"
EVENT_TRACKERS = "create or delete event trackers"
JOBS = "create jobs"
DELETIONS = "delete dataset groups, datasets or schemas"
REPLACEMENTS = "replace schemas"
TAGS = "change tags"
CHANGES = "create, replace or delete anything"
WITHHELD = (
    "You see IDs and outcomes. Properties, messages that may quote them, and downloads with them are for people who "
    "may create records in this environment."
)


def environments_of(person: Person) -> dict[str, Environment]:
    """Return the environments that a person may see, by name, the initial one first."""
    return {
        name: environment.of_person(person.get_username())
        for name, environment in environments().items()
        if may_see(person, environment)
    }


def first_environment_of(person: Person) -> Environment:
    """Return the environment that the console opens with; there is one, since everybody may see the local service."""
    return next(iter(environments_of(person).values()))


def may_create(person: Person, environment: Environment) -> bool:
    """Return whether a person can create anything in an environment."""
    return may_write(person, environment) and not environment.read_only


def why_not_create(person: Person, environment: Environment, what: str) -> str:
    """Return why a person cannot create `what`, such as RECORDS, in an environment; "" if they can."""
    if environment.read_only:
        return read_only_reason(environment)
    if may_write(person, environment):
        return ""
    if environment.operators is None:
        return f"Your role, {role_of(person)}, may not {what}. Ask an administrator for a role."
    return f"You may not {what} in the environment {environment.label}. Ask an administrator."


def why_not_create_resources(person: Person, environment: Environment) -> str:
    """Return why a person cannot create dataset groups and datasets in an environment; "" if they can."""
    return why_not_create(person, environment, DATASETS)


def why_not_manage_event_trackers(person: Person, environment: Environment) -> str:
    """Return why a person cannot create or delete event trackers in an environment; "" if they can."""
    return why_not_create(person, environment, EVENT_TRACKERS)


def why_not_create_jobs(person: Person, environment: Environment) -> str:
    """Return why a person cannot create jobs in an environment; "" if they can."""
    return why_not_create(person, environment, JOBS)


def why_not_delete_resources(person: Person, environment: Environment) -> str:
    """Return why a person cannot delete dataset groups, datasets and schemas in an environment; "" if they can."""
    return why_not_create(person, environment, DELETIONS)


def why_not_replace_schemas(person: Person, environment: Environment) -> str:
    """Return why a person cannot replace the schemas of datasets in an environment; "" if they can."""
    return why_not_create(person, environment, REPLACEMENTS)


def why_not_open(person: Person, environment: Environment, page: Page) -> str:
    """Return why a person may not open a page of an environment that they may see; "" if they may."""
    return page.why_not(person, environment) if page.why_not else ""


def why_not_see_properties(person: Person, environment: Environment) -> str:
    """Return why a person may not see properties of records in an environment; "" if they may."""
    return "" if may_see_properties(person, environment) else WITHHELD


def check_administrator(person: Person, sentence: str) -> None:
    """Raise PermissionDenied, with a sentence, unless the person is an administrator."""
    if role_of(person) != ADMINISTRATOR:
        raise PermissionDenied(sentence)


def read_only_reason(environment: Environment) -> str:
    """Return why nothing can be created or deleted in a read-only environment."""
    if environment.is_former:
        return f"The environment {environment.label} no longer exists, so nothing can be created in it."
    return (
        f"The environment {environment.label} is read-only: nothing can be created or deleted in it from this console."
    )
