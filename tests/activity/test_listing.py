"""Pages of entries, in every order, forth and back."""

from datetime import UTC, datetime, timedelta

import pytest

from console.activity.listing import (
    Filters,
    count,
    first_page,
    last_page,
    newest_first,
    page_after,
    page_before,
    place_of,
)
from console.activity.models import KEYS, Entry, Kind
from console.submissions.lists.places import Listed, Place, order

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PEOPLE = ("bob", "ada", "ada", "Ada", "", "bob", "ada")


@pytest.fixture
def entries() -> list[Entry]:
    """Seven entries, of which two are of the same moment."""
    made = [
        Entry(
            kind=Kind.SIGNED_OUT if number % 2 else Kind.CREATED,
            person_name=name,
            name=f"Shop {number}",
            environment="local" if number < 3 else "",
            happened_at=NOON + timedelta(hours=number if number != 4 else 3),
        )
        for number, name in enumerate(PEOPLE)
    ]
    for each in made:
        each.save()
    return made


def numbers(listed: Listed) -> list[int]:
    return [int(each.name.removeprefix("Shop ")) for each in listed.object_list]


@pytest.mark.parametrize("name", ["created", *KEYS])
@pytest.mark.parametrize("is_descending", [False, True])
def test_pages_follow_each_other_in_every_order(entries: list[Entry], name: str, is_descending: bool) -> None:
    rows, by = Filters().rows, order(name, is_descending=is_descending)

    def place(entry: Entry) -> Place:
        found = place_of(by, entry.pk)
        assert found is not None
        return found

    page = first_page(rows, by, 3)
    assert not page.has_previous
    found, pages = numbers(page), [page]
    while page.has_next:
        page = page_after(rows, by, 3, place(page.object_list[-1]))
        assert page.has_previous
        pages.append(page)
        found += numbers(page)
    assert sorted(found) == [0, 1, 2, 3, 4, 5, 6]
    keys = [(getattr(entries[number], KEYS[name]) if name in KEYS else "") for number in found]
    assert keys == sorted(keys, reverse=is_descending)
    assert numbers(last_page(rows, by, 3)) == found[-3:]
    assert numbers(page_before(rows, by, 3, place(pages[2].object_list[0]))) == numbers(pages[1])
    assert numbers(page_before(rows, by, 3, place(pages[0].object_list[1]))) == numbers(pages[0])


def test_equal_ones_are_newest_first(entries: list[Entry]) -> None:
    assert numbers(first_page(Filters().rows, order("person", is_descending=False), 10)) == [4, 3, 6, 2, 1, 5, 0]


def test_a_day_is_a_place_in_time(entries: list[Entry]) -> None:
    def page_from(moment: datetime, *, is_descending: bool) -> Listed:
        return page_after(Filters().rows, order("created", is_descending=is_descending), 2, Place(None, moment, None))

    page = page_from(NOON + timedelta(hours=4), is_descending=True)
    assert (numbers(page), page.has_previous, page.has_next) == ([4, 3], True, True)
    page = page_from(NOON + timedelta(hours=5), is_descending=False)
    assert (numbers(page), page.has_previous, page.has_next) == ([5, 6], True, False)
    assert numbers(page_from(NOON, is_descending=True)) == [1, 0]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kind=Kind.CREATED), [6, 4, 2, 0]),
        (Filters(person="ADA"), [6, 3, 2, 1]),
        (Filters(environment="Local"), [2, 1, 0]),
        (Filters(text="OP 3"), [3]),
        (Filters(text="bo"), [5, 0]),
        (Filters(since=NOON + timedelta(hours=5)), [6, 5]),
        (Filters(until=NOON, kind=Kind.CREATED), [0]),
        (Filters(text="%"), []),
    ],
)
def test_filters(entries: list[Entry], filters: Filters, found: list[int]) -> None:
    assert numbers(first_page(filters.rows, order("created", is_descending=True), 10)) == found
    assert count(filters.rows) == len(found)
    parts = list(newest_first(filters.rows, 2))
    assert [int(each.name.removeprefix("Shop ")) for part in parts for each in part] == found
