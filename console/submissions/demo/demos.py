"""Filling a demo and starting a new one, in the local service's store and in the trail."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from console.local import api as local_api
from console.personalize.accounts.arn_prefixes import arn_prefix
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import LOCAL, environments
from console.records.entities import ENTITIES
from console.submissions.models import Submission
from console.submissions.origins import Origin, begin_generation

KEPT = "What was sent before is under Earlier demos."


def is_untouched() -> bool:
    """Return whether nothing was ever sent from this console, so that no real work is mixed with a demo."""
    return not Submission.objects.exists()


def fill_demo() -> str:
    """Fill the demo's empty datasets, and begin its part of the trail; return a sentence that says so."""
    with transaction.atomic():
        now = timezone.now()
        return _fill(_begin(now), now)


def reset_demo(*, is_filled: bool) -> str:
    """Restore the demo data, begin a new demo in the trail, and return sentences on what was done.

    `is_filled` says whether to fill the new demo; otherwise its datasets and its part of the trail are empty.
    """
    with transaction.atomic():
        sentences = [local_api.reset_demo_data()]
        now = timezone.now()
        has_trail = not is_untouched()
        origin = _begin(now)
        if is_filled:
            sentences.append(_fill(origin, now))
        if has_trail:
            sentences.append(KEPT)
    return " ".join(sentences)


def _begin(now: datetime) -> Origin:
    local = environments()[LOCAL]
    return begin_generation(local.name, endpoint_of(local), arn_prefix(local), now)


def _fill(origin: Origin, now: datetime) -> str:
    # Imported here because it needs boto3, which other commands start without.
    from console.submissions.demo.made_submissions import write_calls

    story, filled = local_api.fill_demo(now)
    number = write_calls(origin, environments()[LOCAL], story, filled)
    records = [(entity.name, filled.records[entity.name]) for entity in ENTITIES.values()]
    words = [f"{count} {name}s" for name, count in records if count]
    return f"Filled in: {', '.join(words)}, {filled.jobs} jobs, and {number} submissions of the last 14 days."
