"""The link with which a person sets a password, shown once to the administrator who hands it over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from console.activity.models import Kind
from console.activity.recording import record_activity
from console.people.password_links import code_for


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """A link, its person, and when it expires."""

    address: str
    username: str
    until: datetime


def make_link(request: HttpRequest, person: User) -> PasswordLink:
    """Return a new link for a person without a password, and record it in Activity."""
    hours = settings.CONSOLE_LINK_HOURS
    record_activity(Kind.ACCOUNT_CHANGED, person.username, noun="account", facts={"link_hours": hours})
    address = f"{request.build_absolute_uri(reverse('set_password'))}#{code_for(person)}"
    return PasswordLink(address, person.username, timezone.now() + timedelta(hours=hours))
