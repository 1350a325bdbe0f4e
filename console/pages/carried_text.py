"""What a person typed into Record input, as text or into the form, carried through a sign-in and back."""

import re
from collections.abc import Mapping

from django.http import HttpRequest

SESSION_KEY = "carried_fields"
FIELD = "record_input"
# The fields of a page's form that hold what was typed: the text, the view it was typed in, the schema that its cards
# were made from, and those of the cards: where its record stands in the text, its values and their states, and the
# other members that go.
FIELDS = (FIELD, "view", "schema")
CARD_FIELD = re.compile(r"(origin|value|state|dropped)-([0-9]{1,2})(?:-(\w{1,256}))?", re.ASCII)


def is_typed(request: HttpRequest) -> bool:
    """Say whether a request carries the text of Record input."""
    return request.method == "POST" and FIELD in request.POST


def typed_fields(request: HttpRequest) -> dict[str, str]:
    """Return the fields of a request that hold what was typed, to the character."""
    names = (name for name in request.POST if name in FIELDS or CARD_FIELD.fullmatch(name))
    return {name: request.POST.get(name, "") for name in names}


def carry(request: HttpRequest, path: str) -> None:
    """Keep what a request carries in the session for the page at a path, if it is the signed-in person's own."""
    if request.POST.get("typed_by", "") not in ("", str(request.user.pk)):
        return
    request.session[SESSION_KEY] = {"path": path, "fields": typed_fields(request)}


def take(request: HttpRequest) -> Mapping[str, str] | None:
    """Return the fields that were carried to this page, once; None if there are none."""
    carried = request.session.get(SESSION_KEY) if request.method == "GET" else None
    if not carried or carried["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    fields: Mapping[str, str] = carried["fields"]
    return fields
