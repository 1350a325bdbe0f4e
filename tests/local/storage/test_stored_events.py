"""The events of a dataset as a person looks at them: the newest first, by user, item and type, in pages that stay right."""

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from console.local.models import Dataset, StoredEvent
from console.local.storage.stored_events import EventSearch, count_events, events_page, find_event, find_sent_events
from tests.local.event_requests import INTERACTIONS_ARN, create_shop, delete_event_tracker
from tests.local.queued import remove_all
from tests.local.storage.test_stored_records import explained

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

ALL = EventSearch()


@pytest.fixture
def events(personalize: "PersonalizeClient") -> list[StoredEvent]:
    """Six events, from the earliest to the newest: of two users, about two items, of two types."""
    create_shop(personalize)
    dataset = Dataset.objects.get(arn=INTERACTIONS_ARN)
    about = [("u", "film"), ("v", "film"), ("u", "song"), ("u", "film"), ("v", "song"), ("", "film")]
    return [
        StoredEvent.objects.create(
            dataset=dataset,
            user_id=user_id,
            object_id=item_id,
            event_type="buy" if number == 3 else "view",
            # The moment of an event says nothing of when it came.
            moment=-number,
            properties="{}",
            digest=bytes([number]),
            created_at=timezone.now(),
        )
        for number, (user_id, item_id) in enumerate(about)
    ]


def page(
    events: list[StoredEvent], *, search: EventSearch = ALL, after: int | None = None, before: int | None = None
) -> tuple[list[int], bool, bool]:
    """Return the numbers of the events of a page of two, and whether there are pages before and after it."""
    keys = [each.pk for each in events]
    found = events_page(
        INTERACTIONS_ARN,
        search,
        None if after is None else keys[after],
        None if before is None else keys[before],
        2,
    )
    return [keys.index(each.pk) for each in found.events], found.has_previous, found.has_next


def test_pages_go_on_and_back_from_the_newest(events: list[StoredEvent]) -> None:
    assert page(events) == ([5, 4], False, True)
    assert page(events, after=4) == ([3, 2], True, True)
    assert page(events, after=2) == ([1, 0], True, False)
    assert page(events, before=1) == ([3, 2], True, True)
    assert page(events, before=3) == ([5, 4], False, True)


def test_pages_stay_right_while_events_come_and_go(events: list[StoredEvent]) -> None:
    StoredEvent.objects.filter(pk__in=[events[4].pk, events[2].pk, events[0].pk]).delete()
    assert page(events, after=4) == ([3, 1], True, False)
    # Where nothing is left, the last page; where too little is, the first one.
    assert page(events, after=1) == ([3, 1], True, False)
    assert page(events, before=4) == ([5, 3], False, True)


def test_events_are_found_by_user_item_and_type(events: list[StoredEvent]) -> None:
    assert page(events, search=EventSearch(user_id="u")) == ([3, 2], False, True)
    assert page(events, search=EventSearch(user_id="u"), after=2) == ([0], True, False)
    assert page(events, search=EventSearch(object_id="song")) == ([4, 2], False, False)
    assert page(events, search=EventSearch(event_type="buy")) == ([3], False, False)
    assert page(events, search=EventSearch(user_id="u", object_id="film", event_type="view")) == ([0], False, False)
    assert page(events, search=EventSearch(user_id="nobody\0")) == ([], False, False)


def test_events_are_counted_up_to_a_number(events: list[StoredEvent]) -> None:
    assert count_events(INTERACTIONS_ARN, ALL, 100) == 6
    assert count_events(INTERACTIONS_ARN, ALL, 4) == 4
    assert count_events(INTERACTIONS_ARN, EventSearch(object_id="film"), 100) == 4


def test_an_event_is_found_by_its_key_while_its_dataset_is_there(
    personalize: "PersonalizeClient", events: list[StoredEvent]
) -> None:
    found = find_event(INTERACTIONS_ARN, events[2].pk)
    assert found is not None
    assert (found.user_id, found.object_id) == ("u", "song")
    delete_event_tracker(personalize)
    personalize.delete_dataset(datasetArn=INTERACTIONS_ARN)
    assert find_event(INTERACTIONS_ARN, events[2].pk) is None
    assert count_events(INTERACTIONS_ARN, ALL, 100) == 0
    # The worker removes the events with the dataset.
    remove_all()
    assert not StoredEvent.objects.exists()


@pytest.mark.parametrize(
    ("search", "index"),
    [
        (ALL, "events_of_dataset"),
        (EventSearch(user_id="u"), "events_of_user"),
        (EventSearch(object_id="film"), "events_of_object"),
        (EventSearch(event_type="view"), "events_of_type"),
        (EventSearch(user_id="u", event_type="view"), "events_of_user"),
        (EventSearch(object_id="film", event_type="view"), "events_of_object"),
    ],
)
def test_each_search_reads_an_index_in_its_order(events: list[StoredEvent], search: EventSearch, index: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        page(events, search=search, after=4)
    (query,) = [each["sql"] for each in queries if "LIMIT 3" in each["sql"]]
    plan = explained(query)
    assert re.search(rf"\b{index}\b", plan), plan
    assert not re.search("TEMP B-TREE|Sort", plan), plan


def test_a_sent_event_is_found_by_its_user_and_the_values_of_its_properties(events: list[StoredEvent]) -> None:
    for each, session in zip(events[:2], ("s-1", "s-2"), strict=True):
        each.properties, each.moment = f'{{"timestamp":7,"sessionId":"{session}"}}', 7
        each.save()
    sent = [
        ("v", '{"sessionId": "s-2", "timestamp": 7}'),
        ("u", '{"sessionId": "s-1", "timestamp": 7}'),
        ("u", '{"sessionId": "s-2", "timestamp": 7}'),
        ("u", ""),
    ]
    assert find_sent_events(INTERACTIONS_ARN, sent) == [events[1], events[0], None, None]
    assert find_sent_events(f"{INTERACTIONS_ARN}X", sent[:1]) == [None]
