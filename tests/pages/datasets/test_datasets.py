import re

from django.test import Client

from tests.pages.html import rows_of, text_of


def rows(client: Client, group: str) -> list[list[str]]:
    return [row[:3] for row in rows_of(client.get(f"/local/dataset-groups/{group}/datasets/?sort=type"))]


def test_lists_the_types_that_a_domain_group_lacks(viewer: Client) -> None:
    assert rows(viewer, "video-streaming") == [
        ["video-streaming-interactions", "Item interactions", "Active"],
        ["video-streaming-items", "Items", "Active"],
        ["video-streaming-users", "Users", "Active"],
    ]


def test_lists_the_types_that_a_custom_group_lacks(viewer: Client) -> None:
    assert rows(viewer, "newsroom") == [
        ["-", "Action interactions", "Not created"],
        ["-", "Actions", "Not created"],
        ["newsroom-interactions", "Item interactions", "Active"],
        ["newsroom-items", "Items", "Active"],
        ["-", "Users", "Not created"],
    ]


def test_counts_the_datasets_that_there_are(viewer: Client) -> None:
    assert "Datasets (2)" in text_of(viewer.get("/local/dataset-groups/newsroom/datasets/"))


def test_each_dataset_leads_on(viewer: Client) -> None:
    html = viewer.get("/local/dataset-groups/loyalty-programme/datasets/").content.decode()
    links = re.findall(r'<td>\s*<a [^>]*href="([^"]+)">([^<]+)</a>', html)
    assert links == [
        ("/local/dataset-groups/loyalty-programme/datasets/users/", "loyalty-programme-users"),
        ("/local/dataset-groups/loyalty-programme/datasets/items/", "loyalty-programme-items"),
        ("/local/dataset-groups/loyalty-programme/datasets/interactions/", "loyalty-programme-interactions"),
    ]


def test_shows_a_status_on_its_way(viewer: Client) -> None:
    assert ["regional-stores-users", "Users", "Create in progress"] in rows(viewer, "regional-stores")


def test_filters_by_type(viewer: Client) -> None:
    answer = viewer.get("/local/dataset-groups/newsroom/datasets/?filter=interactions")
    assert [row[1] for row in rows_of(answer)] == ["Item interactions", "Action interactions"]
