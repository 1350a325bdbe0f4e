"""The two weeks before a demo was created: what was imported, and the calls with their records and outcomes.

Who plays the story stores what arrived, and writes the calls into the trail.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from console.local.demo import GROUPS, ON_ITS_WAY, FieldDescription
from console.local.demo_story.plans import FIRST_NUMBER, PLANS, UNLISTED_USERS, Plan
from console.local.demo_story.told import FAILURES, MadeCall, Story
from console.local.demo_story.values import properties
from console.records.entities import ENTITIES, USERS, Entity
from console.records.requests import Sent
from console.records.validation.validation import properties_json

SEED = 20
DAYS = 14
# Before the fortnight: when the demo's groups were made, and when files were imported into them.
GROUPS_MADE, FIRST_IMPORTS = timedelta(days=DAYS + 2), timedelta(days=DAYS + 1)
SHARE_IMPORTED = 0.4
# Each so many calls, one fails; most of these are made again a little later.
CALLS_TO_A_FAILURE, SHARE_TRIED_AGAIN = 7, 0.7
PEOPLE, SHARES_OF_PEOPLE = ("operator", "administrator"), (4, 1)
FIRST_HOUR, LAST_HOUR = 7, 18


@dataclass(frozen=True, slots=True)
class _Piece:
    """Records of one call, whose moment is not known yet: of events, the rest of their properties is made then."""

    group: str
    entity: Entity
    records: tuple[tuple[str, dict[str, Any]], ...]


def story_until(now: datetime) -> Story:
    """Return the story of the two weeks before a given time."""
    random = Random(SEED)
    story = Story(now)
    pieces: list[_Piece] = []
    for name, _domain, fields_by_type in GROUPS:
        for type_, fields in fields_by_type.items():
            entity = ENTITIES[type_.upper()]
            if name in PLANS and f"dataset/{name}/{entity.dataset_type}" != ON_ITS_WAY:
                records = list(_records(random, PLANS[name], entity, fields, now))
                number = int(len(records) * SHARE_IMPORTED)
                imported = [_sent(random, each, now - FIRST_IMPORTS) for each in records[:number]]
                story.imported[name, entity] = imported
                pieces += _pieces(random, name, entity, records[number:])
    random.shuffle(pieces)
    moments = sorted(_moments(random, now, len(pieces)))
    for number, (piece, at) in enumerate(zip(pieces, moments, strict=True), 1):
        story.calls.extend(_calls(random, piece, at, now, number))
    story.calls.sort(key=lambda each: each.at)
    return story


def _records(
    random: Random, plan: Plan, entity: Entity, fields: Sequence[FieldDescription], now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the records of a type in a dataset group; for events, the properties that do not depend on their time."""
    if not entity.is_event:
        number, form = (plan.users, plan.user_id) if entity is USERS else (plan.items, plan.item_id)
        for each in range(FIRST_NUMBER, FIRST_NUMBER + number):
            yield form.format(each), properties(random, fields, now)
        return
    users, items = plan.users or UNLISTED_USERS, plan.items or UNLISTED_USERS
    for _number in range(plan.interactions):
        user_id = plan.user_id.format(FIRST_NUMBER + _early(random, users))
        item_id = plan.item_id.format(FIRST_NUMBER + _early(random, items))
        weights = range(2 * len(plan.event_types), 0, -2)
        yield user_id, {"itemId": item_id, "eventType": random.choices(plan.event_types, weights)[0]}


def _early(random: Random, number: int) -> int:
    """Return a random integer below a limit; small ones are likelier, since some items are more popular."""
    return int(number * random.random() ** 1.6)


def _pieces(
    random: Random, group: str, entity: Entity, records: Sequence[tuple[str, dict[str, Any]]]
) -> Iterator[_Piece]:
    """Yield records grouped by call; a call has the events of one user."""
    if entity.is_event:
        by_user: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for each in records:
            by_user.setdefault(each[0], []).append(each)
        for own in by_user.values():
            yield from (_Piece(group, entity, tuple(own[at : at + 4])) for at in range(0, len(own), 4))
        return
    rest = list(records)
    while rest:
        size = random.randint(1, min(6, entity.most_per_call))
        yield _Piece(group, entity, tuple(rest[:size]))
        del rest[:size]


def _calls(random: Random, piece: _Piece, at: datetime, now: datetime, number: int) -> Iterator[MadeCall]:
    """Yield the call of a group of records, or a failed call and, usually, its retry."""
    session = f"session-{number:03}"
    sent = tuple(
        _sent(random, (record_id, values), at, session if piece.entity.is_event else "")
        for record_id, values in piece.records
    )
    person = random.choices(PEOPLE, SHARES_OF_PEOPLE)[0]
    call = MadeCall(at, person, piece.group, piece.entity, sent)
    if number % CALLS_TO_A_FAILURE:
        yield call
        return
    yield replace(call, failure=FAILURES[number // CALLS_TO_A_FAILURE % len(FAILURES)])
    later = min(now, at + timedelta(seconds=random.randint(40, 400)))
    if random.random() < SHARE_TRIED_AGAIN:
        yield replace(call, at=later)


def _sent(random: Random, record: tuple[str, dict[str, Any]], at: datetime, session: str = "") -> Sent:
    """Return a record as sent at a given time; an event happened some minutes earlier."""
    record_id, values = record
    if "eventType" in values:
        moment = at - timedelta(seconds=random.randint(30, 3600))
        values = {**values, "timestamp": int(moment.timestamp())}
        values |= {"sessionId": session} if session else {}
    return record_id, properties_json(values)


def _moments(random: Random, now: datetime, number: int) -> Iterator[datetime]:
    """Yield a number of times in the two weeks: in working hours, fewer at weekends, none in the future."""
    today = now.astimezone(UTC).date()
    days = [today - timedelta(days=before) for before in range(DAYS)]
    weights = [1 if day.weekday() >= 5 else 4 for day in days]
    for day in random.choices(days, weights, k=number):
        midnight = datetime.combine(day, time(), UTC)
        seconds = random.uniform(FIRST_HOUR, LAST_HOUR) * 3600
        if day == today:
            # Events happen in the part of the day that has passed.
            seconds *= min(1.0, (now - midnight).total_seconds() / (LAST_HOUR * 3600))
        yield midnight + timedelta(seconds=seconds)
