"""Progress of an import being sent: records, rate, and time left."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from console.bulk.models import Import
from console.bulk.sending.targets import is_certain, rate_at
from console.pages.bulk.send_form import calls_to_send
from console.pages.bulk.words import duration_words, rate_words

# Until then the rate is not meaningful.
SECONDS_THAT_TELL = 3.0


@dataclass(frozen=True, slots=True)
class SendingProgress:
    """The progress of an import being sent or paused; `speed` and `left` are "" while they are unknown."""

    percent: int
    sent: str
    speed: str
    left: str


def sending_progress(bulk_import: Import, sharing: Sequence[Import] = ()) -> SendingProgress:
    """Return the progress of an import, which takes turns with others of its dataset."""
    settled, total = bulk_import.settled_count, bulk_import.to_send_count
    seconds = bulk_import.seconds_sending
    per_second = settled / seconds if settled and seconds >= SECONDS_THAT_TELL else 0.0
    return SendingProgress(
        percent=100 * settled // total if total else 100,
        sent=f"{settled:,} of {total:,}",
        speed=rate_words(per_second) if per_second else "",
        left=_time_left(bulk_import, per_second, sharing),
    )


def _time_left(bulk_import: Import, per_second: float, sharing: Sequence[Import]) -> str:
    if not per_second and not is_certain(bulk_import.entity, bulk_import.share):
        return ""
    own = _records_left(bulk_import) / per_second if per_second else _seconds_at_rate(bulk_import)
    return duration_words(_shared_seconds(own, bulk_import, sharing))


def _shared_seconds(own: float, bulk_import: Import, sharing: Sequence[Import]) -> float:
    """Return how long an import takes that would need `own` seconds alone but takes turns with others.

    People take turns, and so do the imports of each person. Until this import ends, each other import of its person
    takes as long as it does, and those of each other person as long as all of these; less if they end earlier.
    """
    left: dict[int, list[float]] = defaultdict(list)
    for other in sharing:
        left[other.person_id].append(_seconds_at_rate(other))
    of_person = own + sum(min(own, seconds) for seconds in left.pop(bulk_import.person_id, ()))
    return of_person + sum(min(of_person, sum(seconds)) for seconds in left.values())


def _seconds_at_rate(bulk_import: Import) -> float:
    calls = calls_to_send(bulk_import) * _records_left(bulk_import) / max(1, bulk_import.to_send_count)
    return calls / rate_at(bulk_import.entity, bulk_import.share)


def _records_left(bulk_import: Import) -> int:
    return bulk_import.to_send_count - bulk_import.settled_count
