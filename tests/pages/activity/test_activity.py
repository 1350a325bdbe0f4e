"""Activity: what people did is written where they do it, and administrators read and export it."""

import csv
import io
import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client
from openpyxl import load_workbook

from console.activity import signing_in
from console.activity.models import Entry, Kind
from console.activity.recording import Who, record_activity
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import send

PAGE = "/activity/"
EXPORT = "/activity/export-activity/"
GROUP = "/local/dataset-groups/loyalty-programme"


def shown(administrator: Client, query: str = "") -> list[list[str]]:
    """Return person, kind, what, environment, address and outcome of each entry that the page shows."""
    return [[*row[2:], row[1]] for row in rows_of(administrator.get(f"{PAGE}{query}"))]


def test_signing_in_and_out_and_failing(client: Client, administrator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_SIGN_IN_FAILURES = 2
    for name in ("viewer", "viewer", "my-secret-password"):
        client.post("/sign-in/", {"username": name, "password": "wrong"})
    client.post("/sign-in/", {"username": "viewer", "password": "viewer"})
    client.post("/sign-in/", {"username": "operator", "password": "operator"})
    client.post("/sign-out/")
    client.post("/sign-out/")
    here = ["-", "127.0.0.1"]
    assert shown(administrator)[:6] == [
        ["operator", "Signed out", "Signed out", *here, "Done"],
        ["operator", "Signed in", "Signed in", *here, "Done"],
        ["-", "Sign-in failed", "Failed to sign in: there is no account of the name typed", *here, "Refused"],
        ["viewer", "Locked out", "Locked out for 15 minutes after too many failures", *here, "Refused"],
        ["viewer", "Sign-in failed", "Failed to sign in", *here, "Refused"],
        ["viewer", "Sign-in failed", "Failed to sign in", *here, "Refused"],
    ]
    assert "my-secret" not in str(Entry.objects.values())


def test_of_failures_only_so_many_are_listed(
    client: Client, administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "MOST_OF_NOBODY", 2)
    for number in range(4):
        client.post("/sign-in/", {"username": f"nobody-{number}", "password": "wrong"})
    client.post("/sign-in/", {"username": "viewer", "password": "wrong"})
    words = [row[2] for row in shown(administrator, "?kind=sign-in+failed")]
    assert words == [
        "Failed to sign in",
        "Failed to sign in: there is no account of the name typed; more failures within an hour are not listed",
        "Failed to sign in: there is no account of the name typed",
    ]


def test_a_wrong_old_password(viewer: Client, administrator: Client) -> None:
    viewer.post("/change-password/", {"old_password": "wrong", "new_password1": "a", "new_password2": "a"})
    assert shown(administrator)[0][:3] == [
        "viewer",
        "Sign-in failed",
        "Failed to change their password: the old one was wrong",
    ]


def test_what_is_created_deleted_and_refused(operator: Client, administrator: Client) -> None:
    for _ in range(2):
        operator.post("/local/create-dataset-group/", {"name": "book-club", "domain": ""})
    operator.post(f"{GROUP}/datasets/users/tags/", {"tags": "team=growth"})
    operator.post("/local/simulate-responses/", {"response": "ThrottlingException", "scope": "next", "calls": "3"})
    operator.post("/local/simulate-responses/", {"intent": "stop"})
    administrator.post("/local/reset-demo-data/")
    rows = shown(administrator)
    end = ["local", "127.0.0.1"]
    assert rows[0] == ["administrator", "Demo data reset", "Reset the demo data", *end, "Done"]
    assert rows[1][2] == "Stopped simulating responses"
    assert rows[2][2] == "Simulated the response ThrottlingException for the next 3 calls"
    created = ["operator", "Created", "Created the dataset group book-club", *end]
    assert [[*created, "Refused"], [*created, "Done"]] == [row for row in rows if row[1] == "Created"]


def test_exports_say_what_they_held(operator: Client, administrator: Client) -> None:
    send({"u": {}})
    send({"v": {}})
    asked = {"format": "csv", "properties": "yes", "person": "operator", "filter": "u"}
    b"".join(operator.get(f"{GROUP}/submissions/export-submissions/", asked))
    operator.head(f"{GROUP}/submissions/export-submissions/", asked)
    assert [row[2] for row in shown(administrator, "?kind=exported")] == [
        "Exported 1 row of submissions of the dataset group loyalty-programme as csv, with properties, filtered by "
        "person: operator, search: u"
    ]


def test_filters_sorts_and_pages(administrator: Client) -> None:
    who = Who(7, "ada")
    for number in range(25):
        record_activity(Kind.CREATED, f"group-{number:02}", noun="dataset group", who=who)
    answer = administrator.get(f"{PAGE}?person=ADA&sort=name")
    assert [row[4] for row in rows_of(answer)][:2] == [
        "Created the dataset group group-00",
        "Created the dataset group group-01",
    ]
    assert "25 matches" in text_of(answer)
    last = Entry.objects.get(name="group-19")
    following = shown(administrator, f"?person=ADA&sort=name&after={last.pk}")
    assert [row[2][-2:] for row in following] == ["20", "21", "22", "23", "24"]
    assert [row[2][-2:] for row in shown(administrator, "?filter=GROUP-07")] == ["07"]
    assert shown(administrator, "?environment=nowhere") == []
    assert "From is later than To" in text_of(administrator.get(f"{PAGE}?from=2026-02-02&to=2026-01-01"))
    for query in ("kind=nothing", "from=x", "date=x", "after=x", f"after={'9' * 30}", "end=last", "person=%00"):
        assert administrator.get(f"{PAGE}?{query}").status_code == 200


def exported(answer: Any) -> str:
    return b"".join(answer).decode()


def test_the_export(administrator: Client) -> None:
    record_activity(Kind.TAGS_CHANGED, "=1+1", noun="schema", who=Who(7, "ada", "192.0.2.7"), facts={"added": ["a"]})
    text = exported(administrator.get(EXPORT, {"format": "csv", "person": "ada"}))
    heading, row = csv.reader(io.StringIO(text))
    values = dict(zip(heading, row, strict=True))
    assert (values["person"], values["person_id"], values["address"]) == ("ada", "7", "192.0.2.7")
    assert (values["name"], values["facts"]) == ("'=1+1", '{"added": ["a"]}')
    assert values["what"] == "Changed the tags of the schema =1+1: added or changed a"
    lines = exported(administrator.get(EXPORT, {"format": "json-lines"})).splitlines()
    first = json.loads(lines[0])
    assert (first["kind"], first["noun"], first["outcome"]) == ("exported", "Activity", "begun")
    assert json.loads(lines[1])["what"] == "Exported 1 row of Activity as csv, filtered by person: ada"
    assert administrator.get(EXPORT).status_code == 400
    workbook = administrator.get(EXPORT, {"format": "xlsx", "person": "ada"})
    sheet = load_workbook(io.BytesIO(b"".join(workbook)))["Rows"]
    names, cells = sheet.iter_rows(values_only=True)
    assert names == tuple(heading)
    # No cell of a workbook is a formula, so that nothing stands before it.
    assert dict(zip(names, cells, strict=True))["name"] == "=1+1"


def test_an_export_by_days_says_of_which_time_zone_they_are(administrator: Client) -> None:
    exported(administrator.get(EXPORT, {"format": "csv", "from": "2026-11-29"}))
    assert shown(administrator, "?kind=exported")[0][2].endswith("filtered by from: 2026-11-29, time zone: GMT")


def test_it_is_for_administrators_alone(operator: Client) -> None:
    for address in (PAGE, f"{EXPORT}?format=csv"):
        assert operator.get(address).status_code == 403
    assert 'href="/activity/"' not in operator.get("/local/dataset-groups/").content.decode()


def test_a_name_is_kept_when_the_account_is_deleted(client: Client, administrator: Client) -> None:
    User.objects.create_user("bob", password="bob")
    client.post("/sign-in/", {"username": "bob", "password": "bob"})
    User.objects.get(username="bob").delete()
    assert shown(administrator, "?person=bob")[0][:2] == ["bob", "Signed in"]
