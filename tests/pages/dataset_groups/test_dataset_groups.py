import re

import pytest
from django.test import Client

from console.local.caller import Caller
from console.local.models import DatasetGroup
from console.local.operations import dataset_groups
from tests.pages.html import rows_of, text_of
from tests.support.demo import ACCOUNT, REGION

PAGE = "/local/dataset-groups/"
DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")


def names(client: Client, query: str = "") -> list[str]:
    return [row[0] for row in rows_of(client.get(f"{PAGE}{query}"))]


def test_the_first_page_is_that_of_the_default_environment(viewer: Client) -> None:
    assert viewer.get("/")["Location"] == PAGE


def test_lists_name_domain_status_and_date(viewer: Client) -> None:
    answer = viewer.get(PAGE)
    rows = {row[0]: row[1:] for row in rows_of(answer)}
    assert "Dataset groups (7)" in text_of(answer)
    assert rows["video-streaming"][:2] == ["Video on demand", "Active"]
    assert rows["loyalty-programme"][:2] == ["Custom", "Active"]
    assert rows["retired-campaigns"][:2] == ["Custom", "Create failed"]
    assert all(DATE.fullmatch(row[2]) for row in rows.values())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?filter=LOYAL", ["loyalty-programme"]),
        ("?filter=+shop+", ["online-shop"]),
        (
            "?sort=name&filter=r",
            [
                "loyalty-programme",
                "member-profiles",
                "newsroom",
                "regional-stores",
                "retired-campaigns",
                "video-streaming",
            ],
        ),
        ("?sort=-name&filter=re", ["video-streaming", "retired-campaigns", "regional-stores"]),
        (
            "?sort=domain&filter=o&sort=domain",
            ["loyalty-programme", "member-profiles", "regional-stores", "newsroom", "online-shop", "video-streaming"],
        ),
        ("?sort=nothing&filter=shop&page=99", ["online-shop"]),
    ],
)
def test_filters_and_sorts(viewer: Client, query: str, expected: list[str]) -> None:
    assert names(viewer, query) == expected


def test_says_that_nothing_matches(viewer: Client) -> None:
    answer = viewer.get(f"{PAGE}?filter=<nothing>&sort=name")
    assert "0 matches" in text_of(answer)
    assert "Nothing here matches “<nothing>”." in text_of(answer)
    assert '<a class="button" href="?sort=name" data-clears-filter>Clear filter</a>' in answer.content.decode()
    assert "Dataset groups (0/7)" in text_of(answer)


def test_says_that_there_is_none(viewer: Client) -> None:
    DatasetGroup.objects.all().delete()
    assert "This environment has no dataset groups." in text_of(viewer.get(PAGE))


def test_has_pages_that_keep_filter_and_sort(viewer: Client) -> None:
    for number in range(45):
        dataset_groups.create(Caller(ACCOUNT, REGION), {"name": f"group-{number:02}"})
    first = viewer.get(f"{PAGE}?filter=group&sort=name")
    assert [row[0] for row in rows_of(first)] == [f"group-{number:02}" for number in range(20)]
    assert 'href="?filter=group&amp;sort=name&amp;page=3"' in first.content.decode()
    assert names(viewer, "?filter=group&sort=name&page=3") == [f"group-{number}" for number in range(40, 45)]


def test_shows_how_a_column_is_sorted(viewer: Client) -> None:
    html = viewer.get(f"{PAGE}?sort=name").content.decode()
    assert re.findall(r'aria-sort="(\w+)"><button [^>]*value="([-\w]+)"', html) == [
        ("ascending", "-name"),
        ("none", "domain"),
        ("none", "status"),
        ("none", "created"),
    ]


def test_the_newest_come_first_until_another_sort_is_asked_for(viewer: Client) -> None:
    html = viewer.get(PAGE).content.decode()
    assert (
        'aria-sort="descending"><button type="submit" id="sort-created" form="table-form" name="sort" value="created"'
        in html
    )
    assert names(viewer, "?sort=created") == list(reversed(names(viewer)))


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/dataset-groups/",
        "/local/",
        "/local/dataset-groups/x/y/",
        "/local/dataset-groups/a%0Ab/",
        f"/local/dataset-groups/{'x' * 64}/",
        "/favicon.ico",
    ],
)
def test_an_address_without_a_page_is_said_to_be_so(viewer: Client, path: str) -> None:
    answer = viewer.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address." in text_of(answer)


@pytest.mark.parametrize("rest", ["", "datasets/", "datasets/users/", "datasets/users/create-records/"])
def test_a_group_that_does_not_exist_is_said_so_in_the_frame(viewer: Client, rest: str) -> None:
    answer = viewer.get(f"{PAGE}missing/{rest}")
    assert answer.status_code == 404
    assert "ResourceNotFoundException" in text_of(answer)
    assert (
        "The given dataset group does not exist: arn:aws:personalize:us-east-1:000000000000:dataset-group/missing"
        in text_of(answer)
    )
    navigation = answer.content.decode().partition('aria-label="Side navigation"')[2].partition("</nav>")[0]
    assert "All submissions" in navigation
    assert "missing" not in navigation
    assert f'<a class="button" href="{PAGE}">View dataset groups</a>' in answer.content.decode()
