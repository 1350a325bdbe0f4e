"""Settings: light or dark, density, and the time zone, kept for each person."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.people.models import Appearance
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import send

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


def settings_with(zone: str) -> dict[str, str]:
    return {"mode": "system", "density": "comfortable", "zone": zone}


def submissions_in(client: Client, **asked: str) -> list[list[str]]:
    return [[row[0], row[3]] for row in rows_of(client.get(f"{GROUPS}loyalty-programme/submissions/", asked))]


def test_times_and_days_are_in_the_zone_that_a_person_chose_and_gmt_until_then(viewer: Client, demo: None) -> None:
    # Half past two, before and after clocks in Berlin went back; and the minutes around that day of 25 hours.
    for hour, minute, user_id in ((0, 30, "summer"), (1, 30, "winter"), (22, 59, "late"), (23, 0, "next")):
        send({user_id: {}}, at=datetime(2026, 10, 25, hour, minute, tzinfo=UTC))
    send({"first": {}}, at=datetime(2026, 10, 24, 22, 0, tzinfo=UTC))
    send({"before": {}}, at=datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC))
    assert submissions_in(viewer)[0] == ["Sun, 25 Oct 2026 23:00:00 GMT", "1 user: next"]
    assert "From (GMT)" in text_of(viewer.get(f"{GROUPS}loyalty-programme/submissions/"))
    assert viewer.post("/settings/", settings_with("Europe/Berlin")).status_code == 302
    assert submissions_in(viewer, **{"from": "2026-10-25", "to": "2026-10-25"}) == [
        ["Sun, 25 Oct 2026 23:59:00 UTC+01:00", "1 user: late"],
        ["Sun, 25 Oct 2026 02:30:00 UTC+01:00", "1 user: winter"],
        ["Sun, 25 Oct 2026 02:30:00 UTC+02:00", "1 user: summer"],
        ["Sun, 25 Oct 2026 00:00:00 UTC+02:00", "1 user: first"],
    ]
    assert [user for _at, user in submissions_in(viewer, date="2026-10-25")] == [
        f"1 user: {each}" for each in ("late", "winter", "summer", "first", "before")
    ]
    page = viewer.get(f"{GROUPS}loyalty-programme/submissions/")
    assert "From (Europe/Berlin)" in text_of(page)
    assert '<time datetime="2026-10-25T01:30:00Z" title="Sun, 25 Oct 2026 01:30:00 GMT">' in page.content.decode()
    assert "(Europe/Berlin): " in text_of(viewer.get(f"{GROUPS}loyalty-programme/"))
    other = Client()
    other.force_login(User.objects.get(username="operator"))
    assert submissions_in(other)[0][0] == "Sun, 25 Oct 2026 23:00:00 GMT"


def test_the_console_s_own_zone_counts_for_those_who_chose_none(viewer: Client, demo: None, settings: Any) -> None:
    send({"a": {}}, at=datetime(2026, 1, 1, tzinfo=UTC))
    settings.CONSOLE_TIME_ZONE = "America/New_York"
    assert submissions_in(viewer)[0][0] == "Wed, 31 Dec 2025 19:00:00 UTC\N{MINUS SIGN}05:00"
    assert "The console's own: America/New York" in text_of(viewer.get("/settings/"))
    viewer.post("/settings/", settings_with("GMT"))
    assert submissions_in(viewer)[0][0] == "Thu, 01 Jan 2026 00:00:00 GMT"


def test_a_zone_that_this_machine_knows_no_more_is_named_and_times_are_the_console_s(
    viewer: Client, demo: None
) -> None:
    send({"a": {}}, at=datetime(2026, 1, 1, tzinfo=UTC))
    Appearance.objects.create(person=User.objects.get(username="viewer"), zone="Mars/Base")
    assert submissions_in(viewer)[0][0] == "Thu, 01 Jan 2026 00:00:00 GMT"
    assert (
        "This machine does not know the time zone of your settings, Mars/Base, so times are in GMT. "
        "Choose another time zone in Settings" in text_of(viewer.get(GROUPS))
    )
    viewer.post("/settings/", settings_with("Asia/Tokyo"))
    assert "Mars/Base" not in text_of(viewer.get(GROUPS))


def test_no_other_zone_is_taken(viewer: Client) -> None:
    answer = viewer.post("/settings/", settings_with("../../etc/passwd"))
    assert answer.status_code == 422
    assert "Time zone: there is no such time zone here. Choose one from the list." in text_of(answer)
