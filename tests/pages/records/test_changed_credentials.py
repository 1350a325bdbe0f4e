"""Credentials that come to be another account's while the environments file stays as it is.

A console in a process of its own is the AWS, with two accounts that have a dataset group of the same name.
"""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import boto3
import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from console.personalize import calls
from console.personalize.accounts import arn_prefixes
from console.personalize.connections import clients, connections
from console.personalize.connections.endpoints import normalised
from console.personalize.environments import environments
from console.submissions.models import Submission
from console.submissions.origins import MarkedOrigin
from tests.pages.html import rows_of, text_of
from tests.pages.records.test_create_records import HTMX
from tests.support.served import Served, manage

FIRST, SECOND = "111111111111", "222222222222"
GROUP = "/prod/dataset-groups/shop"
ARN = f"arn:aws:personalize:us-east-1:{FIRST}:dataset/shop/USERS"
LIST = f"{GROUP}/submissions/"
PAGE = f"{GROUP}/datasets/users/create-records/"
SCHEMA = {
    "type": "record",
    "name": "Users",
    "namespace": "com.amazonaws.personalize.schema",
    "fields": [{"name": "USER_ID", "type": "string"}, {"name": "AGE", "type": "int"}],
    "version": "1.0",
}


@pytest.fixture(scope="module")
def keys(written: Served) -> dict[str, dict[str, str]]:
    """A key of each account, in which there is a dataset group `shop` with a Users dataset."""
    return {account: key_of(account, written, has_group=True) for account in (FIRST, SECOND)}


def key_of(account: str, console: Served, *, has_group: bool = False) -> dict[str, str]:
    """Make a key, and where there is none yet a schema and the dataset group in its account."""
    printed = manage("local_keys", "make", "--account", account, variables=console.variables)
    key = {name.lower(): value for name, value in re.findall(r"^export (\w+)=(\w+)$", printed, re.MULTILINE)}
    personalize: Any = boto3.client("personalize", "us-east-1", endpoint_url=console.endpoint, **key)
    if not personalize.list_schemas()["schemas"]:
        schema = personalize.create_schema(name="users", schema=json.dumps(SCHEMA))["schemaArn"]
        if has_group:
            group = personalize.create_dataset_group(name="shop")["datasetGroupArn"]
            time.sleep(1.1)
            personalize.create_dataset(name="users", schemaArn=schema, datasetGroupArn=group, datasetType="Users")
            time.sleep(1.1)
    return key


