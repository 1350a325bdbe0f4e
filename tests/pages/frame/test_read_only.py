"""Read-only environments, and the colours and words by which environments are told apart."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.personalize import calls
from console.personalize.environments import environments
from console.personalize.errors import Effect, PersonalizeError
from console.records.entities import USERS
from console.submissions.models import Submission
from tests.pages.configured import configured
from tests.pages.html import text_of
from tests.support.served import Served

GUARDED, SEALED = "/production/dataset-groups", "/archive/dataset-groups"
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/online-shop/USERS"
RECORD = '{"USER_ID": "sealed-1",\r\n "MEMBERSHIP_STATUS": "Gold"}'
READ_ONLY = "The environment Archive is read-only: nothing can be created or deleted in it from this console."


@pytest.fixture(autouse=True)
def sealed(served: Served, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A guarded environment, a read-only one, and one with a colour alone."""
    tables = {
        "production": 'label = "Production"\nguarded = true',
        "archive": 'label = "Archive"\nread_only = true',
        "staging": 'label = "Staging"\ncolour = "yellow"',
    }
    with configured(tables, served.endpoint, settings, tmp_path / "environments.toml", monkeypatch):
        yield


def test_a_read_only_environment_offers_nothing_and_says_why(operator: Client) -> None:
    for path, action in (
        ("/", "Create dataset group"),
        ("/newsroom/datasets/", "Create dataset"),
        ("/member-profiles/event-trackers/", "Create event tracker"),
        ("/loyalty-programme/event-trackers/e896f116/", "Delete"),
    ):
        page = operator.get(f"{SEALED}{path}")
        assert f'disabled aria-describedby="read-only">{action}</button>' in page.content.decode()
        assert READ_ONLY in text_of(page)
        assert "/create-" not in page.content.decode()
    for slug in ("users", "items", "interactions"):
        dataset = operator.get(f"{SEALED}/online-shop/datasets/{slug}/")
        assert f"Create record {READ_ONLY}" in text_of(dataset)
        # Of the actions that it is true of, one says it, and the others refer to that.
        menu = dataset.content.decode().partition('id="modify-dataset"')[2].partition("</ul>")[0]
        assert menu.count(READ_ONLY) == 1
        assert menu.count('aria-disabled="true"') == menu.count('aria-describedby="no-records"') >= 4
        create = operator.get(f"{SEALED}/online-shop/datasets/{slug}/create-records/")
        assert READ_ONLY in text_of(create)
        assert 'value="create"' not in create.content.decode()
        assert 'id="record-input"' not in create.content.decode()


@pytest.mark.parametrize("person", ["viewer", "operator", "administrator"])
def test_a_read_only_environment_accepts_nothing_of_anybody(person: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(person)
    for dataset in ("online-shop/datasets/users", "online-shop/datasets/items", "online-shop/datasets/interactions"):
        path = f"{SEALED}/{dataset}/create-records/"
        records = client.post(path, {"record_input": RECORD, "intent": "create"})
        assert records.status_code == 403
        assert READ_ONLY in text_of(records)
        assert records.context["page"].text == RECORD
    group = client.post("/archive/create-dataset-group/", {"name": "sealed", "domain": ""})
    created = client.post(f"{SEALED}/newsroom/datasets/users/create-dataset/", {"name": "x", "intent": "create"})
    tracker = client.post(f"{SEALED}/member-profiles/create-event-tracker/", {"name": "sealed"})
    path = f"{SEALED}/loyalty-programme/event-trackers/e896f116/delete-event-tracker/"
    deletion = client.post(path, {"deletion": "delete"})
    for answer in (group, created, tracker, deletion):
        assert answer.status_code == 403
        assert READ_ONLY in text_of(answer)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("put_records", (ARN, USERS, [{"userId": "u"}])),
        ("create_dataset_group", ("sealed", "")),
        ("create_schema", ("sealed", "{}", "")),
        ("create_dataset", (ARN, USERS, "sealed", ARN)),
    ],
)
def test_the_gateway_itself_writes_nothing_there(operation: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(PersonalizeError) as error:
        getattr(calls, operation)(environments()["archive"], *arguments)
    assert error.value.failure.effect is Effect.NOT_SENT
    assert error.value.failure.sentence.startswith("The environment Archive is read-only, so ")


def bar(client: Client, path: str) -> tuple[str, str] | None:
    """Return the colour and the words of the bar below the top navigation, if there is one."""
    page = client.get(path).content.decode()
    found = re.search(r'<section class="environment-bar" data-colour="(\w+)"[^>]*>(.*?)</section>', page, re.DOTALL)
    return (found[1], " ".join(re.sub(r"<.*?>", "", found[2]).split())) if found else None


def test_a_page_wears_the_colour_of_its_environment_and_says_why(viewer: Client) -> None:
    assert bar(viewer, f"{GUARDED}/") == ("red", "Production · Guarded")
    assert bar(viewer, f"{GUARDED}/missing/") == ("red", "Production · Guarded")
    assert bar(viewer, f"{SEALED}/") == ("grey", "Archive · Read-only")
    assert bar(viewer, "/staging/dataset-groups/") == ("yellow", "Staging")
    assert bar(viewer, "/local/dataset-groups/") is None
    assert bar(viewer, f"/settings/?next={GUARDED}/") == ("red", "Production · Guarded")


def test_the_switcher_says_what_is_special(viewer: Client) -> None:
    page = viewer.get("/local/dataset-groups/").content.decode()
    menu = page.partition('id="environment-menu"')[2].partition("</ul>")[0]
    words = [" ".join(re.sub(r"<.*?>", "", each).split()) for each in re.findall(r"<li>(.*?)</li>", menu)]
    assert words == [
        "Production · us-east-1 Guarded",
        "Archive · us-east-1 Read-only",
        "Staging · us-east-1",
        "Local service · us-east-1 · 000000000000",
    ]


def test_the_account_is_shown_once_an_arn_has_said_it(viewer: Client) -> None:
    viewer.get("/staging/dataset-groups/online-shop/")
    assert "Staging · us-east-1 · 000000000000" in text_of(viewer.get("/staging/dataset-groups/"))
