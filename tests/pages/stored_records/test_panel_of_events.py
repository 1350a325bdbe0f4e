"""The panel Item interactions in this dataset, and that of action interactions, on the page of a local dataset."""

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, EventTracker, StoredEvent
from tests.local.event_requests import ACTION_INTERACTIONS_ARN, create_tracked
from tests.pages.html import rows_of, text_of

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

PAGE = "/local/dataset-groups/video-streaming/datasets/interactions/"
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/INTERACTIONS"
SAYS_SO = "Amazon Personalize has no call that reads item interactions back: only the local service has this panel."


def store(*about: tuple[str, str, str], arn: str = ARN, moment: int = 1764410400) -> list[int]:
    """Store events by user, item or action, and type, and return their keys."""
    dataset = Dataset.objects.get(arn=arn)
    return [
        StoredEvent.objects.create(
            dataset=dataset,
            user_id=user_id,
            object_id=object_id,
            event_type=event_type,
            moment=moment,
            properties="{}",
            digest=number.to_bytes(2),
            created_at=timezone.now(),
        ).pk
        for number, (user_id, object_id, event_type) in enumerate(about)
    ]


def link(answer: Any, words: str) -> str:
    """Return the address that a link of the panel leads to."""
    match = re.search(rf'<a href="([^"]*)">{words}</a>', answer.content.decode())
    assert match, words
    return PAGE + unescape(match[1]).removeprefix(PAGE)


def items(answer: Any) -> list[str]:
    return [row[1] for row in rows_of(answer)]


def test_says_that_there_is_none_and_why_it_is_there(operator: Client) -> None:
    text = text_of(operator.get(PAGE))
    assert "Item interactions in this dataset (0)" in text
    assert f"{SAYS_SO} No item interactions This dataset has no item interactions." in text


def test_an_empty_panel_leads_to_creating_where_events_can_be_sent(operator: Client) -> None:
    link = f'<a class="button" href="{PAGE}create-records/">Create user-item interaction record(s)</a>'
    assert link in operator.get(PAGE).content.decode()
    EventTracker.objects.filter(dataset=None).delete()
    assert link not in operator.get(PAGE).content.decode()


def test_lists_interactions_newest_first_with_their_dates(operator: Client) -> None:
    store(("u-1", "film-1", "Watch"), ("", "film-2", "Click"))
    answer = operator.get(PAGE)
    assert "Item interactions in this dataset (2)" in text_of(answer)
    assert "User ID Item ID Event type Timestamp Created" in text_of(answer)
    assert "Those created last come first, whatever their timestamps." in text_of(answer)
    newer, older = rows_of(answer)
    assert newer[:4] == ["Anonymous Click film-2", "film-2", "Click", "Sat, 29 Nov 2025 10:00:00 GMT"]
    assert older[:3] == ["u-1 Watch film-1", "film-1", "Watch"]
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", older[4])


def test_a_timestamp_beyond_all_dates_is_shown_as_a_number(operator: Client) -> None:
    store(("u-1", "film-1", "Watch"), moment=1764410400000)
    assert rows_of(operator.get(PAGE))[0][3] == "1764410400000"


def test_goes_on_and_back_in_pages_of_twenty(operator: Client) -> None:
    keys = store(*(("u", f"film-{number:02}", "Watch") for number in range(45)))
    first = operator.get(PAGE)
    assert items(first) == [f"film-{number:02}" for number in range(44, 24, -1)]
    second = operator.get(link(first, "Next page"))
    third = operator.get(link(second, "Next page"))
    assert items(third) == [f"film-{number:02}" for number in range(4, -1, -1)]
    StoredEvent.objects.filter(pk=keys[-1]).delete()
    assert items(operator.get(link(third, "Previous page"))) == items(second)
    assert items(operator.get(link(third, "First page")))[0] == "film-43"
    assert "Next page</a>" not in third.content.decode()
    assert "Previous page</a>" not in first.content.decode()


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"user": "u"}, ["film-2", "film-1"]),
        ({"object": "film-1"}, ["film-1", "film-1"]),
        ({"type": "Click"}, ["film-2"]),
        ({"user": "v", "object": "film-1", "type": "Watch"}, ["film-1"]),
    ],
)
def test_finds_by_user_item_and_type(operator: Client, search: dict[str, str], found: list[str]) -> None:
    store(("u", "film-1", "Watch"), ("v", "film-1", "Watch"), ("u", "film-2", "Click"))
    answer = operator.get(PAGE, search)
    assert items(answer) == found
    text = text_of(answer)
    assert f"{len(found)} match" in text
    assert "Item interactions in this dataset (3)" in text


