"""Pages of what is still changing: the overview of a dataset group, and a dataset's details."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any, NoReturn

import pytest
from django.test import Client
from django.utils import timezone

from console.local.errors import ServiceError
from console.local.models import Dataset, DatasetGroup
from console.local.operations import OPERATIONS
from tests.pages.html import text_of

GROUP = "/local/dataset-groups/loyalty-programme/"
DETAILS = f"{GROUP}datasets/users/"
SEEN = "seen=CREATE+PENDING"


def make_pending() -> None:
    now = timezone.now()
    Dataset.objects.filter(group__name="loyalty-programme", dataset_type="USERS").update(
        changing_since=now, settles_at=now + timedelta(hours=1)
    )


def asks_later(answer: Any) -> bool:
    """Return whether an answer changes nothing of a page but what asks."""
    return bool(answer.get("HX-Retarget") == "#asks-again") and answer.content.decode().count("<") == 2


@pytest.mark.parametrize("page", [GROUP, DETAILS])
def test_a_page_of_what_has_settled_does_not_ask_again(viewer: Client, page: str) -> None:
    assert "seen=" not in viewer.get(page).content.decode()


def test_a_page_asks_with_what_it_shows_and_is_answered_when_that_changes(viewer: Client) -> None:
    make_pending()
    assert f'hx-get="{DETAILS}?{SEEN}"' in viewer.get(DETAILS).content.decode()
    assert asks_later(viewer.get(f"{DETAILS}?{SEEN}"))
    Dataset.objects.filter(group__name="loyalty-programme").update(settles_at=timezone.now())
    answer = viewer.get(f"{DETAILS}?{SEEN}")
    assert "Status Active" in text_of(answer)
    assert 'role="status" hx-swap-oob="innerHTML">loyalty-programme-users: Active.</p>' in answer.content.decode()
    assert "hx-get" not in answer.content.decode().partition("<main")[2].partition("Users in this dataset")[0]


def test_the_overview_waits_for_the_group_and_for_all_of_its_datasets(viewer: Client) -> None:
    make_pending()
    html = viewer.get(GROUP).content.decode()
    assert html.count("seen=") == 4
    query = html.partition(f'hx-get="{GROUP}?')[2].partition('"')[0].replace("&amp;", "&")
    assert asks_later(viewer.get(f"{GROUP}?{query}"))
    DatasetGroup.objects.filter(name="loyalty-programme").update(settled_status="CREATE FAILED")
    assert "loyalty-programme: Create failed." in text_of(viewer.get(f"{GROUP}?{query}"))


def test_a_dataset_may_have_the_name_of_its_group(viewer: Client) -> None:
    make_pending()
    Dataset.objects.filter(group__name="loyalty-programme").update(name="loyalty-programme")
    assert viewer.get(GROUP).content.decode().count("seen=") == 4


@pytest.mark.parametrize("page", [GROUP, DETAILS])
def test_a_page_that_waits_stays_when_a_call_fails(viewer: Client, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    def deny(*_anything: object) -> NoReturn:
        raise ServiceError("AccessDeniedException", "Not today.", HTTPStatus.FORBIDDEN)

    for name in ("DescribeDatasetGroup", "DescribeDataset"):
        monkeypatch.setitem(OPERATIONS, name, deny)
    assert viewer.get(page).status_code == 502
    assert asks_later(viewer.get(f"{page}?{SEEN}"))


@pytest.mark.parametrize("rest", ["", "datasets/users/"])
def test_a_page_that_waits_says_that_what_it_shows_is_gone(viewer: Client, rest: str) -> None:
    answer = viewer.get(f"/local/dataset-groups/missing/{rest}?{SEEN}")
    assert answer.status_code == 404
    assert "The given dataset group does not exist" in text_of(answer)


@pytest.mark.parametrize("seen", ["seen=", "seen=a&seen=b&seen=c", "seen=%00", f"seen={'x' * 5000}"])
def test_statuses_that_were_never_shown_do_no_harm(viewer: Client, seen: str) -> None:
    assert "Status Active" in text_of(viewer.get(f"{DETAILS}?{seen}"))


@pytest.mark.parametrize(
    ("asked", "again", "seconds"),
    [("", 1, 2), ("1", 2, 2), ("13", 14, 2), ("14", 15, 10), ("28", 29, 10), ("29", 30, 60), ("9999", 31, 60)]
    + [(odd, 1, 2) for odd in ("-1", "x", "\u0661", "9" * 5000)],
)
def test_a_page_asks_less_often_the_longer_it_takes(viewer: Client, asked: str, again: int, seconds: int) -> None:
    make_pending()
    answer = viewer.get(DETAILS, {"seen": "CREATE PENDING", "asked": asked})
    assert f'?seen=CREATE+PENDING&amp;asked={again}" hx-trigger="every {seconds}s"' in answer.content.decode()
