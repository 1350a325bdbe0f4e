"""Pages of submissions beside a list in memory: every order, every search, few of them and many."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.submissions.lists import counting
from console.submissions.lists.listing import (
    first_page,
    last_page,
    newest_first,
    page_after,
    page_before,
    place_after,
    place_of,
)
from console.submissions.lists.places import Listed, Order, Place, order
from console.submissions.lists.search import Search
from console.submissions.models import Outcome, Submission
from console.submissions.origins import origin_of_dataset
from tests.submissions.sent import ARN, complete, send
from tests.support.numbers import some_of

pytestmark = pytest.mark.django_db

GROUP = "loyalty-programme"
ELSEWHERE = ARN.replace("dataset/", "dataset/Eu-West-")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SIZE = 5

# What each order sorts by: without a duration, first; the ids as far as they are compared.
KEYS: dict[str, Callable[[Submission], Any]] = {
    "person": lambda each: each.person_name,
    "records": lambda each: each.record_ids[:64],
    "outcome": lambda each: each.outcome,
    "code": lambda each: each.error_code,
    "duration": lambda each: -1 if each.duration_ms is None else each.duration_ms,
    "request": lambda each: each.request_id,
}
SEARCHES: dict[str, tuple[dict[str, Any], Callable[[Submission], bool]]] = {
    "everything": ({}, lambda each: True),
    "nothing": ({"text": "no such thing"}, lambda each: False),
    "a person": ({"person": "ADA"}, lambda each: each.person_name in ("ada", "Ada")),
    "an outcome": ({"outcome": Outcome.REFUSED}, lambda each: each.outcome == "refused"),
    "unconfirmed": ({"outcome": Outcome.UNCONFIRMED}, lambda each: each.outcome in ("sending", "unconfirmed")),
    "a user": ({"record_id": "u-1"}, lambda each: "u-1" in each.record_id_list),
    "a dataset": ({"dataset": "EU-WEST"}, lambda each: each.dataset_arn == ELSEWHERE),
    "days": (
        {"since": NOON + timedelta(minutes=5), "until": NOON + timedelta(minutes=15)},
        lambda each: NOON + timedelta(minutes=5) <= each.created_at <= NOON + timedelta(minutes=15),
    ),
    "a part of a name": ({"text": "DA"}, lambda each: each.person_name in ("ada", "Ada")),
    "the beginning of ids": (
        {"text": "U-1"},
        lambda each: any(u.lower().startswith("u-1") for u in each.record_id_list),
    ),
    "ids and outcomes": (
        {"text": "u"},
        lambda each: each.outcome in ("refused", "unconfirmed", "sending") or "u-" in each.record_ids.lower(),
    ),
    "a name and ids": (
        {"text": "b"},
        lambda each: each.person_name == "bob" or any(u.startswith("b") for u in each.record_id_list),
    ),
    "a person and an outcome": (
        {"person": "bob", "outcome": Outcome.CREATED},
        lambda each: each.person_name == "bob" and each.outcome == "created",
    ),
    "a person and a dataset": (
        {"person": "bob", "dataset": "EU-WEST"},
        lambda each: each.person_name == "bob" and each.dataset_arn == ELSEWHERE,
    ),
    "a dataset, an outcome and days": (
        {"dataset": "EU-WEST", "outcome": Outcome.CREATED, "since": NOON + timedelta(minutes=5)},
        lambda each: (
            each.dataset_arn == ELSEWHERE
            and each.outcome == "created"
            and each.created_at >= NOON + timedelta(minutes=5)
        ),
    ),
    "a user and an outcome": (
        {"record_id": "u-1", "outcome": Outcome.REFUSED},
        lambda each: "u-1" in each.record_id_list and each.outcome == "refused",
    ),
    "all at once": (
        {"text": "o", "person": "bob", "dataset": "dataset/loyalty", "outcome": Outcome.CREATED, "since": NOON},
        lambda each: each.person_name == "bob" and each.outcome == "created" and each.dataset_arn == ARN,
    ),
}


def origin() -> int:
    """Return the key of the origin that they are of."""
    return origin_of_dataset("local", "local", ARN).pk


@pytest.fixture
def sent() -> list[Submission]:
    """Forty submissions to a group, many of them equal in something, and some to others."""
    chance = random.Random(7)
    for number in range(40):
        ids = chance.sample(["u-1", "u-12", "u-2", "U-1", "b-3", "x" * 80 + "y", "x" * 80 + "z"], chance.randint(1, 3))
        submission = send(
            {each: {} for each in ids},
            Outcome.SENDING,
            # Some at the same moment.
            at=NOON + timedelta(minutes=number // 2),
            person_name=chance.choice(["ada", "Ada", "bob", "eve"]),
            dataset_arn=chance.choice([ARN, ARN, ELSEWHERE]),
        )
        outcome = chance.choice([Outcome.CREATED, Outcome.CREATED, Outcome.REFUSED, Outcome.SENDING])
        if outcome is not Outcome.SENDING:
            code = "InvalidInputException" if outcome is Outcome.REFUSED else ""
            duration, request = chance.choice([0.0, 1.5, 20.25]), chance.choice(["", "r-1", "r-2"])
            complete(submission, outcome, error_code=code, duration_ms=duration, request_id=request)
    send({"u-1": {}}, dataset_group="online-shop")
    send({"u-1": {}}, environment="staging")
    return list(Submission.objects.filter(environment="local", dataset_group=GROUP))


@pytest.fixture(params=[3, 10_000], ids=["many", "few"])
def gathered_up_to(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take more than so many for many, which are read in another way."""
    monkeypatch.setattr(counting, "FEW", request.param)
    monkeypatch.setattr(counting, "LESS", 2)


