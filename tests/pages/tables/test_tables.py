"""What all tables have: what htmx is given of them, choosing a row, and waiting for a status."""

import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from console.local.caller import Caller
from console.local.models import Dataset, DatasetGroup
from console.local.operations import dataset_groups
from tests.pages.html import rows_of, text_of
from tests.support.demo import ACCOUNT, REGION

GROUPS = "/local/dataset-groups/"
DATASETS = f"{GROUPS}loyalty-programme/datasets/"
HTMX = {"HX-Request": "true"}


def make_groups(number: int) -> None:
    caller = Caller(ACCOUNT, REGION)
    DatasetGroup.objects.bulk_create(
        DatasetGroup(arn=caller.arn(f"dataset-group/group-{each:04}"), name=f"group-{each:04}", **caller.scope)
        for each in range(number)
    )


def htmx_at(address: str) -> dict[str, str]:
    return {**HTMX, "HX-Current-URL": f"http://testserver{address}"}


def test_htmx_gets_the_rows_and_what_says_how_many_they_are(viewer: Client) -> None:
    answer = viewer.get(f"{GROUPS}?filter=re", headers=HTMX)
    html = answer.content.decode()
    assert "<html" not in html
    assert [row[0] for row in rows_of(answer)] == ["video-streaming", "regional-stores", "retired-campaigns"]
    assert "(3/7)" in text_of(answer)
    assert "3 matches" in text_of(answer)
    assert "HX-Request" in answer["Vary"]


def test_typing_replaces_the_address_and_sorting_adds_one(viewer: Client) -> None:
    typed = viewer.get(f"{GROUPS}?filter=re&sort=", headers=htmx_at(f"{GROUPS}?filter=r"))
    assert typed["HX-Replace-Url"] == f"{GROUPS}?filter=re"
    sorted_ = viewer.get(f"{GROUPS}?filter=re&sort=name", headers=htmx_at(f"{GROUPS}?filter=re"))
    assert sorted_["HX-Push-Url"] == f"{GROUPS}?filter=re&sort=name"
    refreshed = viewer.get(f"{GROUPS}?filter=re&refresh=1", headers=htmx_at(f"{GROUPS}?filter=re"))
    assert not {"HX-Push-Url", "HX-Replace-Url"} & set(refreshed.headers)


def test_refresh_without_scripts_leads_back_to_the_same_rows(viewer: Client) -> None:
    assert viewer.get(f"{GROUPS}?sort=name&page=1&refresh=1")["Location"] == f"{GROUPS}?sort=name"


def test_a_failure_of_aws_leaves_the_rows_in_their_place(viewer: Client) -> None:
    answer = viewer.get(f"{GROUPS}missing/datasets/?filter=a", headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (200, "#table-problem", "innerHTML")
    assert "ResourceNotFoundException" in text_of(answer)
    assert "<html" not in answer.content.decode()


def test_rows_that_are_asked_for_after_the_session_has_ended_bring_no_sign_in_page(viewer: Client) -> None:
    viewer.logout()
    answer = viewer.get(f"{GROUPS}?filter=re", headers=HTMX)
    assert (answer.status_code, answer["HX-Refresh"], answer.content) == (200, "true", b"")


def test_view_details_leads_to_the_chosen_row(viewer: Client) -> None:
    assert viewer.get(f"{GROUPS}?selected=online-shop&view=details")["Location"] == f"{GROUPS}online-shop/"
    assert viewer.get(f"{DATASETS}?selected=USERS&view=details")["Location"] == f"{DATASETS}users/"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (f"{GROUPS}?view=details", "Choose a dataset group first."),
        (f"{GROUPS}?view=details&selected=../x", "Choose a dataset group first."),
        (f"{DATASETS}?view=details", "Choose a dataset first, then View details."),
        (
            f"{DATASETS}?view=details&selected=ACTIONS",
            "Actions: this dataset has not been created. "
            "Your role, viewer, may not create dataset groups and datasets. Ask an administrator for a role.",
        ),
    ],
)
def test_says_why_no_details_are_shown(viewer: Client, address: str, sentence: str) -> None:
    answer = viewer.get(address)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_type_that_is_not_created_has_an_icon_of_its_own(viewer: Client) -> None:
    assert 'status-info"><svg' in viewer.get(DATASETS).content.decode()


def test_the_counter_counts_the_datasets_that_there_are(viewer: Client) -> None:
    # Item interactions are there; action interactions are not.
    assert "Datasets (1/3)" in text_of(viewer.get(f"{DATASETS}?filter=interactions"))
    assert "2 matches" in text_of(viewer.get(f"{DATASETS}?filter=interactions"))


