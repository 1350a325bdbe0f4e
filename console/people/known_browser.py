"""Browsers that somebody has signed in with before, recognised by a signed cookie.

The cookie does not say who that was. With it, a text longer than strangers may send is carried through the next
sign-in, even after the session has ended and is gone.
"""

import math
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

COOKIE = "known_browser"
# A page may be open for so long after its session has ended.
DAYS_AFTER_SESSION = 30

_signer = TimestampSigner(salt="console.people.known_browser")


def remember(response: HttpResponse) -> None:
    """Mark the browser of somebody who has just signed in as known."""
    response.set_cookie(
        COOKIE,
        _signer.sign("known"),
        max_age=_age(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_known(cookie: str) -> bool:
    """Return whether a cookie's value was signed by this console, not too long ago."""
    try:
        _signer.unsign(cookie, max_age=_age())
    except BadSignature:
        return False
    return True


def comes_from_known(request: HttpRequest) -> bool:
    """Return whether a request comes from a known browser."""
    return is_known(request.COOKIES.get(COOKIE, ""))


def _age() -> timedelta:
    return timedelta(seconds=math.ceil(settings.CONSOLE_SESSION_HOURS * 60 * 60), days=DAYS_AFTER_SESSION)
