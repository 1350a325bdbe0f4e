"""Pages that poll while a status changes, and update when it does.

They poll every two seconds at first, and then less often: AWS's control plane throttles, and a background page can
wait.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django_htmx.http import reselect, reswap, retarget

from console.pages.frame.template_tags.labels import is_changing, status_words
from console.personalize.errors import NotFoundError, PersonalizeError

type View = Callable[..., HttpResponse]

# Pauses between polls: (times, seconds), with the seconds to wait once a page has polled that many times for the same.
PAUSES = ((30, 60), (15, 10), (0, 2))


@dataclass(frozen=True, slots=True)
class Asks:
    """When a page polls next, and how often it has polled."""

    times: int = 0

    @property
    def seconds(self) -> int:
        """Seconds until the next poll."""
        return next(seconds for times, seconds in PAUSES if self.times >= times)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The names and statuses on a page, and the statuses that it showed when it polled, if it did.

    Names may be equal: a dataset group and its datasets may share one.
    """

    shown: Sequence[tuple[str, str]]
    seen: list[str]
    path: str
    asks: Asks = Asks()

    @property
    def statuses(self) -> list[str]:
        """The statuses on the page, in its order."""
        return [status for _name, status in self.shown]

    @property
    def is_over(self) -> bool:
        """Whether nothing on the page will change by itself."""
        return not any(map(is_changing, self.statuses))

    @property
    def has_no_news(self) -> bool:
        """Whether this is a poll, and everything on the page is unchanged."""
        return self.seen == self.statuses

    @property
    def address(self) -> str:
        """The address to poll: the page's own, with the statuses it shows."""
        return f"{self.path}?{urlencode({'seen': self.statuses}, doseq=True)}"

    @property
    def news(self) -> str:
        """What has settled since the page was shown, in words for a live region."""
        if len(self.seen) != len(self.shown):
            return ""
        before = zip(self.shown, self.seen, strict=True)
        settled = [(name, status) for (name, status), seen in before if seen != status and not is_changing(status)]
        return " ".join(f"{name}: {status_words(status)}." for name, status in settled)


def waiting_for(request: HttpRequest, *shown: tuple[str, str]) -> Waiting:
    """Return what a request waits for: the name and AWS's status of each resource on the page."""
    return Waiting(shown, request.GET.getlist("seen"), request.path)


def ask_later(request: HttpRequest, *, of_table: bool = False) -> HttpResponse:
    """Return the response for unchanged content: only the polling element, with a longer delay."""
    polled = request.GET.get("asked", "")
    times = min(int(polled), PAUSES[0][0]) if polled.isascii() and polled.isdigit() and len(polled) < 5 else 0
    query = request.GET.copy()
    query["asked"] = str(times + 1)
    address = f"{request.path}?{query.urlencode()}"
    context = {"address": address, "asks": Asks(times + 1), "of_table": of_table, "is_answer": True}
    response = render(request, "shared/asks_again.html", context)
    return retarget(reswap(reselect(response, "#asks-again"), "outerHTML"), "#asks-again")


def patient(view: View) -> View:
    """Decorate a view of something that changes: if AWS does not answer a poll, the page stays as it is."""

    @wraps(view)
    def page(request: HttpRequest, *names: Any, **more: Any) -> HttpResponse:
        try:
            return view(request, *names, **more)
        except PersonalizeError as error:
            if "seen" not in request.GET or isinstance(error, NotFoundError):
                raise
            return ask_later(request)

    return page
