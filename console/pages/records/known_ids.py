"""The ids that Load known record offers: those with the typed prefix, and similar ones."""

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
# Among so many, ids are looked for that are much like one that is not known.
MOST_COMPARED = 200
MOST_LIKE = 3
# When a dataset was created says which records are older than it. Nobody who types waits longer for that.
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
    see and load: not of records that have ended, nor of ones whose properties were redacted.
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
    # The index of the stored ids knows no case: these are how ids are written.
    for beginning in dict.fromkeys([text, text.lower(), text.upper(), text.capitalize()]):
        page = local_api.records_page(arn, beginning, None, None, most)
        stored |= {each.record_id: each for each in page.records}
    newest = sorted(stored.values(), key=lambda each: each.replaced_at, reverse=True)
    return [each.record_id for each in newest][:most]


def _with_record(sight: Sight, dataset: Mapping[str, Any], record_ids: Iterable[str], at_once: int) -> Iterator[str]:
    """Yield the ids that have a record to load, looking up a batch at a time."""
    for some in batched(record_ids, at_once):
        known = known_records(sight, dataset, some)
        yield from (each for each in some if each in known and known[each].loadable)


def like_ids(person: Person, environment: Environment, dataset: Mapping[str, Any], record_id: str) -> list[str]:
    """Return known ids of a dataset that are similar to one: in another case, or with a typing error."""
    beginnings = dict.fromkeys([record_id, record_id[: len(record_id) // 2], record_id[:1], ""])
    by_folded: dict[str, str] = {}
    for beginning in beginnings:
        for each in known_ids(person, environment, dataset, beginning, MOST_COMPARED):
            by_folded.setdefault(each.lower(), each)
    close = get_close_matches(record_id.lower(), by_folded, n=MOST_LIKE)
    longer = [each for each in by_folded if each.startswith(record_id.lower())]
    return [by_folded[each] for each in dict.fromkeys([*close, *longer])][:MOST_LIKE]
