"""A name of an environment that came to stand for another account, region or endpoint shows nothing of the earlier one.

A console in a process of its own is the AWS, over HTTP, in the account 000000000000 and the region us-east-1.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client

from console.personalize.connections.endpoints import normalised
from console.submissions.models import Outcome, Submission
from console.submissions.origins import MarkedOrigin, Origin
from console.submissions.presses.attempts import submission_id
from tests.pages.configured import configured, forget
from tests.pages.html import rows_of, text_of
from tests.pages.records.test_create_records import HTMX
from tests.pages.records.test_known_record import KNOWN, RECORD
from tests.submissions.sent import ARN, send
from tests.support.served import Served

GROUP = "/prod/dataset-groups/loyalty-programme"
LIST = f"{GROUP}/submissions/"
PAGE = f"{GROUP}/datasets/users/create-records/"
OLD = {**KNOWN, "city": "Bern"}
ACCOUNT = ARN.replace("000000000000", "111122223333")
REGION = ARN.replace("us-east-1", "eu-west-1")


@pytest.fixture
def file(served: Served, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "environments.toml"
    with configured({"prod": 'label = "Production"'}, served.endpoint, settings, path, monkeypatch):
        yield path


@pytest.fixture(params=["account", "region", "endpoint"])
def old(request: pytest.FixtureRequest, file: Path, demo: None, served: Served) -> Submission:
    """What was sent while the name stood for something else, before something was sent from what it is now."""
    kinds: dict[str, dict[str, Any]] = {
        "account": {"dataset_arn": ACCOUNT, "endpoint": normalised(served.endpoint)},
        "region": {"dataset_arn": REGION, "endpoint": normalised(served.endpoint)},
        "endpoint": {"endpoint": "https://personalize.example"},
    }
    submission = send({"ada": OLD}, environment="prod", person_name="operator", **kinds[request.param])
    send({"eve": KNOWN}, environment="prod", person_name="operator", endpoint=normalised(served.endpoint))
    return submission


def test_the_list_and_its_searches_have_what_was_sent_from_what_it_is_now(old: Submission, operator: Client) -> None:
    for asked in ("", "?record_id=ada", "?person=operator", "?filter=ad", f"?dataset={old.dataset_arn}", "?end=last"):
        assert "ada" not in [row[3] for row in rows_of(operator.get(f"{LIST}{asked}"))], asked
    assert [row[3] for row in rows_of(operator.get(LIST))] == ["1 user: eve"]
    assert "Submissions (1)" in text_of(operator.get(LIST))
    assert operator.get(f"{LIST}?view=details&selected={old.pk}").status_code == 422


def test_the_submission_its_properties_and_the_history_of_its_user_are_not_there(
    old: Submission, operator: Client
) -> None:
    history = f"{GROUP}/datasets/users/record-history/?record_id=ada"
    for page in (f"{LIST}{old.pk}/", history, f"{history}&dataset={old.dataset_arn}"):
        answer = operator.get(page)
        assert answer.status_code == 404, page
        assert "Bern" not in text_of(answer)
    for parameters in ({"format": "json-lines", "properties": "yes"}, {"format": "csv", "properties": "yes"}):
        file: Any = operator.get(f"{LIST}export-submissions/", parameters)
        content = b"".join(file).decode()
        ids = re.findall(r"\b(?:ada|eve)\b", content)
        assert set(ids) == {"eve"}
    overview = operator.get(f"{GROUP}/").content.decode()
    assert f"{LIST}{old.pk}/" not in overview
    assert overview.count("record-history") == 0


def test_it_is_not_sent_again_from_the_other_environment(old: Submission, operator: Client) -> None:
    for name in ("again", "submission"):
        opened = operator.get(f"{PAGE}?{name}={old.pk}")
        assert opened.status_code == 200
        assert "Bern" not in text_of(opened)
    loaded = operator.post(PAGE, {"record_input": "", "intent": "load", "known_record": "ada"})
    assert "Bern" not in text_of(loaded)
    assert "This console knows of no accepted record of the user ada" in text_of(loaded)


def test_a_key_that_was_used_there_sends_nothing_and_tells_nothing(
    demo: None, file: Path, operator: Client, served: Served
) -> None:
    person = User.objects.get(username="operator")
    key = uuid4()
    used: dict[str, Any] = {
        "pk": submission_id(key, person.pk, 0),
        "dataset_arn": ACCOUNT,
        "endpoint": normalised(served.endpoint),
    }
    old = send({"ada": OLD}, environment="prod", person_name="operator", **used)
    create = {"record_input": json.dumps({**RECORD, "USER_ID": "u"}), "intent": "create", "key": str(key)}
    answer = operator.post(PAGE, create, headers=HTMX)
    assert answer.status_code == 409
    assert "This page's key was already used" in text_of(answer)
    assert "in another environment" in text_of(answer)
    for told in ("Bern", "ada", str(old.pk)):
        assert told not in answer.content.decode()
    assert Submission.objects.count() == 1


def test_administrators_find_it_under_former_environments(old: Submission, administrator: Client) -> None:
    rows = rows_of(administrator.get("/former-environments/"))
    origin = old.origin
    assert [row[:5] for row in rows] == [["loyalty-programme", "prod", origin.account, origin.region, "1"]]
    address = f"/prod@{origin.pk}/dataset-groups/loyalty-programme/submissions/"
    assert f'href="{address}"' in administrator.get("/former-environments/").content.decode()
    assert [row[3] for row in rows_of(administrator.get(address))] == ["1 user: ada"]
    assert f"former environment, {origin.label}" in text_of(administrator.get(address))
    shown = text_of(administrator.get(f"{address}{old.pk}/"))
    assert "Bern" in shown
    assert "Edit and send again" not in shown
    assert f"Account {origin.account} Region {origin.region}" in shown
    assert [row[3] for row in rows_of(administrator.get(LIST))] == ["1 user: eve"]


@pytest.mark.parametrize("name", ["viewer", "operator"])
def test_others_do_not_open_it_by_its_address(
    old: Submission, name: str, client: Client, django_user_model: Any
) -> None:
    client.force_login(django_user_model.objects.get(username=name))
    group = f"/prod@{old.origin_id}/dataset-groups/loyalty-programme"
    lists = [f"{group}/submissions/{page}" for page in ("", f"{old.pk}/", "export-submissions/?format=csv")]
    for address in (*lists, f"{group}/datasets/users/record-history/?record_id=ada"):
        assert client.get(address).status_code == 404


def test_names_that_are_swapped_take_nothing_with_them(
    demo: None, served: Served, written: Served, file: Path, operator: Client
) -> None:
    endpoints = {"one": served.endpoint, "two": written.endpoint}
    text = '[[environments]]\nname = "{}"\nregion = "us-east-1"\nendpoint_url = "{}"\n'
    for name, endpoint in endpoints.items():
        send({f"of-{name}": KNOWN}, environment=name, endpoint=normalised(endpoint))
    lists = [f"/{name}/dataset-groups/loyalty-programme/submissions/" for name in endpoints]
    for pairs, users in (
        (endpoints.items(), ["of-one", "of-two"]),
        (zip(endpoints, reversed(endpoints.values()), strict=True), []),
        (endpoints.items(), ["of-one", "of-two"]),
    ):
        file.write_text("".join(text.format(*pair) for pair in pairs))
        forget()
        found = [row[3].removeprefix("1 user: ") for page in lists for row in rows_of(operator.get(page))]
        assert found == users


def test_an_environment_of_the_same_dataset_sees_nothing_of_a_name_that_is_another_one_now(
    demo: None, served: Served, written: Served, file: Path, operator: Client, administrator: Client
) -> None:
    table = '[[environments]]\nname = "{}"\nlabel = "{}"\nregion = "us-east-1"\nendpoint_url = "{}"\n'
    send({"ada": OLD}, environment="first", endpoint=normalised(served.endpoint))
    send({"ada": OLD}, Outcome.UNCONFIRMED, environment="first", endpoint=normalised(served.endpoint))
    load = {"record_input": "", "intent": "load", "known_record": "ada"}
    page = "/second/dataset-groups/loyalty-programme/datasets/users/create-records/"
    both = table.format("first", "First", served.endpoint) + table.format("second", "Second", served.endpoint)
    file.write_text(both)
    forget()
    assert "from the environment First" in text_of(operator.post(page, load))
    file.write_text(both.replace(served.endpoint, written.endpoint, 1))
    forget()
    found = text_of(operator.post(page, load))
    assert "Another environment of this console sent a record" in found
    assert "First" not in found.partition("Record input")[2]
    assert "Bern" not in found
    # Administrators are told that it is not the one of that name today.
    before = Origin.objects.get(environment="first")
    assert before.account == "000000000000"
    assert f"from the environment {before.label}" in text_of(administrator.post(page, load))


def create(client: Client, user_id: str) -> None:
    record = {"record_input": json.dumps({**RECORD, "USER_ID": user_id}), "intent": "create"}
    assert "Success" in text_of(client.post(PAGE, record, headers=HTMX))


def test_where_aws_does_not_say_the_account_it_is_that_of_the_same_credentials(
    demo: None, file: Path, operator: Client, administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(operator, "ada")
    MarkedOrigin.objects.all().delete()
    forget()
    # What AWS says to a page that only reads is remembered, too.
    assert [row[3] for row in rows_of(operator.get(LIST))] == ["1 user: ada"]
    # The service refuses both keys now.
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    forget()
    assert [row[3] for row in rows_of(operator.get(LIST))] == ["1 user: ada"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAANOTHEREXAMPLE00")
    forget()
    answer = operator.get(LIST)
    assert answer.status_code == 502
    # "ada" alone may be in the hexadecimal digits of a request's ID.
    assert "1 user" not in text_of(answer)
    assert [row[:2] for row in rows_of(administrator.get("/former-environments/"))] == [["loyalty-programme", "prod"]]
