"""The ids that Load known record offers: ids with the typed prefix, and similar ones."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import batched, islice
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render

from console.local import api as local_api
from console.pages.frame.permissions import RECORDS, why_not_create
from console.pages.frame.requests import Request
from console.people.roles import Person
from console.personalize import arns, calls
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.records.entities import Entity
from console.submissions.known.found_ids import find_ids
from console.submissions.known.known_records import known_records
from console.submissions.models import dataset_key
from console.submissions.trails.sight import Sight, sight_of

MOST = 10
# Known ids compared with an unknown one to find similar ids.
MOST_COMPARED = 200
MOST_LIKE = 3
# Records older than their dataset are not offered. Typing waits at most this long for AWS's date of the dataset.
SECONDS_TO_DESCRIBE, SECONDS_DESCRIBED = 1.0, 60


def answer_typing(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return the ids that begin with what is typed into Load known record, newest first."""
    ids: list[str] = []
    if not entity.is_event and not why_not_create(request.user, environment, RECORDS):
        try:
            arn = arns.dataset_arn(environment, group, entity)
        except PersonalizeError:
            arn = ""
        text = request.POST.get("known_record", "").strip()
        ids = known_ids(request.user, environment, _described(environment, arn), text, MOST) if arn else []
    return render(request, "records/known_ids.html", {"known_ids": ids})


def _described(environment: Environment, arn: str) -> Mapping[str, Any]:
    """Return a dataset as AWS described it within the last minute, or by its ARN alone if AWS is slow to answer."""
    if environment.is_local:
        return {"datasetArn": arn}
    key = f"dataset-of-known-ids-{environment.name}-{arn}"
    described: Mapping[str, Any] | None = cache.get(key)
    if described is None:
        try:
            with for_seconds(SECONDS_TO_DESCRIBE):
                described = calls.describe_dataset(environment, arn)
        except PersonalizeError:
            described = {"datasetArn": arn}
        cache.set(key, described, SECONDS_DESCRIBED)
    return described


def known_ids(person: Person, environment: Environment, dataset: Mapping[str, Any], text: str, most: int) -> list[str]:
    """Return up to a number of record ids of a dataset that begin with a text, in any case, newest first.

    For the local service these are the ids it stores. For AWS they are ids that this console sent and the person may
    see and load, without records that have ended or whose properties were redacted.
    """
    arn = dataset["datasetArn"]
    key = dataset_key(endpoint_of(environment), arn)
    sight = sight_of(person, environment, key)
    origins = sight.origins()
    if not environment.is_local:
        sent = find_ids(key, text, origins, MOST_COMPARED)
        return list(islice(_with_record(sight, dataset, sent, most), most))
    sent = find_ids(key, text, origins, most)
    stored = local_api.find_records(arn, sent)
    # The index of stored ids is case-sensitive: try the usual ways to write an id.
    for beginning in dict.fromkeys([text, text.lower(), text.upper(), text.capitalize()]):
        page = local_api.records_page(arn, beginning, None, None, most)
        stored |= {record.record_id: record for record in page.records}
    newest = sorted(stored.values(), key=lambda record: record.replaced_at, reverse=True)
    return [record.record_id for record in newest][:most]


def _with_record(sight: Sight, dataset: Mapping[str, Any], record_ids: Iterable[str], at_once: int) -> Iterator[str]:
    """Yield the ids that have a record to load, looked up in batches."""
    for batch in batched(record_ids, at_once):
        known = known_records(sight, dataset, batch)
        yield from (record_id for record_id in batch if record_id in known and known[record_id].loadable)


def like_ids(person: Person, environment: Environment, dataset: Mapping[str, Any], record_id: str) -> list[str]:
    """Return known ids of a dataset that are similar to one: in another case, or with a typing error."""
    beginnings = dict.fromkeys([record_id, record_id[: len(record_id) // 2], record_id[:1], ""])
    by_folded: dict[str, str] = {}
    for beginning in beginnings:
        for known_id in known_ids(person, environment, dataset, beginning, MOST_COMPARED):
            by_folded.setdefault(known_id.lower(), known_id)
    close = get_close_matches(record_id.lower(), by_folded, n=MOST_LIKE)
    longer = [folded for folded in by_folded if folded.startswith(record_id.lower())]
    return [by_folded[folded] for folded in dict.fromkeys([*close, *longer])][:MOST_LIKE]
