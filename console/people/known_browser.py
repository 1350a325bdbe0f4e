"""A browser that somebody has signed in with before, by a cookie that the console has signed.

It says nothing of who that was. With it, a text that is longer than what anybody may send is carried through the next
sign-in, also when the session has ended and is gone.
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
    """Let the browser of somebody who has just signed in be known from now on."""
    response.set_cookie(
        COOKIE,
        _signer.sign("known"),
        max_age=_age(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_known(cookie: str) -> bool:
    """Return whether the value of a cookie is one that this console has signed, not too long ago."""
    try:
        _signer.unsign(cookie, max_age=_age())
    except BadSignature:
        return False
    return True


def comes_from_known(request: HttpRequest) -> bool:
    """Return whether a request comes from a browser that somebody has signed in with before."""
    return is_known(request.COOKIES.get(COOKIE, ""))


def _age() -> timedelta:
    return timedelta(seconds=math.ceil(settings.CONSOLE_SESSION_HOURS * 60 * 60), days=DAYS_AFTER_SESSION)
