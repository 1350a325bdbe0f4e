"""What the trail has of the calls of a part."""

from collections.abc import Iterator

from console.bulk.models import Import, Part
from console.bulk.sending.calls import CALLS_IN_A_PART
from console.submissions.models import Submission


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
