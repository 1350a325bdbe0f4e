"""Shared by pages that create resources: names, the time a page was opened, and resources that already exist."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, override

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from console.pages.frame.address_names import OTHER_CHARACTER
from console.pages.frame.template_tags.labels import can_become_active, id_words, status_words
from console.personalize.errors import ALREADY_EXISTS, NOT_FOUND, Failure

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetGroupTypeDef

# Constraints on names in the API's model.
LONGEST_NAME = 63
FIRST_CHARACTER = re.compile(r"[a-zA-Z0-9]")
# A press is answered within this time: the gateway gives up by then.
LONGEST_PRESS = timedelta(seconds=2 * settings.CONSOLE_AWS_SECONDS + 20)
# Errors that the person can fix on the page; all others are not about the input.
ABOUT_INPUT = {
    "InvalidInputException",
    "LimitExceededException",
    ALREADY_EXISTS,
    "ResourceInUseException",
    NOT_FOUND,
    "TooManyTagsException",
}
FORM_EXPIRED = "This page was open for too long, so nothing was created. Check what you entered, and create it again."


class NameField(forms.Field):
    """The name of a resource, validated by the rules of AWS; white space around it is removed."""

    @override
    def to_python(self, value: Any) -> str:
        return str(value or "").strip()

    @override
    def validate(self, value: str) -> None:
        stray = OTHER_CHARACTER.search(value)
        if not value:
            raise forms.ValidationError("Enter a name.")
        if len(value) > LONGEST_NAME:
            raise forms.ValidationError(f"Expected at most {LONGEST_NAME} characters; found {len(value)}.")
        if stray:
            stray_words = "a space" if stray[0] == " " else id_words(stray[0])
            raise forms.ValidationError(f"Expected only a-z, A-Z, 0-9, _ and -; found {stray_words}.")
        if not FIRST_CHARACTER.match(value):
            raise forms.ValidationError(f"Expected a letter or a digit at the beginning; found {value[0]}.")


def inactive(group: "DatasetGroupTypeDef", what: str) -> str:
    """Return why something, such as `A dataset`, cannot be created in a dataset group for its status; "" if it can."""
    status = group.get("status", "ACTIVE")
    if status == "ACTIVE":
        return ""
    said = f"This dataset group has the status {status_words(status)}"
    if can_become_active(status):
        return f"{said}. {what} can be created once it is Active."
    _article, _space, kind = what.partition(" ")
    return f"{said}, so no {kind} can be created in it."


def opened_at(request: HttpRequest) -> datetime:
    """Return when the page of a form was opened, in UTC, by its `opened` field; now if that is no past time."""
    now = timezone.now()
    try:
        moment = datetime.fromisoformat(request.POST.get("opened", ""))
        # At either end of the calendar a time may have no equivalent in UTC.
        return min(now, moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return now


def is_of_this_page(request: HttpRequest, created_at: datetime) -> bool:
    """Return whether an existing resource may come from an earlier press of this page, or from a retried call.

    AWS's create calls take no idempotency token. A resource as requested counts as created by that press if it was
    created after the page was opened and within the last LONGEST_PRESS.
    """
    return created_at >= max(opened_at(request), timezone.now() - LONGEST_PRESS)


def status_of(failure: Failure) -> int:
    """Return the HTTP status of a page that shows why something was not created."""
    return 422 if failure.is_about_input or failure.code in ABOUT_INPUT else 502
