"""The frame around every page."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.served import ROOT

PAGES = [
    "/sign-in/",
    "/local/dataset-groups/",
    "/local/dataset-groups/loyalty-programme/",
    "/local/dataset-groups/loyalty-programme/datasets/",
    "/local/dataset-groups/loyalty-programme/datasets/users/",
    "/local/dataset-groups/loyalty-programme/datasets/users/create-records/",
    "/local/dataset-groups/loyalty-programme/datasets/users/user-record/?user_id=nobody",
    "/local/simulate-responses/",
    "/local/reset-demo-data/",
    "/local/dataset-groups/loyalty-programme/submissions/",
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


def test_a_defect_has_a_page_without_a_traceback(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def defective(*_arguments: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("console.pages.dataset_groups.calls.list_dataset_groups", defective)
    operator.raise_request_exception = False
    answer = operator.get("/local/dataset-groups/")
    assert answer.status_code == 500
    assert b"The console met a defect of its own." in answer.content
    assert b"a defect</" not in answer.content
