"""How much was sent to a dataset from this console."""

from console.records.entities import Entity
from console.submissions.models import Outcome, SentRecord


def count_sent(dataset: str, entity: Entity, most: int) -> int:
    """Return how many records of a type AWS has accepted for a dataset, by `dataset_key`, or `most` if that is less.

    A record that was sent again counts once, and an event as often as it was sent.
    """
    accepted = SentRecord.objects.filter(dataset=dataset, submission__outcome=Outcome.CREATED).order_by()
    counted = accepted if entity.is_event else accepted.values("record_id").distinct()
    return counted[:most].count()
