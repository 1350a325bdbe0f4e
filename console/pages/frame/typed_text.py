"""Text typed into a page, carried through a sign-in and back; the registry names its fields."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from console.pages.frame.registry import TypedFields, pages
from console.people.models import Session
from console.people.sessions import SessionStore

SESSION_KEY = "carried_fields"


def is_typed(request: HttpRequest) -> bool:
    """Return whether a request has text typed into a page."""
    return request.method == "POST" and bool(typed_fields(request))


def typed_fields(request: HttpRequest) -> dict[str, str]:
    """Return the fields of a request with typed text, unchanged."""
    fields = _fields(request)
    return {name: request.POST.get(name, "") for name in request.POST if name in fields} if fields else {}


def carry(request: HttpRequest, path: str, fields: Mapping[str, str], typed_by: str) -> None:
    """Keep typed text in the session for the page at a path, if it is the signed-in person's own."""
    if typed_by not in ("", str(request.user.pk)):
        return
    request.session[SESSION_KEY] = {"path": path, "fields": dict(fields)}


def take(request: HttpRequest) -> Mapping[str, str] | None:
    """Return, once, the fields carried to this page; None if there are none."""
    carried = request.session.get(SESSION_KEY) if request.method == "GET" else None
    if not carried or carried["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    fields: Mapping[str, str] = carried["fields"]
    return fields


def forget_person(record_id: str) -> None:
    """Remove carried text from all sessions in which it contains an ID as a word."""
    word = re.compile(rf"(?<![\w-]){re.escape(record_id)}(?![\w-])")
    for key in list(Session.objects.values_list("session_key", flat=True)):
        session = SessionStore(key)
        carried = session.get(SESSION_KEY)
        if carried and any(word.search(text) for text in carried["fields"].values()):
            del session[SESSION_KEY]
            session.save()


def _fields(request: HttpRequest) -> TypedFields | None:
    """Return the typed fields of a request's page; on sign-in pages, those of the next page."""
    match = request.resolver_match
    page = pages().get(match.url_name or "") if match else None
    if page and page.carries_next:
        try:
            page = pages().get(resolve(urlsplit(request.POST.get("next", "")).path).url_name or "")
        except (Resolver404, ValueError):
            return None
    return page.typed if page else None
