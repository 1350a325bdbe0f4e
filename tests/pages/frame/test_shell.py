"""The frame around every page."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.pages.frame.registry import pages
from tests.pages.html import text_of
from tests.support.served import ROOT

PAGES = [
    "/sign-in/",
    "/local/dataset-groups/",
    "/local/dataset-groups/loyalty-programme/",
    "/local/dataset-groups/loyalty-programme/datasets/",
    "/local/dataset-groups/loyalty-programme/datasets/users/",
    "/local/dataset-groups/loyalty-programme/datasets/users/create-records/",
    "/local/dataset-groups/loyalty-programme/datasets/users/stored-record/?record_id=nobody",
    "/local/dataset-groups/loyalty-programme/event-trackers/",
    "/local/dataset-groups/loyalty-programme/event-trackers/e896f116/",
    "/local/dataset-groups/loyalty-programme/event-trackers/e896f116/delete-event-tracker/",
    "/local/dataset-groups/member-profiles/create-event-tracker/",
    "/local/simulate-responses/",
    "/local/reset-demo-data/",
    "/local/earlier-demos/",
    "/local/tour/",
    "/settings/",
    "/local/dataset-groups/loyalty-programme/submissions/",
    "/local/dataset-groups/loyalty-programme/datasets/users/record-history/?record_id=nobody",
    "/nowhere/",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_a_strict_policy(operator: Client, page: str) -> None:
    policy = operator.get(page, follow=True)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_that_it_is_unofficial(operator: Client, page: str) -> None:
    assert "Unofficial: not a product of Amazon Web Services" in operator.get(page, follow=True).content.decode()


def test_templates_hold_neither_inline_scripts_nor_styles() -> None:
    for template in Path(ROOT / "templates").rglob("*.html"):
        text = template.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|hx-on|javascript:", text), template


def test_the_navigation_shows_where_one_is(operator: Client) -> None:
    html = operator.get("/local/dataset-groups/loyalty-programme/datasets/").content.decode()
    assert '<a href="/local/dataset-groups/loyalty-programme/datasets/" aria-current="page">Datasets</a>' in html
    assert "Local service · us-east-1" in html


def test_the_breadcrumbs_lead_up_from_the_page(operator: Client) -> None:
    html = operator.get("/local/dataset-groups/loyalty-programme/datasets/users/create-records/").content.decode()
    crumbs = html.partition('aria-label="Breadcrumbs"')[2].partition("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', crumbs) == [
        ("/local/dataset-groups/", "Dataset groups"),
        ("/local/dataset-groups/loyalty-programme/", "loyalty-programme"),
        ("/local/dataset-groups/loyalty-programme/datasets/", "Datasets"),
        ("/local/dataset-groups/loyalty-programme/datasets/users/", "Users dataset"),
    ]
    assert '<span aria-current="page">Create user record(s)</span>' in crumbs


def test_every_page_with_a_place_has_its_help() -> None:
    for name in (page.name for page in pages().values() if page.is_shown):
        assert (ROOT / "templates" / "help" / f"{name}.html").is_file(), name


def test_the_local_service_s_pages_are_in_the_navigation_of_those_who_may_open_them(
    viewer: Client, django_user_model: type[User]
) -> None:
    assert "Simulate responses" not in text_of(viewer.get("/local/dataset-groups/"))
    viewer.force_login(django_user_model.objects.get(username="operator"))
    assert "Simulate responses" in text_of(viewer.get("/local/dataset-groups/"))
    assert "Reset demo data" not in text_of(viewer.get("/local/dataset-groups/"))
    viewer.force_login(django_user_model.objects.get(username="administrator"))
    assert "Simulate responses Reset demo data" in text_of(viewer.get("/local/dataset-groups/"))


def test_a_closed_navigation_stays_closed_on_the_next_page(operator: Client) -> None:
    operator.cookies["side_navigation"] = "closed"
    assert '<html lang="en" data-navigation="closed">' in operator.get("/local/dataset-groups/").content.decode()
    operator.cookies["side_navigation"] = '"><script>'
    assert '<html lang="en">' in operator.get("/local/dataset-groups/").content.decode()
