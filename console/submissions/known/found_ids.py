"""Ids of records that this console sent to a dataset, found by prefix while somebody types."""

from collections.abc import Collection, Iterable
from itertools import islice

from django.db.models import Q, QuerySet

from console.records.prefixes import end_of_prefix
from console.submissions.lists.conditions import folded_by_database
from console.submissions.models import SentRecord

# Records searched: the newest ones sent to any dataset, and at most this many older ones with the prefix.
NEWEST = 2000
OLDER = 200


def find_ids(dataset: str, text: str, origins: Collection[int] | None, most: int) -> list[str]:
    """Return up to `most` ids that begin with a text, in any case, latest sent first.

    `dataset` is as `dataset_key` returns it; `origins` are the keys of origins that a person may see, None for all. In
    a long trail, older ids are ordered by id.
    """
    if "\0" in text:
        return []
    last = SentRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    newest = _seen(SentRecord.objects.filter(dataset__plainly=dataset, pk__gt=last - NEWEST), origins)
    start = folded_by_database(text)
    found = list(islice(_beginning(newest.order_by("-pk").values_list("record_id", flat=True), text), most))
    if len(found) == most or not start:
        return found
    end = end_of_prefix(start)
    of_beginning = Q(record_id__folded__gte=start) & (Q(record_id__folded__lt=end) if end else Q())
    older = _seen(SentRecord.objects.filter(of_beginning, dataset=dataset), origins)
    by_age = sorted(older.order_by("record_id__folded").values_list("pk", "record_id")[:OLDER], reverse=True)
    return list(dict.fromkeys([*found, *(record_id for _pk, record_id in by_age)]))[:most]


def _seen(records: QuerySet[SentRecord], origins: Collection[int] | None) -> QuerySet[SentRecord]:
    return records if origins is None else records.filter(submission__origin__id__plainly__in=origins)


def _beginning(record_ids: Iterable[str], text: str) -> Iterable[str]:
    """Yield each id that begins with a text, in any case, once."""
    folded = text.lower()
    return (each for each in dict.fromkeys(record_ids) if each.lower().startswith(folded))
