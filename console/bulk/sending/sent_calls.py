"""What the trail has of the calls of a part, and of those of others that are under way."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from console.bulk.models import Import, Part
from console.bulk.sending.calls import CALLS_IN_A_PART
from console.submissions.models import Outcome, Submission
from console.submissions.presses.under_way import SECONDS_TO_WAIT, is_under_way
from console.submissions.recording import with_known_answer


def sent_calls(bulk_import: Import, part: Part) -> Iterator[tuple[int, Submission]]:
    """Yield the submissions of a part's calls, without what was typed, in the order of time.

    Before each is the index of its call in the part. A call that was sent again has several.
    """
    first = part.number * CALLS_IN_A_PART
    sent = Submission.objects.filter(
        bulk_import=bulk_import.key, bulk_call__gte=first, bulk_call__lt=first + CALLS_IN_A_PART
    )
    for each in sent.defer("record_input").order_by("created_at"):
        yield (each.bulk_call or 0) - first, each


def ids_under_way(bulk_import: Import) -> set[str]:
    """Return the IDs in calls of others to the dataset of an import which may still get their answers."""
    since = timezone.now() - timedelta(seconds=SECONDS_TO_WAIT)
    # Nothing of that age is redacted, and the index has what is not.
    sending = Submission.objects.filter(
        redacted_at__isnull=True,
        created_at__gt=since,
        dataset_arn=bulk_import.dataset_arn,
        outcome=Outcome.SENDING,
    ).exclude(bulk_import=bulk_import.key)
    under_way = (each for each in sending.defer("record_input") if is_under_way(with_known_answer(each)))
    return {record_id for each in under_way for record_id in each.record_ids.split("\n")}
