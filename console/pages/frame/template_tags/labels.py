"""Template filters: AWS's values in the words of its console. Built into every template."""

import json
from datetime import UTC, datetime
from typing import Literal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from console.pages.frame.template_tags.shown_ids import shown_id
from console.records.entities import Entity
from console.records.validation.timestamps import date_of, moment_of

register = template.Library()

DATASET_TYPES = {
    "INTERACTIONS": "Item interactions",
    "ITEMS": "Items",
    "USERS": "Users",
    "ACTIONS": "Actions",
    "ACTION_INTERACTIONS": "Action interactions",
}
DOMAINS = {"VIDEO_ON_DEMAND": "Video on demand", "ECOMMERCE": "E-commerce"}
# Of every language that the machine may have, AWS's console writes English.
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# The kinds of status indicator: each has its own icon, so that none is told by its colour alone.
STATUS_KINDS = {
    "ACTIVE": "success",
    "COMPLETED": "success",
    "created": "success",
    "CREATE FAILED": "error",
    "FAILED": "error",
    "refused": "error",
    "not sent": "error",
    "unconfirmed": "warning",
    "broken off": "warning",
    "Not created": "info",
    # Stages of imports.
    "mapping": "info",
    "checked": "info",
    "paused": "info",
    "cancelled": "info",
    "done": "success",
    "failed": "error",
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
def is_changing(status: str) -> bool:
    """Say whether a status will be another one soon: CREATE PENDING, DELETE IN_PROGRESS and the like, and sending."""
    return status == "sending" or status.endswith(("PENDING", "IN_PROGRESS"))


def can_become_active(status: str) -> bool:
    """Say whether what has a status of AWS can be Active later: not what failed, and not what is being deleted."""
    return not status.startswith("DELETE") and not status.endswith("FAILED")


@register.filter
def dataset_type_words(dataset_type: str) -> str:
    """Return a dataset type of the API as the console writes it."""
    return DATASET_TYPES.get(dataset_type.upper(), dataset_type)


@register.filter
def domain_words(domain: str) -> str:
    """Return a dataset group's domain as the console writes it; one without a domain is custom."""
    return DOMAINS.get(domain, domain) or "Custom"


@register.filter
def aws_date(moment: datetime | Literal[""] | None) -> SafeString:
    """Return a date as AWS's console writes it, as HTML's time: Fri, 11 Dec 2020 02:20:48 GMT.

    A script of every page adds the person's own time of it as a title. What AWS has not said is a hyphen.
    """
    if not moment:
        return mark_safe("-")
    moment = moment.astimezone(UTC)
    return format_html('<time datetime="{}">{}</time>', f"{moment:%Y-%m-%dT%H:%M:%SZ}", date_words(moment))


@register.filter
def seconds_date(seconds: float) -> SafeString:
    """Return seconds since 1970 as `aws_date` writes a date; the number itself outside of the years 1 to 9999."""
    moment = date_of(seconds)
    return aws_date(moment) if moment else format_html("{}", seconds)


@register.filter
def local_date(moment: datetime) -> SafeString:
    """Return a date as `aws_date` does, with a place beside it where a script writes the person's own time."""
    return format_html("{}<span data-local-time></span>", aws_date(moment))


@register.filter
def local_seconds(seconds: float) -> SafeString:
    """Return seconds since 1970 as `local_date` does a date; the number itself outside of the years 1 to 9999."""
    moment = date_of(seconds)
    return local_date(moment) if moment else format_html("{}", seconds)


@register.filter
def date_beside(value: str, property_name: str) -> SafeString:
    """Return the date of a property's value, which is JSON text; "" where it is no timestamp, or has no date."""
    moment = moment_of(property_name, json.loads(value)) if value else None
    return format_html(' <span class="help">{}</span>', local_date(moment)) if moment else mark_safe("")


def date_words(moment: datetime) -> str:
    """Return a date as AWS's console writes it: Fri, 11 Dec 2020 02:20:48 GMT."""
    moment = moment.astimezone(UTC)
    return f"{DAYS[moment.weekday()]}, {moment:%d} {MONTHS[moment.month - 1]} {moment.year:04} {moment:%H:%M:%S} GMT"


@register.filter
def id_words(entity_id: str) -> str:
    """Return an id as it is, or as JSON with escapes if it has what could not be seen or told apart."""
    return shown_id(entity_id)


@register.filter
def counted(entity: Entity, number: int) -> str:
    """Return a number of records of a type in words: 1 user, 2 users."""
    return entity.counted(number)


@register.filter
def number_words(number: float) -> str:
    """Return a number with commas between its thousands, and without a fraction of nothing."""
    return f"{number:,g}" if isinstance(number, float) else f"{number:,}"