def test_waits_only_while_a_status_is_changing(viewer: Client) -> None:
    assert "every 2s" not in viewer.get(GROUPS).content.decode()
    now = timezone.now()
    made = DatasetGroup.objects.get(name="online-shop")
    made.changing_since, made.settles_at = now, now + timedelta(minutes=1)
    made.save()
    html = viewer.get(GROUPS).content.decode()
    assert 'hx-trigger="every 2s"' in html
    seen = html.partition("seen=")[2][:16]
    answer = viewer.get(f"{GROUPS}?seen={seen}", headers=HTMX)
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#asks-again", "outerHTML")
    assert (
        f'hx-get="{GROUPS}?seen={seen}&amp;asked=1" hx-trigger="every 2s" hx-target="#table-rows"'
        in answer.content.decode()
    )
    made.settles_at = now
    made.save()
    settled = viewer.get(f"{GROUPS}?seen={seen}", headers=HTMX)
    assert "every 2s" not in settled.content.decode()
    # A live region would say again what it has said.
    assert "table-matches" not in settled.content.decode()


def test_five_thousand_dataset_groups_have_few_links_to_pages(viewer: Client) -> None:
    make_groups(4993)
    answer = viewer.get(f"{GROUPS}?page=125")
    assert "Dataset groups (5000)" in text_of(answer)
    labels = ["Page 1", "Page 123", "Page 124", "Page 125", "Page 126", "Page 127", "Page 250"]
    html = answer.content.decode()
    assert html.count(" of all pages") == 7
    assert all(f'aria-label="{label} of all pages"' in html for label in labels)


def test_a_long_list_is_kept_but_for_its_newest(viewer: Client) -> None:
    make_groups(150)
    first = viewer.get(GROUPS)
    assert "This list is as of" not in text_of(first)
    dataset_groups.add(Caller(ACCOUNT, REGION), {"name": "just-made"}, 0)
    DatasetGroup.objects.filter(name="group-0149").delete()
    DatasetGroup.objects.filter(name="group-0000").delete()
    kept = viewer.get(f"{GROUPS}?sort=name&filter=group-00")
    assert "This list is as of" in text_of(kept)
    assert rows_of(kept)[0][0] == "group-0000"
    assert rows_of(viewer.get(GROUPS))[0][0] == "just-made"
    assert rows_of(viewer.get(f"{GROUPS}?filter=group-0149")) == []
    anew = viewer.get(f"{GROUPS}?sort=name&filter=group-00&refresh=1", headers=HTMX)
    assert rows_of(anew)[0][0] == "group-0001"
    DatasetGroup.objects.filter(name="group-0001").delete()
    reloaded = viewer.get(f"{GROUPS}?sort=name&filter=group-00", headers={"Cache-Control": "max-age=0"})
    assert rows_of(reloaded)[0][0] == "group-0002"


def test_a_status_that_is_kept_follows_when_the_list_is_asked_for_again(
    viewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_groups(150)
    now = timezone.now()
    # One of the demo's, which are older than the newest 100.
    made = DatasetGroup.objects.filter(name="online-shop")
    made.update(changing_since=now, settles_at=now + timedelta(minutes=1))
    page = f"{GROUPS}?filter=online-shop"
    seen = viewer.get(page).content.decode().partition("seen=")[2][:16]
    made.update(settles_at=now)
    assert viewer.get(f"{page}&seen={seen}", headers=HTMX)["HX-Retarget"] == "#asks-again"
    asked_at = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: asked_at + timedelta(seconds=31))
    later = time.time() + 31
    monkeypatch.setattr("django.core.cache.backends.locmem.time", SimpleNamespace(time=lambda: later))
    settled = viewer.get(f"{page}&seen={seen}", headers=HTMX)
    assert rows_of(settled)[0][2] == "Active"
    assert "every 2s" not in settled.content.decode()


def test_dates_are_elements_that_programs_can_read(viewer: Client) -> None:
    moment = datetime(2020, 12, 11, 2, 20, 48, tzinfo=UTC)
    DatasetGroup.objects.filter(name="online-shop").update(created_at=moment)
    Dataset.objects.filter(group__name="online-shop").update(created_at=moment)
    date = '<time datetime="2020-12-11T02:20:48Z">Fri, 11 Dec 2020 02:20:48 GMT</time>'
    assert date in viewer.get(GROUPS).content.decode()
    assert viewer.get(f"{GROUPS}online-shop/datasets/").content.decode().count(date) == 3
