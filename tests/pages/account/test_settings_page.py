"""Settings: light or dark, and density, kept for each person."""

import re
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.pages.html import text_of

GROUPS = "/local/dataset-groups/"
LIGHT_AND_COMPACT = '<html lang="en" data-mode="light" data-density="compact">'


def html_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_system_s_mode_holds_until_something_is_chosen(viewer: Client) -> None:
    html = html_of(viewer, GROUPS)
    assert '<html lang="en">' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    page = html_of(viewer, "/settings/")
    assert re.search(r'value="system"[^>]* checked', page)
    assert re.search(r'value="comfortable"[^>]* checked', page)


def test_what_a_person_chooses_is_on_every_page_of_theirs_and_of_nobody_else(viewer: Client) -> None:
    answer = viewer.post("/settings/", {"mode": "light", "density": "compact", "next": GROUPS})
    assert (answer.status_code, answer["Location"]) == (302, GROUPS)
    html = html_of(viewer, GROUPS)
    assert LIGHT_AND_COMPACT in html
    assert '<meta name="color-scheme" content="light">' in html
    assert "The settings are saved." in html
    other_device = Client()
    other_device.force_login(User.objects.get(username="viewer"))
    assert LIGHT_AND_COMPACT in html_of(other_device, "/nowhere/")
    other_device.force_login(User.objects.get(username="operator"))
    assert '<html lang="en">' in html_of(other_device, GROUPS)


def test_a_choice_can_be_taken_back(viewer: Client) -> None:
    viewer.post("/settings/", {"mode": "dark", "density": "compact"})
    viewer.post("/settings/", {"mode": "system", "density": "comfortable"})
    assert '<html lang="en">' in html_of(viewer, GROUPS)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"density": "compact"}, "Choose a visual mode."),
        ({"mode": "sepia", "density": "compact"}, "Choose a visual mode."),
        ({"mode": "dark", "density": ""}, "Choose a density."),
    ],
)
def test_refuses_what_there_is_not(viewer: Client, fields: dict[str, str], sentence: str) -> None:
    answer = viewer.post("/settings/", fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert '<html lang="en">' in html_of(viewer, GROUPS)


def test_nobody_is_sent_to_another_site(viewer: Client) -> None:
    answer = viewer.post("/settings/", {"mode": "dark", "density": "compact", "next": "https://example.com/"})
    assert answer["Location"] == "/"


def test_the_frame_stays_where_the_person_came_from(operator: Client) -> None:
    assert "Simulate responses" in text_of(operator.get(f"/settings/?next={GROUPS}"))
    assert "Simulate responses" not in text_of(operator.get("/settings/"))


def test_nobody_s_settings_are_asked_for_before_they_sign_in(db: None, client: Client) -> None:
    assert client.get("/settings/")["Location"] == "/sign-in/?next=/settings/"
    assert '<html lang="en">' in html_of(client, "/sign-in/")


def test_a_message_comes_with_an_answer_that_htmx_swaps_in(operator: Client) -> None:
    operator.post("/settings/", {"mode": "dark", "density": "compact"})
    page = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"
    asked = {"record_input": "{}", "intent": "validate"}
    answer = operator.post(page, asked, headers={"HX-Request": "true"}).content.decode()
    messages = answer.partition('<ul hx-swap-oob="beforeend:#flash-list">')[2].partition("</ul>")[0]
    assert "<p>The settings are saved.</p>" in messages
    assert "#flash-list" not in operator.post(page, asked, headers={"HX-Request": "true"}).content.decode()


def test_the_way_to_the_settings_leads_back_to_where_they_were_opened(viewer: Client) -> None:
    opened = viewer.get(f"/settings/?next={GROUPS}")
    assert f'href="/settings/?next={quote(GROUPS, safe="")}"' in opened.content.decode()
