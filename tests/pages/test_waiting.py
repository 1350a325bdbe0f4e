"""Pages of what is still changing: the overview of a dataset group, and a dataset's details."""

from datetime import timedelta
from http import HTTPStatus
from typing import NoReturn

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


@pytest.mark.parametrize("page", [GROUP, DETAILS])
def test_a_page_of_what_has_settled_does_not_ask_again(viewer: Client, page: str) -> None:
    assert "seen=" not in viewer.get(page).content.decode()


def test_a_page_asks_with_what_it_shows_and_is_answered_when_that_changes(viewer: Client) -> None:
    make_pending()
    assert f'hx-get="{DETAILS}?{SEEN}"' in viewer.get(DETAILS).content.decode()
    assert viewer.get(f"{DETAILS}?{SEEN}").status_code == 204
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
    assert viewer.get(f"{GROUP}?{query}").status_code == 204
    DatasetGroup.objects.filter(name="loyalty-programme").update(settled_status="CREATE FAILED")
    assert "loyalty-programme: Create failed." in text_of(viewer.get(f"{GROUP}?{query}"))


@pytest.mark.parametrize("page", [GROUP, DETAILS])
def test_a_page_that_waits_stays_when_a_call_fails(viewer: Client, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    def deny(*_anything: object) -> NoReturn:
        raise ServiceError("AccessDeniedException", "Not today.", HTTPStatus.FORBIDDEN)

    for name in ("DescribeDatasetGroup", "DescribeDataset"):
        monkeypatch.setitem(OPERATIONS, name, deny)
    assert viewer.get(page).status_code == 502
    assert viewer.get(f"{page}?{SEEN}").status_code == 204


@pytest.mark.parametrize("rest", ["", "datasets/users/"])
def test_a_page_that_waits_says_that_what_it_shows_is_gone(viewer: Client, rest: str) -> None:
    answer = viewer.get(f"/local/dataset-groups/missing/{rest}?{SEEN}")
    assert answer.status_code == 404
    assert "The given dataset group does not exist" in text_of(answer)


@pytest.mark.parametrize("seen", ["seen=", "seen=a&seen=b&seen=c", "seen=%00", f"seen={'x' * 5000}"])
def test_statuses_that_were_never_shown_do_no_harm(viewer: Client, seen: str) -> None:
    assert "Status Active" in text_of(viewer.get(f"{DETAILS}?{seen}"))
