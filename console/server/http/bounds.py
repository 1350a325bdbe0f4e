"""How long the body of a request may be: as long as its address needs, for the one who sends it.

Somebody who is not signed in has the pages to sign in, and nothing else takes a form of theirs. A browser that was
signed in before may have a long text to carry through its next sign-in: see `console/people/known_browser.py`.
Most pages take a few fields; what is typed into a few others may be long, and only in the encoding that their forms
have, which is read in little memory.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import parse_cookie

from console.local.http import bounds as local_service
from console.people import known_browser, sessions
from console.server.http.bodies import SMALL
from console.server.http.content_type import plain_content_type
from console.server.http.long_forms import FORM

type Environ = dict[str, Any]


def first_bound(environ: Environ) -> int:
    """Return how many bytes a body may have by the request's head alone."""
    if _is_for_the_local_service(environ):
        return SMALL if local_service.is_plausible(environ) else 0
    return SMALL


def largest_bound(takes_long_forms: Callable[[str], bool], environ: Environ) -> int | None:
    """Return how many bytes a body may have that is longer; None where only the database knows its sender.

    `takes_long_forms` says of a path whether a form that is sent to it may be long.
    """
    if _is_for_the_local_service(environ):
        return None
    if not _is_form(environ) or not takes_long_forms(_path(environ)):
        return SMALL
    cookies = _cookies(environ)
    if known_browser.is_known(cookies.get(known_browser.COOKIE, "")):
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return None if settings.SESSION_COOKIE_NAME in cookies else SMALL


def asked_bound(environ: Environ) -> int:
    """Return what `largest_bound` does not know; the database is asked, and its errors come out."""
    try:
        if _is_for_the_local_service(environ):
            return local_service.LONGEST_BODY if local_service.has_known_key(environ) else 0
        is_signed_in = sessions.is_signed_in(_cookies(environ).get(settings.SESSION_COOKIE_NAME, ""))
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE if is_signed_in else SMALL
    finally:
        # Nothing ends a request here, and long bodies are rare.
        connection.close()


def _is_for_the_local_service(environ: Environ) -> bool:
    return settings.CONSOLE_LOCAL_HTTP and local_service.is_below(environ["PATH_INFO"])


def _is_form(environ: Environ) -> bool:
    return plain_content_type(environ.get("CONTENT_TYPE", "")).lower() == FORM


def _path(environ: Environ) -> str:
    path: str = environ["PATH_INFO"]
    return path.encode("latin-1").decode(errors="replace")


def _cookies(environ: Environ) -> dict[str, str]:
    return parse_cookie(environ.get("HTTP_COOKIE", ""))
