"""What a person typed into a page, carried through a sign-in and back: each page has its own fields for it."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

SESSION_KEY = "carried_fields"
# The pages to sign in, by URL name: they carry what belongs to the page after them.
SIGN_IN = ("sign_in", "sign_in_with_provider")
# The fields of a page's form that hold what was typed, by the page's URL name. Those of Record input: the text, the
# view it was typed in, the schema that its cards were made from, and those of the cards: where a card's record stands
# in the text, its values and their states, and the other members that go. The page's key goes along, and where
# records went: what was sent before a session ended is not sent again unseen, nor to another account.
FIELDS = {
    "create_records": ("record_input", "view", "schema", "key", "destination"),
    "create_dataset": ("name", "source", "schema_name", "schema_text", "schema_arn"),
    "create_dataset_group": ("name", "domain"),
}
CARD_FIELD = re.compile(r"(origin|value|state|dropped)-([0-9]{1,2})(?:-(\w{1,256}))?", re.ASCII)


def is_typed(request: HttpRequest) -> bool:
    """Say whether a request carries what was typed into a page."""
    return request.method == "POST" and bool(typed_fields(request))


def typed_fields(request: HttpRequest) -> dict[str, str]:
    """Return the fields of a request that hold what was typed, to the character."""
    page = _page(request)
    has_cards = page == "create_records"
    own = FIELDS.get(page, ())
    names = (name for name in request.POST if name in own or (has_cards and CARD_FIELD.fullmatch(name)))
    return {name: request.POST.get(name, "") for name in names}


def carry(request: HttpRequest, path: str, fields: Mapping[str, str], typed_by: str) -> None:
    """Keep what was typed in the session for the page at a path, if it is the signed-in person's own."""
    if typed_by not in ("", str(request.user.pk)):
        return
    request.session[SESSION_KEY] = {"path": path, "fields": dict(fields)}


def take(request: HttpRequest) -> Mapping[str, str] | None:
    """Return the fields that were carried to this page, once; None if there are none."""
    carried = request.session.get(SESSION_KEY) if request.method == "GET" else None
    if not carried or carried["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    fields: Mapping[str, str] = carried["fields"]
    return fields


def _page(request: HttpRequest) -> str:
    """Return the URL name of the page that was typed into; the page to sign in carries what is the next one's."""
    match = request.resolver_match
    if match is None or match.url_name not in SIGN_IN:
        return (match and match.url_name) or ""
    try:
        return resolve(urlsplit(request.POST.get("next", "")).path).url_name or ""
    except (Resolver404, ValueError):
        return ""
