"""Template filters: AWS's values in the words of its console. Built into every template."""

import json
from datetime import UTC, datetime, tzinfo
from typing import Literal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from console.pages.frame.table_kinds import Column, Kind
from console.pages.frame.template_tags.icons import icon
from console.pages.frame.template_tags.shown_ids import shown_id
from console.pages.frame.zones import current_zone
from console.people.models import TablePreferences
from console.people.zones import in_zone, offset_words, zone_words
from console.records.entities import ENTITIES, Entity
from console.records.validation.timestamps import date_of, moment_of

register = template.Library()

DOMAINS = {"VIDEO_ON_DEMAND": "Video on demand", "ECOMMERCE": "E-commerce"}
# AWS's console uses English, whatever the machine's locale.
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# The kinds of status indicators. Each has its own icon, so that none is recognizable only by colour.
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
    # Accounts.
    "LOCKED": "warning",
    "NO PASSWORD": "info",
    "DEACTIVATED": "info",
    # Checks.
    "works": "success",
    "fails": "error",
    "not tried": "info",
    "note": "info",
}


@register.filter
def status_words(status: str) -> str:
    """Return a status of AWS as its console writes it: CREATE IN_PROGRESS is Create in progress."""
    return status.replace("_", " ").capitalize()


@register.filter
def status_kind(status: str) -> str:
    """Return the kind of indicator for a status; a status that is still changing is pending."""
    return STATUS_KINDS.get(status, "pending")


@register.simple_tag(name="status")
def status_indicator(status: str) -> SafeString:
    """Return a status with its icon, without a template: lists have one in each row."""
    kind = status_kind(status)
    return format_html('<span class="status status-{}">{}{}</span>', kind, icon(kind), status_words(status))


@register.filter
def is_changing(status: str) -> bool:
    """Return whether a status is transient: CREATE PENDING, DELETE IN_PROGRESS and the like, or sending."""
    return status == "sending" or status.endswith(("PENDING", "IN_PROGRESS"))


def can_become_active(status: str) -> bool:
    """Return whether a resource with an AWS status can become Active: it has not failed and is not being deleted."""
    return not status.startswith("DELETE") and not status.endswith("FAILED")


@register.filter
def dataset_type_words(dataset_type: str) -> str:
    """Return a dataset type of the API as the console writes it."""
    entity = ENTITIES.get(dataset_type.upper())
    return entity.plural if entity else dataset_type


@register.filter
def domain_words(domain: str) -> str:
    """Return a dataset group's domain as the console writes it; one without a domain is custom."""
    return DOMAINS.get(domain, domain) or "Custom"


@register.filter
def aws_date(moment: datetime | Literal[""] | None) -> SafeString:
    """Return a date as `date_words` writes it, in a `time` element; a hyphen if AWS gave none.

    The title has the date in GMT if it is shown in another zone; otherwise a script adds the browser's time.
    """
    if not moment:
        return mark_safe("-")
    moment = moment.astimezone(UTC)
    stated, words = f"{moment:%Y-%m-%dT%H:%M:%SZ}", date_words(moment)
    if current_zone() is UTC:
        return format_html('<time datetime="{}">{}</time>', stated, words)
    return format_html('<time datetime="{}" title="{}">{}</time>', stated, _words_in(moment, UTC), words)


@register.filter
def seconds_date(seconds: float) -> SafeString:
    """Return seconds since 1970 as `aws_date` writes a date; the number itself outside the years 1 to 9999."""
    moment = date_of(seconds)
    return aws_date(moment) if moment else format_html("{}", seconds)


@register.filter
def local_date(moment: datetime) -> SafeString:
    """Return a date as `aws_date` does, followed by GMT; if it is in GMT, a script adds the browser's time instead."""
    if current_zone() is UTC:
        return format_html("{}<span data-local-time></span>", aws_date(moment))
    return format_html("{} ({})", aws_date(moment), _words_in(moment, UTC))


@register.filter
def local_seconds(seconds: float) -> SafeString:
    """Return seconds since 1970 as `local_date` writes a date; the number itself outside the years 1 to 9999."""
    moment = date_of(seconds)
    return local_date(moment) if moment else format_html("{}", seconds)


@register.filter
def date_beside(value: str, property_name: str) -> SafeString:
    """Return the date of a property's value, which is JSON text; "" if it is not a timestamp or has no date."""
    moment = moment_of(property_name, json.loads(value)) if value else None
    return format_html(' <span class="help">{}</span>', local_date(moment)) if moment else mark_safe("")


def date_words(moment: datetime) -> str:
    """Return a date as AWS's console writes it, in the person's time zone.

    Fri, 11 Dec 2020 02:20:48 GMT, or 03:20:48 UTC+01:00: the offset distinguishes the two hours when clocks go back.
    """
    return _words_in(moment, current_zone())


@register.filter
def ago(moment: datetime) -> str:
    """Return how long ago a moment was, in its largest unit: 3 hours ago. For dashboards, next to the exact time."""
    seconds = int((timezone.now() - moment).total_seconds())
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            count = seconds // length
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "just now"


def _words_in(moment: datetime, zone: tzinfo) -> str:
    moment = in_zone(moment, zone)
    mark = "GMT" if moment.tzinfo is UTC else offset_words(moment)
    day = f"{DAYS[moment.weekday()]}, {moment:%d} {MONTHS[moment.month - 1]} {moment.year:04}"
    return f"{day} {moment:%H:%M:%S} {mark}"


@register.simple_tag
def time_zone() -> str:
    """Return the name of the time zone that the page's times and days are in."""
    return zone_words(current_zone())


@register.filter
def id_words(entity_id: str) -> str:
    """Return an id unchanged, or as JSON with escapes if it has invisible or indistinguishable characters."""
    return shown_id(entity_id)


@register.filter
def counted(entity: Entity, number: int) -> str:
    """Return a number of records of a type in words: 1 user, 2 users."""
    return entity.counted(number)


@register.filter
def with_shown(kind: Kind, preferences: TablePreferences) -> list[tuple[Column, bool]]:
    """Return the columns of a table, and whether a person's preferences show each."""
    shown = kind.shown(preferences)
    return [(column, shown[column.key]) for column in kind.columns]


@register.filter
def number_words(number: float) -> str:
    """Return a number with thousands separators, and without a zero fraction."""
    return f"{number:,g}" if isinstance(number, float) else f"{number:,}"
