"""Pages of something whose status is still changing: they ask every two seconds, and change when it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from console.pages.words import is_changing, status_words
from console.personalize.failures import PersonalizeError

type View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The statuses of what a page shows, by name, and those that the page showed when it asked again, if it did."""

    statuses: Mapping[str, str]
    seen: list[str]

    @property
    def is_over(self) -> bool:
        """Whether nothing on the page changes by itself any more."""
        return not any(map(is_changing, self.statuses.values()))

    @property
    def has_no_news(self) -> bool:
        """Whether the page asked again, and shows everything as it still is."""
        return self.seen == list(self.statuses.values())

    @property
    def query(self) -> str:
        """What the page asks with: the statuses that it shows."""
        return urlencode({"seen": list(self.statuses.values())}, doseq=True)

    @property
    def news(self) -> str:
        """What has settled since the page was shown, in words for a live region."""
        if len(self.seen) != len(self.statuses):
            return ""
        before = zip(self.statuses.items(), self.seen, strict=True)
        settled = [(name, status) for (name, status), seen in before if seen != status and not is_changing(status)]
        return " ".join(f"{name}: {status_words(status)}." for name, status in settled)


def waiting_for(request: HttpRequest, statuses: Mapping[str, str]) -> Waiting:
    """Return what a request waits for; `statuses` are AWS's, by the names of what has them."""
    return Waiting(statuses, request.GET.getlist("seen"))


def patient(view: View) -> View:
    """Decorate a view of something that changes: where AWS does not answer a page that waits, the page stays."""

    @wraps(view)
    def page(request: HttpRequest, *names: Any, **more: Any) -> HttpResponse:
        try:
            return view(request, *names, **more)
        except PersonalizeError as error:
            if "seen" not in request.GET or error.is_not_found:
                raise
            return HttpResponse(status=204)

    return page