def expected(sent: list[Submission], wanted: Callable[[Submission], bool], by: Order) -> list[Submission]:
    found = [each for each in sent if wanted(each)]
    found.sort(key=lambda each: (each.created_at, each.pk.hex), reverse=by.is_newest_first)
    if by.name in KEYS:
        found.sort(key=KEYS[by.name], reverse=by.is_descending)
        # Sorting in reverse keeps what is equal in its order.
    return found


def place(found: Any, by: Order, submission: Submission) -> Place:
    there = place_of(found, by, submission.pk)
    assert there
    return there


def keys(page: Listed) -> list[Any]:
    return [each.pk for each in page.object_list]


# All orders in one test: the submissions take as long to write as their pages to read.
@pytest.mark.parametrize(
    ("gathered_up_to", "is_descending"),
    some_of([(3, False), (10_000, True), (3, True), (10_000, False)], 0, 1),
    indirect=["gathered_up_to"],
    ids=str,
)
@pytest.mark.usefixtures("gathered_up_to")
def test_pages_lead_through_every_order_of_every_search(sent: list[Submission], *, is_descending: bool) -> None:
    for name, (said, wanted) in product(["created", *KEYS], SEARCHES.values()):
        by = order(name, is_descending=is_descending)
        found = Search(origin(), GROUP, **said).found
        all_of_them = [each.pk for each in expected(sent, wanted, by)]
        page, read = first_page(found, by, SIZE), []
        assert not page.has_previous
        while True:
            read += keys(page)
            if not page.has_next:
                break
            page = page_after(found, by, SIZE, place(found, by, page.object_list[-1]))
            assert page.has_previous
        assert read == all_of_them, (name, said)
        page, read = last_page(found, by, SIZE), []
        assert not page.has_next
        while True:
            read = keys(page)[: len(all_of_them) - len(read)] + read
            if not page.has_previous:
                break
            page = page_before(found, by, SIZE, place(found, by, page.object_list[0]))
            assert page.has_next
        assert read == all_of_them, (name, said)


@pytest.mark.usefixtures("gathered_up_to")
def test_counts_and_reads_all_that_each_search_finds(sent: list[Submission]) -> None:
    for name, (said, wanted) in SEARCHES.items():
        found = Search(origin(), GROUP, **said).found
        read = [each.pk for part in newest_first(found, SIZE) for each in part]
        all_of_them = [each.pk for each in expected(sent, wanted, Order())]
        assert (name, read) == (name, all_of_them)
        assert (name, found.count) == (name, min(len(all_of_them), found.most_counted + 1))


def test_pages_stay_the_same_while_others_are_sent(sent: list[Submission]) -> None:
    by = Order()
    found = Search(origin(), GROUP).found
    first = first_page(found, by, SIZE)
    there = place(found, by, first.object_list[-1])
    second = page_after(found, by, SIZE, there)
    for _ in range(SIZE + 1):
        send({"later": {}})
    assert keys(page_after(found, by, SIZE, there)) == keys(second)
    back = page_before(found, by, SIZE, place(found, by, second.object_list[0]))
    assert keys(back) == keys(first)
    assert back.has_previous


def test_where_too_little_is_left_the_nearest_page_is_shown(sent: list[Submission]) -> None:
    by, found = Order(), Search(origin(), GROUP).found
    newest = expected(sent, lambda _each: True, by)
    last = page_after(found, by, SIZE, place(found, by, newest[-1]))
    assert keys(last) == [each.pk for each in newest[-SIZE:]]
    assert (last.has_previous, last.has_next) == (True, False)
    first = page_before(found, by, SIZE, place(found, by, newest[2]))
    assert keys(first) == [each.pk for each in newest[:SIZE]]
    assert (first.has_previous, first.has_next) == (False, True)