@pytest.fixture
def aws(tmp_path: Path, settings: LazySettings, written: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of boto3's files, for an environment that has its endpoint and its keys from the profile `own`."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    (tmp_path / "config").write_text(f"[profile own]\nendpoint_url = {written.endpoint}\n")
    file = tmp_path / "environments.toml"
    file.write_text('[[environments]]\nname = "prod"\nregion = "us-east-1"\nprofile = "own"\n')
    settings.CONSOLE_ENVIRONMENTS = str(file)
    start_again()
    yield tmp_path
    start_again()


def start_again() -> None:
    """Forget what a process knows of environments."""
    environments.cache_clear()
    arn_prefixes.ask_anew()
    cache.clear()


def use(folder: Path, keys: dict[str, str]) -> None:
    """Give the profile other keys."""
    (folder / "credentials").write_text("[own]\n" + "".join(f"{name} = {key}\n" for name, key in keys.items()))


def half_a_minute_passes() -> None:
    for entry in connections._connections._entries.values():
        entry.until = 0


def create(client: Client, user_id: str, **more: str) -> Any:
    """Press Create record(s), and again if the page says so: what asks STS beside it may just have read the files."""
    record = json.dumps({"USER_ID": user_id, "AGE": 1})
    sent = {"record_input": record, "intent": "create", **more}
    answer = client.post(PAGE, sent, headers=HTMX)
    return client.post(PAGE, sent, headers=HTMX) if "changed just now" in text_of(answer) else answer


def listed(client: Client, page: str = LIST) -> list[str]:
    return [row[3] for row in rows_of(client.get(page))]


def former(client: Client) -> list[str]:
    """The accounts of the former environments."""
    return [row[2] for row in rows_of(client.get("/former-environments/"))]


def test_a_key_of_another_account_shows_nothing_of_the_account_before(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, administrator: Client
) -> None:
    use(aws, keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    use(aws, keys[SECOND])
    # The clients are still those of the key before, and so is what they are asked for, and what is remembered of it.
    assert "Success" in text_of(create(operator, "bob"))
    assert listed(operator) == ["1 user: bob", "1 user: ada"]
    start_again()
    assert listed(operator) == []
    assert former(administrator) == [FIRST]
    half_a_minute_passes()
    assert listed(operator) == []


def test_a_changed_key_is_used_within_half_a_minute(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, administrator: Client
) -> None:
    use(aws, keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    use(aws, keys[SECOND])
    assert listed(operator) == ["1 user: ada"]
    half_a_minute_passes()
    assert listed(operator) == []
    assert former(administrator) == [FIRST]
    assert "Success" in text_of(create(operator, "bob"))
    assert listed(operator) == ["1 user: bob"]
    assert Submission.objects.get(record_ids="bob").dataset_arn.split(":")[4] == SECOND


def test_a_command_that_gives_another_accounts_keys_is_no_clue(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, administrator: Client, written: Served
) -> None:
    def give(own: dict[str, str]) -> None:
        members = {"AccessKeyId": own["aws_access_key_id"], "SecretAccessKey": own["aws_secret_access_key"]}
        (aws / "printed").write_text(json.dumps({"Version": 1, **members}))

    lines = ("[profile own]", f"endpoint_url = {written.endpoint}", f"credential_process = cat {aws / 'printed'}")
    (aws / "config").write_text("\n".join(lines))
    give(keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    assert listed(operator) == ["1 user: ada"]
    assert not MarkedOrigin.objects.exists()
    give(keys[SECOND])
    start_again()
    assert listed(operator) == []
    assert former(administrator) == [FIRST]


def test_what_is_sent_and_the_trail_are_of_the_same_endpoint(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, written: Served, served: Served
) -> None:
    use(aws, keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    other = key_of(FIRST, served, has_group=True)
    (aws / "config").write_text(f"[profile own]\nendpoint_url = {served.endpoint}\n")
    use(aws, other)
    half_a_minute_passes()
    load = {"record_input": "", "intent": "load", "known_record": "ada"}
    assert "This console knows of no accepted record of the user ada" in text_of(operator.post(PAGE, load))
    assert "Success" in text_of(create(operator, "bob"))
    assert "bob" in [user["userId"] for user in served.local_records(ARN)]
    assert listed(operator) == ["1 user: bob"]


def test_a_page_that_was_opened_for_another_account_sends_nothing(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client
) -> None:
    use(aws, keys[FIRST])
    shown: Any = operator.get(PAGE).context["page"]
    opened = {"destination": shown.destination, "key": str(shown.key)}
    assert FIRST in shown.destination
    use(aws, keys[SECOND])
    start_again()
    for intent in ("validate", "create"):
        answer = create(operator, "ada", **opened, intent=intent)
        assert answer.status_code == 409
        assert "prod has changed to another account, region or endpoint, so nothing was sent." in text_of(answer)
        assert f"arn:aws:personalize:us-east-1:{SECOND}:dataset/shop/USERS" in text_of(answer)
        assert not Submission.objects.exists()
    renewed = {"destination": answer.context["page"].destination, "key": str(answer.context["page"].key)}
    assert SECOND in renewed["destination"]
    assert "Success" in text_of(create(operator, "ada", **renewed))


def test_of_an_account_that_is_not_shown_nobody_learns_who_was_sent(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client
) -> None:
    use(aws, keys[SECOND])
    assert "Success" in text_of(create(operator, "eve"))
    arn = Submission.objects.get().dataset_arn
    use(aws, keys[FIRST])
    start_again()
    history = f"{GROUP}/datasets/users/record-history/?dataset={arn}&record_id="
    sent, never_sent = (text_of(operator.get(f"{history}{user_id}")) for user_id in ("eve", "bob"))
    assert sent.replace("eve", "bob") == never_sent
    assert "Another environment" not in sent


def test_an_environment_that_is_again_what_it_was_is_no_former_one(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, administrator: Client
) -> None:
    use(aws, keys[FIRST])
    create(operator, "ada")
    address = f"/prod@{Submission.objects.get().origin_id}/dataset-groups/shop/submissions/"
    use(aws, keys[SECOND])
    start_again()
    assert "former environment" in text_of(administrator.get(address))
    use(aws, keys[FIRST])
    start_again()
    # There it is worked in with the person's own name.
    assert administrator.get(f"{address}?sort=person").headers["Location"] == f"{LIST}?sort=person"


def test_the_account_is_also_known_of_a_schema_where_no_dataset_group_is_left(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, written: Served
) -> None:
    use(aws, keys[FIRST])
    create(operator, "ada")
    use(aws, key_of("333333333333", written))
    file = aws / "environments.toml"
    file.write_text(f'{file.read_text()}endpoint_url = "{written.endpoint}"\n')
    start_again()
    assert listed(operator) == []


def hidden(answer: Any) -> dict[str, str]:
    """The fields that the page of an answer carries, beside what is typed."""
    text = answer.content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', text) for name in ("key", "destination")}
    return {name: match[1] for name, match in found.items() if match}


@pytest.mark.parametrize("view", ["json", "form"])
def test_a_press_that_failed_is_not_sent_to_another_account_when_it_is_pressed_again(
    view: str, keys: dict[str, dict[str, str]], aws: Path, operator: Client
) -> None:
    use(aws, keys[FIRST])
    opened = hidden(operator.get(f"{PAGE}?view={view}"))
    (aws / "credentials").write_text("[own]\naws_access_key_id = AKIAREVOKED\naws_secret_access_key = x\n")
    half_a_minute_passes()
    failed = create(operator, "ada", **opened)
    assert failed.status_code == 502
    assert hidden(failed) == opened
    use(aws, keys[SECOND])
    again = create(operator, "ada", **hidden(failed))
    assert again.status_code == 409
    assert "prod has changed to another account, region or endpoint" in text_of(again)
    assert not Submission.objects.exists()


def test_an_expired_form_and_a_sign_in_on_the_way_keep_where_records_went(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client
) -> None:
    use(aws, keys[FIRST])
    opened = hidden(operator.get(PAGE))
    use(aws, keys[SECOND])
    half_a_minute_passes()
    expired = Client(enforce_csrf_checks=True)
    expired.cookies = operator.cookies
    assert hidden(create(expired, "ada", typed_by="", **opened)) == opened
    signed_in = Client().post(
        "/sign-in/",
        {"username": "operator", "password": "operator", "next": PAGE, "record_input": "{}", "typed_by": "", **opened},
        follow=True,
    )
    assert hidden(signed_in) == opened


def test_another_schema_of_another_account_is_told_as_another_account(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client
) -> None:
    use(aws, keys[FIRST])
    opened = {**hidden(operator.get(f"{PAGE}?view=form")), "view": "form", "schema": "another"}
    use(aws, keys[SECOND])
    half_a_minute_passes()
    answer = create(operator, "ada", **opened)
    assert answer.status_code == 409
    assert "prod has changed to another account, region or endpoint" in text_of(answer)


def test_environments_of_one_profile_change_each_for_itself(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, written: Served, served: Served
) -> None:
    file = aws / "environments.toml"
    file.write_text(file.read_text() + file.read_text().replace("prod", "beta"))
    start_again()
    use(aws, keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    assert operator.get("/beta/dataset-groups/").status_code == 200
    other = key_of(FIRST, served, has_group=True)
    for text in ("[[[", f"[profile own]\nendpoint_url = {served.endpoint}\n"):
        (aws / "config").write_text(text)
        use(aws, other)
        connections._connections._entries[environments()["beta"]].until = 0
        operator.get("/beta/dataset-groups/")
        # What is sent still goes to where the page says.
        assert "Success" in text_of(create(operator, f"bob-{len(text)}"))
        assert listed(operator)[-1] == "1 user: ada"
    half_a_minute_passes()
    assert listed(operator) == []


def test_an_answer_of_the_account_before_that_comes_late_changes_nothing(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, administrator: Client
) -> None:
    use(aws, keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    environment = environments()["prod"]
    is_under_way, is_changed = Event(), Event()

    def wait(**_event: Any) -> None:
        is_under_way.set()
        assert is_changed.wait(20)

    clients.client(environment, "personalize").meta.events.register("after-call.personalize.ListDatasetGroups", wait)
    late = Thread(target=calls.list_dataset_groups, args=(environment,))
    late.start()
    assert is_under_way.wait(20)
    use(aws, keys[SECOND])
    half_a_minute_passes()
    assert listed(operator) == []
    is_changed.set()
    late.join()
    assert listed(operator) == []
    assert former(administrator) == [FIRST]
    assert operator.get(f"{GROUP}/datasets/users/record-history/?record_id=ada").status_code == 404


@pytest.mark.parametrize(
    "lines", ["endpoint_url = http://h:99999999/", "endpoint_url =\n  a = b", "endpoint_url = http://[::1", "["]
)
def test_a_configuration_that_cannot_be_used_is_told_and_changes_nothing_that_is_kept(
    lines: str, keys: dict[str, dict[str, str]], aws: Path, operator: Client, administrator: Client
) -> None:
    use(aws, keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    usable = (aws / "config").read_text()
    (aws / "config").write_text(f"[profile own]\n{lines}\n")
    start_again()
    for page in (LIST, f"{GROUP}/datasets/users/record-history/?record_id=ada", "/prod/dataset-groups/"):
        assert operator.get(page).status_code in (200, 404, 502), page
    assert administrator.get("/former-environments/").status_code == 200
    (aws / "config").write_text(usable)
    half_a_minute_passes()
    assert listed(operator) == ["1 user: ada"]


def test_settings_that_the_console_overrides_do_not_hide_the_endpoint(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, written: Served
) -> None:
    (aws / "config").write_text(f"[profile own]\nendpoint_url = {written.endpoint}\nmax_attempts = x\n")
    use(aws, keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    assert Submission.objects.get().origin.endpoint == normalised(written.endpoint)


def test_a_section_that_a_profile_refers_to_is_looked_at_too(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, written: Served, served: Served
) -> None:
    text = "[profile own]\nservices = mine\n[services mine]\npersonalize =\n  endpoint_url = {0}\npersonalize_events =\n  endpoint_url = {0}\n"
    (aws / "config").write_text(text.format(written.endpoint))
    use(aws, keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    (aws / "config").write_text(text.format(served.endpoint))
    use(aws, key_of(FIRST, served, has_group=True))
    half_a_minute_passes()
    assert "Success" in text_of(create(operator, "eve"))
    assert Submission.objects.get(record_ids="eve").origin.endpoint == normalised(served.endpoint)


def test_a_new_key_of_the_same_account_is_remembered_too(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, written: Served
) -> None:
    use(aws, keys[FIRST])
    assert "Success" in text_of(create(operator, "ada"))
    use(aws, key_of(FIRST, written))
    half_a_minute_passes()
    assert listed(operator) == ["1 user: ada"]
    assert MarkedOrigin.objects.count() == 2


def test_clients_are_of_the_configuration_that_the_page_goes_by(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, written: Served, served: Served
) -> None:
    use(aws, keys[FIRST])
    other = key_of(FIRST, served, has_group=True)
    # Whatever asks for the endpoint alone makes no client yet.
    assert connections.connection_of(environments()["prod"]).endpoint_url == written.endpoint
    (aws / "config").write_text(f"[profile own]\nendpoint_url = {served.endpoint}\n")
    use(aws, other)
    answer = operator.get(PAGE)
    assert answer.status_code == 502
    assert "The AWS configuration of the environment prod was changed just now. Try again." in text_of(answer)
    assert "Success" in text_of(create(operator, "of-the-new-endpoint"))
    stored = [[user["userId"] for user in console.local_records(ARN)] for console in (served, written)]
    assert ["of-the-new-endpoint" in each for each in stored] == [True, False]
    assert Submission.objects.get().origin.endpoint == normalised(served.endpoint)


def test_a_change_that_is_undone_leaves_nothing(
    keys: dict[str, dict[str, str]], aws: Path, operator: Client, written: Served
) -> None:
    file = aws / "environments.toml"
    file.write_text(f'{file.read_text()}endpoint_url = "{written.endpoint}"\n')
    start_again()
    use(aws, keys[FIRST])
    connections.connection_of(environments()["prod"])
    use(aws, keys[SECOND])
    assert operator.get(PAGE).status_code == 502
    assert hidden(operator.get(PAGE))["destination"].split(":")[-2] == SECOND
    use(aws, keys[FIRST])
    half_a_minute_passes()
    assert hidden(operator.get(PAGE))["destination"].split(":")[-2] == FIRST
