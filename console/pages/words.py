"""Template filters: AWS's values in the words of its console. Built into every template."""

from datetime import UTC, datetime

from django import template

from console.pages.shown_ids import shown_id

register = template.Library()

DATASET_TYPES = {
    "INTERACTIONS": "Item interactions",
    "ITEMS": "Items",
    "USERS": "Users",
    "ACTIONS": "Actions",
    "ACTION_INTERACTIONS": "Action interactions",
}
DOMAINS = {"VIDEO_ON_DEMAND": "Video on demand", "ECOMMERCE": "E-commerce"}
# The kinds of status indicator: each has its own icon, so that none is told by its colour alone.
STATUS_KINDS = {
    "ACTIVE": "success",
    "created": "success",
    "CREATE FAILED": "error",
    "refused": "error",
    "not sent": "error",
    "unconfirmed": "warning",
}


@register.filter
def status_words(status: str) -> str:
    """Return a status of AWS as its console writes it: CREATE IN_PROGRESS is Create in progress."""
    return status.replace("_", " ").capitalize()


@register.filter
def status_kind(status: str) -> str:
    """Return the kind of indicator that shows a status; one that is still changing is pending."""
    return STATUS_KINDS.get(status, "pending")


@register.filter
def dataset_type_words(dataset_type: str) -> str:
    """Return a dataset type of the API as the console writes it."""
    return DATASET_TYPES.get(dataset_type.upper(), dataset_type)


@register.filter
def domain_words(domain: str) -> str:
    """Return a dataset group's domain as the console writes it; one without a domain is custom."""
    return DOMAINS.get(domain, domain) or "Custom"


@register.filter
def aws_date(moment: datetime | None) -> str:
    """Return a date as AWS's console writes it: Fri, 11 Dec 2020 02:20:48 GMT."""
    return f"{moment.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT" if moment else "-"


@register.filter
def id_words(entity_id: str) -> str:
    """Return an id as it is, or as JSON with escapes if it has what could not be seen or told apart."""
    return shown_id(entity_id)


@register.filter
def number_words(number: float) -> str:
    """Return a number with commas between its thousands, and without a fraction of nothing."""
    return f"{number:,g}" if isinstance(number, float) else f"{number:,}"