def test_pages_keep_what_is_searched_for(operator: Client) -> None:
    store(*(("u&=", f"film-{number:02}", "Watch") for number in range(30)), ("other", "film-99", "Watch"))
    answer = operator.get(link(operator.get(PAGE, {"user": "u&="}), "Next page"))
    assert items(answer) == [f"film-{number:02}" for number in range(9, -1, -1)]


def test_says_that_nothing_is_found(operator: Client) -> None:
    store(("u", "film-1", "Watch"))
    answer = operator.get(PAGE, {"user": "U\0 <b>", "after": "x", "before": "9" * 30})
    text = text_of(answer)
    assert "0 matches" in text
    assert "No item interactions match your search." in text
    assert "IDs and event types are case-sensitive, and are compared as a whole." in text


def test_columns_are_as_a_person_prefers_them(operator: Client) -> None:
    store(("u", "film-1", "Watch"), ("u", "film-2", "Watch"))
    operator.post("/table-preferences/interactions/", {"page_size": "10", "columns": ["user", "type"]})
    assert rows_of(operator.get(PAGE)) == [["u Watch film-2", "Watch"], ["u Watch film-1", "Watch"]]


def test_has_the_words_of_action_interactions(operator: Client, personalize: "PersonalizeClient") -> None:
    create_tracked(personalize)
    store(("u", "enroll", "Taken"), arn=ACTION_INTERACTIONS_ARN)
    answer = operator.get("/local/dataset-groups/shop/datasets/action-interactions/")
    text = text_of(answer)
    assert "Action interactions in this dataset (1)" in text
    assert "User ID Action ID Event type Timestamp" in text
    assert "Action ID (whole ID)" in text
    assert rows_of(answer)[0][1:3] == ["enroll", "Taken"]


def test_a_viewer_sees_whose_events_they_are_and_cannot_ask_for_more(viewer: Client) -> None:
    store(("u-1", "film-1", "Watch"))
    answer = viewer.get(PAGE, {"type": "nothing", "object": "nothing"})
    (row,) = rows_of(answer)
    html = answer.content.decode()
    assert len(row) == 2
    assert 'name="user"' in html
    assert 'name="object"' not in html
    assert 'name="type"' not in html
    assert "You see IDs and outcomes." in text_of(answer)


def test_searches_in_any_field_of_the_newest_and_sorts(operator: Client) -> None:
    keys = store(("u-1", "film-1", "Watch"), ("u-2", "film-2", "Watch"), ("u-1", "film-3", "Click"))
    for key, genre in zip(keys, ("drama", "comedy", "DRAMATIC"), strict=True):
        StoredEvent.objects.filter(pk=key).update(properties=f'{{"itemId": "film", "sessionId": "{genre}"}}')
    assert items(operator.get(PAGE, {"filter": "drama"})) == ["film-3", "film-1"]
    assert "0 matches" in text_of(operator.get(PAGE, {"filter": "drama", "user": "u-2"}))
    assert "0 matches" in text_of(operator.get(PAGE, {"filter": "drama", "in": "object"}))
    assert items(operator.get(PAGE, {"sort": "field-SESSION_ID"})) == ["film-2", "film-1", "film-3"]
    assert items(operator.get(PAGE, {"sort": "user"})) == ["film-3", "film-1", "film-2"]


def test_a_viewer_cannot_search_in_fields_of_events(viewer: Client) -> None:
    store(("u-1", "film-1", "Watch"))
    assert len(rows_of(viewer.get(PAGE, {"filter": "nothing", "sort": "type"}))) == 1
