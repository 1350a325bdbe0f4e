"""The ids that Load known record offers: those that begin with what is typed, and those that are much like it."""

from difflib import get_close_matches

from django.http import HttpResponse
from django.shortcuts import render

from console.local import api as local_api
from console.pages.frame.permissions import RECORDS, why_not_create
from console.pages.frame.requests import Request
from console.people.roles import Person
from console.personalize import calls
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.records.entities import Entity
from console.submissions.known.found_ids import find_ids
from console.submissions.models import dataset_key
from console.submissions.trails.sight import sight_of

MOST = 10
# Among so many, ids are looked for that are much like one that is not known.
MOST_COMPARED = 200
MOST_LIKE = 3


def answer_typing(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Answer what is typed into the field of Load known record with the ids that begin so, the newest first."""
    ids: list[str] = []
    if not entity.is_event and not why_not_create(request.user, environment, RECORDS):
        try:
            arn = calls.dataset_arn(environment, group, entity)
        except PersonalizeError:
            arn = ""
        text = request.POST.get("known_record", "").strip()
        ids = known_ids(request.user, environment, arn, text, MOST) if arn else []
    return render(request, "records/known_ids.html", {"known_ids": ids})


def known_ids(person: Person, environment: Environment, arn: str, text: str, most: int) -> list[str]:
    """Return at most so many ids of records of a dataset that begin with a text, in any case, the newest first.

    Those of the local service are what it stores; at AWS, what this console sent, as far as the person may see it.
    """
    key = dataset_key(endpoint_of(environment), arn)
    sent = find_ids(key, text, sight_of(person, environment, key).origins(), most)
    if not environment.is_local:
        return sent
    stored = local_api.find_records(arn, sent)
    # The index of the stored ids knows no case: these are how ids are written.
    for beginning in dict.fromkeys([text, text.lower(), text.upper(), text.capitalize()]):
        page = local_api.records_page(arn, beginning, None, None, most)
        stored |= {each.record_id: each for each in page.records}
    newest = sorted(stored.values(), key=lambda each: each.replaced_at, reverse=True)
    return [each.record_id for each in newest][:most]


def like_ids(person: Person, environment: Environment, arn: str, record_id: str) -> list[str]:
    """Return known ids of a dataset that are much like one: in another case, or with a slip."""
    beginnings = dict.fromkeys([record_id, record_id[: len(record_id) // 2], record_id[:1], ""])
    by_folded: dict[str, str] = {}
    for beginning in beginnings:
        for each in known_ids(person, environment, arn, beginning, MOST_COMPARED):
            by_folded.setdefault(each.lower(), each)
    close = get_close_matches(record_id.lower(), by_folded, n=MOST_LIKE)
    longer = [each for each in by_folded if each.startswith(record_id.lower())]
    return [by_folded[each] for each in dict.fromkeys([*close, *longer])][:MOST_LIKE]
