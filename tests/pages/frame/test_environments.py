"""The pages against other environments: a console in a process of its own is the AWS, over HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from console.local.simulation import simulate
from console.personalize.accounts import arn_prefixes
from console.personalize.environments import environments
from console.submissions.models import Outcome, Submission
from tests.pages.html import fields_of, rows_of, text_of
from tests.support.served import Served, free_port

STAGING = "/staging/dataset-groups/"
PAGE = f"{STAGING}online-shop/datasets/users/create-records/"
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/online-shop/USERS"
RECORD = json.dumps({"USER_ID": "from-staging", "MEMBERSHIP_STATUS": "Gold"})


@pytest.fixture(autouse=True)
def configured(
    served: Served, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Two environments beside `local`: one that works, and one where nobody answers."""
    file = tmp_path / "environments.toml"
    file.write_text(
        f'[[environments]]\nname = "staging"\nlabel = "Staging"\nregion = "us-east-1"\nendpoint_url = "{served.endpoint}"\n'
        f'[[environments]]\nname = "broken"\nregion = "us-east-1"\nendpoint_url = "http://127.0.0.1:{free_port()}"\n'
    )
    settings.CONSOLE_ENVIRONMENTS = str(file)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIALOCALDEMOEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local-demo-secret-key")
    for kept in (environments.cache_clear, arn_prefixes.ask_anew):
        kept()
    yield
    for kept in (environments.cache_clear, arn_prefixes.ask_anew):
        kept()


def test_the_first_environment_of_the_file_is_the_default(operator: Client) -> None:
    assert operator.get("/")["Location"] == STAGING


def test_the_pages_show_what_is_there(operator: Client) -> None:
    assert "online-shop" in [row[0] for row in rows_of(operator.get(STAGING))]
    assert "online-shop-users" in text_of(operator.get(f"{STAGING}online-shop/datasets/"))
    assert "MEMBERSHIP_STATUS" in text_of(operator.get(f"{STAGING}online-shop/datasets/users/"))
    assert operator.get(f"{STAGING}missing/").status_code == 404


def test_records_are_created_there_and_written_down_here(operator: Client, served: Served) -> None:
    page = operator.get(operator.post(PAGE, {"record_input": RECORD, "intent": "create"})["Location"])
    assert "Success: 1 user record created or replaced." in text_of(page)
    assert {"userId": "from-staging", "properties": {"membershipStatus": "Gold"}} in served.local_records(ARN)
    submission = Submission.objects.get()
    assert (submission.environment, submission.outcome) == ("staging", Outcome.CREATED)


def test_the_samples_go_there_too(operator: Client, served: Served) -> None:
    text = text_of(operator.post(PAGE, {"record_input": RECORD, "intent": "validate"}))
    assert f"--endpoint-url {served.endpoint}" in text


def test_an_environment_where_nobody_answers_has_its_sentence_and_hurts_no_other(operator: Client) -> None:
    for path in ("", "online-shop/", "online-shop/datasets/", "online-shop/datasets/users/create-records/"):
        answer = operator.get(f"/broken/dataset-groups/{path}")
        assert answer.status_code == 502
        assert "AWS could not be reached at http://127.0.0.1:" in text_of(answer)
        assert "Check the network between the console and AWS" in text_of(answer)
    typed = operator.post(
        "/broken/dataset-groups/online-shop/datasets/users/create-records/", {"record_input": RECORD}
    )
    assert typed.status_code == 502
    assert typed.context["page"].text == RECORD
    for each in ("staging", "local"):
        assert operator.get(f"/{each}/dataset-groups/").status_code == 200


def test_a_form_is_kept_where_nobody_answers(operator: Client) -> None:
    local = "/local/dataset-groups/online-shop/datasets/users/create-records/"
    fields = fields_of(operator.post(local, {"record_input": RECORD, "intent": "form"}))
    changed = {**fields, "value-1-MEMBERSHIP_STATUS": "one\r\ntwo"}
    page = operator.post(local.replace("local", "broken"), {**changed, "intent": "create"})
    assert page.status_code == 502
    again = operator.post(local, {**fields_of(page), "intent": "json"})
    assert json.loads(again.context["page"].text)["MEMBERSHIP_STATUS"] == "one|two"


def test_wrong_credentials_are_said_on_the_page(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    answer = operator.get(STAGING)
    assert answer.status_code == 502
    assert "AWS does not accept the credentials of the environment Staging." in text_of(answer)
    assert "Error code InvalidSignatureException" in text_of(answer)


def test_what_the_local_service_offers_is_there_for_it_alone(administrator: Client) -> None:
    page = administrator.get(f"{STAGING}online-shop/datasets/users/")
    assert "Users in this dataset" not in text_of(page)
    assert "Simulate responses" not in text_of(page)
    assert "Reset demo data" not in text_of(page)
    simulate("dropped", 0, None, "somebody")
    assert "Responses are simulated." not in text_of(administrator.get(STAGING))
    for address in ("simulate-responses", "reset-demo-data"):
        for method in (administrator.get, administrator.post):
            assert method(f"/staging/{address}/").status_code == 404
    record = administrator.get(f"{STAGING}online-shop/datasets/users/stored-record/?record_id=u")
    assert record.status_code == 404
    sentence = "Amazon Personalize has no call that reads users back: this page exists for the local service only."
    assert sentence in text_of(record)
    create = administrator.get(f"{PAGE}?record_id=u")
    assert json.loads(create.context["page"].text)["USER_ID"] == "string"


def test_every_environment_is_a_press_away(operator: Client) -> None:
    html = operator.get(STAGING).content.decode()
    assert '<a href="/staging/dataset-groups/" aria-current="true">Staging · us-east-1 · 000000000000</a>' in html
    assert '<a href="/local/dataset-groups/">Local service · us-east-1 · 000000000000</a>' in html