def test_the_place_of_a_number_is_that_of_its_submission_or_the_last(sent: list[Submission]) -> None:
    by, found = order("person", is_descending=False), Search(origin(), GROUP).found
    in_order = expected(sent, lambda _each: True, by)
    for number, index in ((1, 0), (17, 16), (1_000, -1)):
        there = place_after(found, by, number)
        assert there
        assert there.pk == in_order[index].pk
    assert place_after(Search(origin(), "nothing").found, by, 5) is None


def test_a_submission_of_another_group_has_no_place(sent: list[Submission]) -> None:
    other = Submission.objects.get(dataset_group="online-shop")
    assert place_of(Search(origin(), GROUP).found, Order(), other.pk) is None


def test_the_first_part_of_many_is_read_without_the_others(
    sent: list[Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "FEW", 3)
    found = Search(origin(), GROUP).found
    with CaptureQueriesContext(connection) as queries:
        assert len(next(newest_first(found, SIZE))) == SIZE
    places, rows = (query["sql"] for query in queries)
    assert places.endswith(f"LIMIT {SIZE}")
    assert '"history_submission"."id" IN (' in rows


def test_ids_of_other_datasets_make_no_search_long(sent: list[Submission], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "FEW", 3)
    for number in range(5):
        send({f"film-{number}": {}})
    everywhere, elsewhere = (Search(origin(), GROUP, text="film", dataset=each).found for each in ("", "EU-WEST"))
    assert (everywhere.is_gathered, everywhere.count) == (False, 4)
    assert (elsewhere.is_gathered, elsewhere.count) == (True, 0)


def test_ids_of_two_datasets_are_many_together(sent: list[Submission], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "FEW", 3)
    for number in range(2):
        send({f"film-{number}": {}})
        send({f"film-{number}": {}}, dataset_arn=ELSEWHERE)
    found = Search(origin(), GROUP, text="film").found
    assert (found.is_gathered, found.count) == (False, 4)
    with_outcome = Search(origin(), GROUP, text="film", outcome=Outcome.CREATED).found
    assert [some.count() for some in with_outcome.some] == [2, 2]


def test_what_is_frequent_and_hardly_meets_is_gathered(
    sent: list[Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "FEW", 3)
    for number in range(5):
        send({f"film-{number}": {}}, dataset_arn=ELSEWHERE, person_name="catalog", at=NOON + timedelta(days=1))
        send({f"user-{number}": {}}, person_name="importer", at=NOON)
    day = {"since": NOON + timedelta(hours=20)}
    for number, said in (
        (0, {"dataset": "EU-WEST", "person": "importer"}),
        (0, {"text": "film", "person": "importer"}),
        (0, {"text": "user-", "since": NOON + timedelta(hours=20)}),
        (0, {"dataset": "dataset/loyalty", **day}),
        (4, {"dataset": "EU-WEST", "person": "catalog", **day}),
    ):
        found = Search(origin(), GROUP, **said).found
        assert (found.is_gathered, found.count) == (number == 0, number), said


@pytest.mark.parametrize(
    ("said", "is_known"),
    [
        ({"dataset": "EU-WEST", "person": "catalog"}, True),
        ({"outcome": Outcome.UNCONFIRMED, "dataset": "EU-WEST", "since": NOON}, True),
        ({"person": "catalog", "text": "film"}, False),
    ],
)
def test_what_an_index_counts_together_is_counted_once(
    sent: list[Submission], monkeypatch: pytest.MonkeyPatch, said: dict[str, Any], is_known: bool
) -> None:
    monkeypatch.setattr(counting, "FEW", 3)
    for number in range(5):
        sent_by = {"dataset_arn": ELSEWHERE, "person_name": "catalog"}
        send({f"film-{number}": {}}, Outcome.UNCONFIRMED, at=NOON + timedelta(days=1), **sent_by)
    found = Search(origin(), GROUP, **said).found
    assert not found.is_gathered
    with CaptureQueriesContext(connection) as queries:
        assert found.count == (4 if is_known else 5)
    assert (len(queries) == 0) == is_known


def test_ids_of_many_are_counted_less_far_with_other_filters(
    sent: list[Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "FEW", 5)
    monkeypatch.setattr(counting, "LESS", 2)
    for _ in range(6):
        send({"again": {}})
    found = Search(origin(), GROUP, record_id="again").found
    assert (found.is_gathered, found.count, found.most_counted) == (False, 6, 5)
    found = Search(origin(), GROUP, record_id="again", outcome=Outcome.CREATED).found
    assert (found.is_gathered, found.count, found.most_counted) == (False, 3, 2)
    # What another origin sends to the dataset does not count, so each submission is looked at.
    send({"again": {}}, environment="staging", endpoint="local")
    found = Search(origin(), GROUP, record_id="again").found
    assert (found.is_gathered, found.count, found.most_counted) == (False, 3, 2)
