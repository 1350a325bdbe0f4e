"""The users of a dataset as a person looks at them: by the beginning of their ids, in pages that stay right."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from console.local.models import Dataset, StoredRecord
from console.local.storage.stored_records import count_records, find_record, records_page
from console.records.prefixes import end_of_prefix
from tests.conftest import LOYALTY

pytestmark = pytest.mark.usefixtures("demo")

VIDEO = "arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/USERS"
HIGHEST = "\U0010ffff"


def store(*user_ids: str, arn: str = LOYALTY) -> None:
    dataset = Dataset.objects.get(arn=arn)
    now: datetime = timezone.now()
    StoredRecord.objects.bulk_create(
        StoredRecord(dataset=dataset, record_id=record_id, properties="{}", created_at=now, replaced_at=now)
        for record_id in user_ids
    )


def page(prefix: str = "", *, after: str | None = None, before: str | None = None) -> tuple[list[str], bool, bool]:
    """Return the ids of a page of two, and whether there are pages before and after it."""
    found = records_page(LOYALTY, prefix, after, before, 2)
    return [each.record_id for each in found.records], found.has_previous, found.has_next


def matches(prefix: str) -> list[str]:
    return [each.record_id for each in records_page(LOYALTY, prefix, None, None, 100).records]


def test_pages_go_on_and_back_by_the_order_of_ids() -> None:
    store("e", "c", "a", "d", "b")
    store("other", arn=VIDEO)
    assert page() == (["a", "b"], False, True)
    assert page(after="b") == (["c", "d"], True, True)
    assert page(after="d") == (["e"], True, False)
    assert page(before="e") == (["c", "d"], True, True)
    assert page(before="c") == (["a", "b"], False, True)


def test_pages_stay_right_while_users_come_and_go() -> None:
    store("a", "b", "c", "d", "e")
    StoredRecord.objects.filter(record_id__in=["a", "b", "d"]).delete()
    store("bb")
    assert page(after="b") == (["bb", "c"], False, True)
    assert page(after="c") == (["e"], True, False)
    assert page(before="e") == (["bb", "c"], False, True)


def test_where_nothing_is_left_the_nearest_page_is_shown() -> None:
    store("a", "b", "c")
    assert page(after="z") == (["b", "c"], True, False)
    assert page(before="b") == (["a", "b"], False, True)
    assert page(before="a") == (["a", "b"], False, True)
    StoredRecord.objects.all().delete()
    assert page(after="a") == ([], False, False)
    assert page(before="a") == ([], False, False)


def test_pages_of_a_prefix_hold_no_other_users() -> None:
    store("a", "b1", "b2", "b3", "c")
    assert page("b") == (["b1", "b2"], False, True)
    assert page("b", after="b2") == (["b3"], True, False)
    assert page("b", before="b3") == (["b1", "b2"], False, True)
    assert page("b", after="a") == (["b1", "b2"], False, True)
    assert page("b", after="x") == (["b2", "b3"], True, False)
    assert page("b", before="x") == (["b2", "b3"], True, False)
    assert page("b", before="a") == (["b1", "b2"], False, True)


AWKWARD = [
    " ", "  x", "%", "%a", "A", "Z", "\\", "\\x", "_", "_a", "a", "a%", "ab", "a\nb", "a/../b", "z", "é", "e\u0301",
    "ß", "\ud7ff", "\ud7ffx", "\ue000", "\uffff", "😀", "😀x", HIGHEST, HIGHEST * 2, HIGHEST + "a", "a" + HIGHEST,
    "a" + HIGHEST + "b", "x" * 256,
]  # fmt: skip


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("%", ["%", "%a"]),
        ("_", ["_", "_a"]),
        ("\\", ["\\", "\\x"]),
        ("a%", ["a%"]),
        ("A", ["A"]),
        (" ", [" ", "  x"]),
        ("a\n", ["a\nb"]),
        ("a/", ["a/../b"]),
        ("e", ["e\u0301"]),
        ("é", ["é"]),
        ("ss", []),
        ("\ud7ff", ["\ud7ff", "\ud7ffx"]),
        ("\ue000", ["\ue000"]),
        ("\uffff", ["\uffff"]),
        ("😀", ["😀", "😀x"]),
        (HIGHEST, [HIGHEST, HIGHEST + "a", HIGHEST * 2]),
        (HIGHEST * 2, [HIGHEST * 2]),
        ("a" + HIGHEST, ["a" + HIGHEST, "a" + HIGHEST + "b"]),
        ("x" * 256, ["x" * 256]),
        ("x" * 257, []),
    ],
)
def test_finds_by_the_beginning_whatever_the_characters_are(prefix: str, expected: list[str]) -> None:
    store(*AWKWARD)
    assert matches(prefix) == sorted(expected)
    assert count_records(LOYALTY, prefix, 1000) == len(expected)


def test_sorts_by_code_points() -> None:
    store(*AWKWARD)
    assert matches("") == sorted(AWKWARD)


def test_the_end_of_a_prefix_is_the_next_text_that_does_not_begin_with_it() -> None:
    assert end_of_prefix("a") == "b"
    assert end_of_prefix("az") == "a{"
    assert end_of_prefix("\ud7ff") == "\ue000"
    assert end_of_prefix("a" + HIGHEST) == "b"
    assert end_of_prefix(HIGHEST) is None
    assert end_of_prefix("") is None


def test_counts_no_further_than_it_is_asked_to() -> None:
    store(*(f"u-{number}" for number in range(30)))
    assert count_records(LOYALTY, "", 1000) == 30
    assert count_records(LOYALTY, "", 7) == 7
    assert count_records(LOYALTY, "u-2", 1000) == 11


def test_finds_a_user_by_the_whole_id_alone() -> None:
    store("ab", "%")
    assert find_record(LOYALTY, "ab") == StoredRecord.objects.get(record_id="ab")
    assert find_record(LOYALTY, "a") is None
    assert find_record(LOYALTY, "AB") is None
    assert find_record(VIDEO, "ab") is None
    assert find_record("arn:nothing", "ab") is None
    assert find_record(LOYALTY, "\0") is None


def test_a_dataset_that_is_gone_has_no_users() -> None:
    store("a")
    Dataset.objects.filter(arn=LOYALTY).update(settled_status="DELETED", settles_at=timezone.now())
    assert matches("") == []
    assert find_record(LOYALTY, "a") is None


@pytest.mark.parametrize(("after", "before"), [(None, None), ("u-5", None), (None, "u-5")])
def test_every_query_of_a_page_enters_the_index_of_ids_by_an_id(after: str | None, before: str | None) -> None:
    store(*(f"u-{number}" for number in range(2000)))
    with connection.cursor() as cursor:
        # What PostgreSQL knows of a table decides which way it takes.
        cursor.execute("ANALYZE local_storedrecord")
    with CaptureQueriesContext(connection) as captured:
        records_page(LOYALTY, "u", after, before, 2)
    queries = [each["sql"] for each in captured if "local_storedrecord" in each["sql"]]
    assert queries
    for query in queries:
        plan = explained(query)
        assert re.search(INDEX_ENTERED_BY_ID[connection.vendor], plan), plan


INDEX_ENTERED_BY_ID = {
    "sqlite": r"^SEARCH .* INDEX sqlite_autoindex_local_storedrecord_1 \(dataset_id=\? AND record_id>\?( AND record_id<\?)?\)$",
    "postgresql": r"Index.* Scan.* one_record_of_each_id_per_dataset .*Index Cond: \(\(dataset_id = .*record_id",
}


def explained(query: str) -> str:
    """Return how the database does a query; PostgreSQL reads a small table as a whole where it may."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {query}")
        return " ".join(str(row[-1]) for row in cursor.fetchall())
