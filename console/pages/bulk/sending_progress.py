"""How far an import is that is being sent: how many records, how fast, and how long it still takes."""

from dataclasses import dataclass

from console.bulk.models import Import
from console.bulk.sending.targets import is_certain, rate_at
from console.pages.bulk.send_form import calls_to_send
from console.pages.bulk.words import duration_words, rate_words

# Before that, a rate says nothing.
SECONDS_THAT_TELL = 3.0


@dataclass(frozen=True, slots=True)
class SendingProgress:
    """What the page shows of an import that is being sent or paused; `speed` and `left` are "" where nothing tells."""

    percent: int
    sent: str
    speed: str
    left: str


def sending_progress(bulk_import: Import) -> SendingProgress:
    """Return how far an import is."""
    settled, total = bulk_import.settled_count, bulk_import.to_send_count
    seconds = bulk_import.seconds_sending
    per_second = settled / seconds if settled and seconds >= SECONDS_THAT_TELL else 0.0
    return SendingProgress(
        percent=100 * settled // total if total else 100,
        sent=f"{settled:,} of {total:,}",
        speed=rate_words(per_second) if per_second else "",
        left=_left(bulk_import, total - settled, per_second),
    )


def _left(bulk_import: Import, records: int, per_second: float) -> str:
    if per_second:
        return duration_words(records / per_second)
    if not is_certain(bulk_import.entity, bulk_import.share):
        return ""
    calls = calls_to_send(bulk_import) * records / max(1, bulk_import.to_send_count)
    return duration_words(calls / rate_at(bulk_import.entity, bulk_import.share))
