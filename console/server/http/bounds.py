"""Size limits of request bodies, by path and sender.

Somebody who is not signed in has the pages to sign in, and nothing else takes a form of theirs. A browser that was
signed in before may have a long text to carry through its next sign-in: see `console/people/known_browser.py`.
Most pages take a few fields; what is typed into a few others may be long, and only in the encoding that their forms
have, which is read in little memory. Files, and pieces of files, are taken at the addresses of theirs alone, from
people who may upload there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import parse_cookie

from console.local.controls import bounds as controls
from console.local.http import bounds as local_service
from console.people import known_browser, sessions
from console.people.roles import Person
from console.server.http.bodies import SMALL
from console.server.http.content_type import plain_content_type
from console.server.http.long_forms import FORM

type Environ = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the pages allow at a path: whether forms may be long, and what else may be.

    `longest_upload` returns how many bytes a body of a content type may have, 0 where that takes no uploads, and
    `may_upload` whether a person may send one.
    """

    takes_long_forms: Callable[[str], bool]
    longest_upload: Callable[[str, str], int]
    may_upload: Callable[[Person, str], bool]


def first_bound(environ: Environ) -> int:
    """Return the size limit of a body in bytes, judging by the request's head alone."""
    if _is_for_the_controls(environ):
        return min(SMALL, controls.longest_body(environ))
    if _is_for_the_local_service(environ):
        return SMALL if local_service.is_plausible(environ) else 0
    return SMALL


def largest_bound(addresses: Addresses, environ: Environ) -> int | None:
    """Return the larger size limit of a body in bytes; None if only the database knows its sender."""
    if _is_for_the_controls(environ):
        return controls.longest_body(environ)
    if _is_for_the_local_service(environ):
        return None
    cookies = _cookies(environ)
    if _longest_upload(addresses, environ):
        return None if settings.SESSION_COOKIE_NAME in cookies else SMALL
    if _content_type(environ) != FORM or not addresses.takes_long_forms(_path(environ)):
        return SMALL
    if known_browser.is_known(cookies.get(known_browser.COOKIE, "")):
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return None if settings.SESSION_COOKIE_NAME in cookies else SMALL


def asked_bound(addresses: Addresses, environ: Environ) -> int:
    """Return the limit that `largest_bound` does not know, by querying the database; raise its errors."""
    try:
        if _is_for_the_local_service(environ):
            return local_service.LONGEST_BODY if local_service.has_known_key(environ) else 0
        person = sessions.person_of(_cookies(environ).get(settings.SESSION_COOKIE_NAME, ""))
        if person is None:
            return SMALL
        longest = _longest_upload(addresses, environ)
        if longest:
            return longest if addresses.may_upload(person, _path(environ)) else SMALL
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    finally:
        # Nothing ends a request here, and long bodies are rare.
        connection.close()


def _is_for_the_controls(environ: Environ) -> bool:
    return settings.CONSOLE_LOCAL_CONTROLS and controls.is_below(environ["PATH_INFO"])


def _is_for_the_local_service(environ: Environ) -> bool:
    return settings.CONSOLE_LOCAL_HTTP and local_service.is_below(environ["PATH_INFO"])


def _longest_upload(addresses: Addresses, environ: Environ) -> int:
    return addresses.longest_upload(_path(environ), _content_type(environ))


def _content_type(environ: Environ) -> str:
    return plain_content_type(environ.get("CONTENT_TYPE", "")).partition(";")[0].lower()


def _path(environ: Environ) -> str:
    path: str = environ["PATH_INFO"]
    return path.encode("latin-1").decode(errors="replace")


def _cookies(environ: Environ) -> dict[str, str]:
    return parse_cookie(environ.get("HTTP_COOKIE", ""))
