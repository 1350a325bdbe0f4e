"""What a person typed into Record input, carried through a sign-in and back."""

from django.http import HttpRequest

SESSION_KEY = "carried_text"
FIELD = "record_input"


def is_typed(request: HttpRequest) -> bool:
    """Say whether a request carries the text of Record input."""
    return request.method == "POST" and FIELD in request.POST


def typed_text(request: HttpRequest) -> str:
    """Return the text of Record input that a request carries, to the character."""
    return request.POST.get(FIELD, "")


def carry(request: HttpRequest, path: str) -> None:
    """Keep a request's text in the session for the page at a path, if it is the signed-in person's own."""
    if request.POST.get("typed_by", "") not in ("", str(request.user.pk)):
        return
    request.session[SESSION_KEY] = {"path": path, "text": typed_text(request)}


def take(request: HttpRequest) -> str | None:
    """Return the text that was carried to this page, once; None if there is none."""
    carried = request.session.get(SESSION_KEY) if request.method == "GET" else None
    if not carried or carried["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    text: str = carried["text"]
    return text
