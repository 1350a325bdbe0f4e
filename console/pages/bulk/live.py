"""Polling of an import in progress, so that its page shows the current state."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.http import urlencode

from console.bulk.models import Import, Stage
from console.bulk.waiting import Turn, first_of_dataset, is_ending, is_silent, sharing_imports, waits_for_its_turn
from console.pages.bulk.words import counted
from console.pages.tables.polling import Asks


@dataclass(frozen=True, slots=True)
class Live:
    """The state of an import: now, and as shown on the page that polls."""

    bulk_import: Import
    path: str
    seen: str
    # The import of the same dataset that is sent first, what else this one waits for, and those it takes turns with.
    first: Import | None = None
    turn: Turn | None = None
    sharing: Sequence[Import] = ()
    # It was paused or cancelled while calls are still under way; its worker may have died.
    is_ending: bool = False
    is_silent: bool = False
    asks: Asks = field(default_factory=Asks)

    @property
    def shown(self) -> str:
        """A digest of the state: the stage, and a checksum of the figures."""
        bulk_import = self.bulk_import
        figures = (
            bulk_import.progress,
            bulk_import.row_count,
            bulk_import.settled_count,
            bulk_import.throttled_count,
            bulk_import.waiting_for,
        )
        sharing = [other.pk for other in self.sharing]
        waits = (self.first and self.first.pk, self.turn, sharing, self.is_ending, self.is_silent)
        return f"{bulk_import.stage}.{hashlib.sha256(repr(figures + waits).encode()).hexdigest()[:12]}"

    @property
    def is_over(self) -> bool:
        """Whether nothing on the page changes by itself any more."""
        return not self.bulk_import.is_at_work and not self.is_ending

    @property
    def has_no_news(self) -> bool:
        """Whether this is a poll, and everything on the page is unchanged."""
        return self.seen == self.shown

    @property
    def address(self) -> str:
        """The address to poll: the page's own, with the state it shows."""
        return f"{self.path}?{urlencode({'seen': self.shown})}"

    @property
    def news(self) -> str:
        """What has ended since the page was shown, in words for a live region, which reads out no figures."""
        before = self.seen.partition(".")[0]
        return _news(self.bulk_import) if before and before != self.bulk_import.stage else ""


def live(request: HttpRequest, bulk_import: Import) -> Live:
    """Return the state of an import for a request that polls."""
    return Live(
        bulk_import,
        request.path,
        request.GET.get("seen", ""),
        first=first_of_dataset(bulk_import),
        turn=waits_for_its_turn(bulk_import),
        sharing=sharing_imports(bulk_import),
        is_ending=is_ending(bulk_import),
        is_silent=is_silent(bulk_import),
    )


def _news(bulk_import: Import) -> str:
    if bulk_import.stage == Stage.CHECKED:
        valid, invalid = counted(bulk_import.valid_count, "valid row"), f"{bulk_import.invalid_count:,} invalid"
        return f"The check has finished: {valid}, {invalid}."
    if bulk_import.stage == Stage.DONE:
        return f"The import has ended: {bulk_import.created_count:,} sent, {bulk_import.failed_count:,} failed."
    if bulk_import.stage == Stage.FAILED:
        return f"The import failed. {bulk_import.problem}"
    return f"{Stage(bulk_import.stage).label}. {bulk_import.problem}".strip()
