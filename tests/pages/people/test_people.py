"""People: everybody who has an account, with what they may do and see, for administrators."""

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group, User
from django.test import Client
from openpyxl import load_workbook

from console.activity.models import Entry
from console.activity.words import sentence
from console.people.lock_out import count_try
from tests.pages.configured import configured
from tests.pages.html import rows_of, text_of

PAGE = "/people/"


def listed(administrator: Client, query: str = "") -> list[list[str]]:
    """Return username, name, role, groups, environments and status of each row."""
    return [row[:6] for row in rows_of(administrator.get(f"{PAGE}{query}"))]


def named(administrator: Client, query: str) -> list[str]:
    return [row[0] for row in listed(administrator, query)]


def test_what_people_may_do_and_see(
    administrator: Client, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = User.objects.create_user("ada", password="Kd83-long-enough", first_name="Ada", last_name="Lovelace")
    ada.groups.add(Group.objects.create(name="support"))
    User.objects.create_user("bob")
    User.objects.create_user("cem", password="Kd83-long-enough", is_active=False)
    for _ in range(5):
        count_try("ADA", "192.0.2.7")
    count_try("viewer", "192.0.2.7")
    tables = {"live": 'label = "Live"\nviewers = ["support"]'}
    with configured(tables, "http://127.0.0.1:1", settings, tmp_path / "environments.toml", monkeypatch):
        assert listed(administrator, "?sort=username") == [
            ["ada", "Ada Lovelace", "Viewer", "support", "All (2)", "Locked"],
            ["administrator", "-", "Administrator", "-", "All (2)", "Active"],
            ["bob", "-", "Viewer", "-", "Local service", "No password"],
            ["cem", "-", "Viewer", "-", "Local service", "Deactivated"],
            ["operator", "-", "Operator", "-", "Local service", "Active"],
            ["viewer", "-", "Viewer", "-", "Local service", "Active"],
        ]
        assert named(administrator, "?environment=live&sort=username") == ["ada", "administrator"]
        assert named(administrator, "?group=support") == ["ada"]
        assert named(administrator, "?role=viewer&status=ACTIVE") == ["viewer"]
        assert named(administrator, "?filter=LOVE") == ["ada"]
        assert "(1/6)" in text_of(administrator.get(f"{PAGE}?role=operator"))
        wrong = administrator.get(f"{PAGE}?role=emperor")
        assert rows_of(wrong) == []
        assert "Role: there is no such one. Choose one from the list." in text_of(wrong)


def test_when_people_were_last_seen(administrator: Client, client: Client) -> None:
    client.post("/sign-in/", {"username": "operator", "password": "operator"})
    seen = {row[0]: row[6] for row in rows_of(administrator.get(PAGE))}
    assert seen["viewer"] == "Never"
    assert seen["operator"].endswith("GMT")
    # Once the session is gone, the sign-in is what is known.
    client.post("/sign-out/")
    seen = {row[0]: row[6] for row in rows_of(administrator.get(PAGE))}
    assert seen["operator"].endswith("GMT")


def test_nobody_is_invited_where_there_are_no_passwords(administrator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_PASSWORD_SIGN_IN = False
    html = administrator.get(PAGE).content.decode()
    assert "/people/invite-person/" not in html
    assert "Nobody is invited here: passwords are switched off" in html
    assert administrator.get("/people/invite-person/").status_code == 403


def test_the_navigation_leads_there_for_administrators_alone(administrator: Client, viewer: Client) -> None:
    assert 'href="/people/"' in administrator.get("/settings/").content.decode()
    assert 'href="/people/"' not in viewer.get("/settings/").content.decode()


def test_people_as_a_workbook(administrator: Client) -> None:
    answer = administrator.get("/people/export-people/?format=xlsx")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    heading, *people = load_workbook(io.BytesIO(b"".join(answer)))["Rows"].iter_rows(values_only=True)
    assert heading[:6] == ("person_id", "username", "first_name", "last_name", "email", "role")
    assert [(row[1], row[5], row[7]) for row in people] == [
        ("administrator", "administrator", '["local"]'),
        ("operator", "operator", '["local"]'),
        ("viewer", "viewer", '["local"]'),
    ]
    html = administrator.get(f"{PAGE}?role=viewer").content.decode()
    assert 'href="/people/export-people/?role=viewer&amp;format=xlsx"' in html


def test_people_as_a_file(administrator: Client) -> None:
    assert administrator.get("/people/export-people/?format=pdf").status_code == 400
    answer = administrator.get("/people/export-people/?format=csv&role=operator")
    heading, row = b"".join(answer).decode().splitlines()
    assert heading == (
        "person_id,username,first_name,last_name,email,role,groups,environments,creates_records_in,status,"
        "signs_in_with,last_seen,sessions,created"
    )
    (operator,) = User.objects.filter(username="operator")
    assert row.startswith(f'{operator.pk},operator,,,,operator,[],"[""local""]","[""local""]",active,password,,0,')
    assert (
        sentence(Entry.objects.get(kind="exported")) == "Exported 1 row of People as csv, filtered by role: operator"
    )
