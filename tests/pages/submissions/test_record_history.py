"""What this console sent of one user, and what each record changed."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, StoredRecord
from console.pages.submissions import record_history
from console.submissions.known import dataset_events
from console.submissions.models import Outcome
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import ARN, send, sent_after

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

GROUP = "/local/dataset-groups/loyalty-programme"
PAGE = f"{GROUP}/datasets/users/record-history/"
ELSEWHERE = "arn:aws:personalize:eu-west-1:999999999999:dataset/loyalty-programme/USERS"


def history(client: Client, user_id: str = "ada", **asked: str) -> Any:
    return client.get(PAGE, {"record_id": user_id, **asked})


def put(events: "PersonalizeEventsClient", properties: dict[str, Any]) -> None:
    """Store the user ada as any client of the local service does."""
    required = {"membershipType": "Gold", "memberSince": 1, "totalSpend": 1.5, "newsletter": True}
    events.put_users(datasetArn=ARN, users=[{"userId": "ada", "properties": json.dumps(required | properties)}])


def versions_of(answer: Any) -> list[str]:
    """Return the text of each version, newest first, without its moment and the way to load it."""
    found = re.findall(r'<article class="version".*?</article>', answer.content.decode(), re.DOTALL)
    texts = []
    for each in found:
        answer.content = each.encode()
        texts.append(text_of(answer).partition(" GMT ")[2].removesuffix(" Load this version"))
    return texts


def test_shows_the_last_record_that_aws_accepted(
    operator: Client, personalize_events: "PersonalizeEventsClient"
) -> None:
    put(personalize_events, {"age": 4})
    send({"ada": {"age": 3, "city": "Bern"}})
    accepted = send({"eve": {"age": 1}, "ada": {"age": 4, "note": "<b>ü</b>", "vip": None}}, person_name="bob")
    for outcome in (Outcome.REFUSED, Outcome.NOT_SENT, Outcome.UNCONFIRMED, Outcome.SENDING):
        send({"ada": {"age": 5}}, outcome)
    answer = history(operator)
    assert rows_of(answer) == [["age", "4"], ["note", '"<b>ü</b>"'], ["vip", "null"]]
    assert "Person bob" in text_of(answer)
    assert f'href="{GROUP}/submissions/{accepted.pk}/"' in answer.content.decode()
    assert f'href="{GROUP}/datasets/users/create-records/?known_record=ada"' in answer.content.decode()
    assert "eve" not in text_of(answer)


def test_compares_each_record_with_the_last_accepted_one_before(operator: Client) -> None:
    send({"ada": {"age": 3, "city": "Bern"}})
    send({"ada": {"age": 4}}, Outcome.REFUSED)
    send({"ada": {"age": True, "city": "Bern", "vip": 1}})
    send({"ada": {"city": "Bern", "vip": True}})
    send({"ada": {"vip": True, "city": "Bern"}})
    send({"ada": {}})
    assert versions_of(history(operator)) == [
        'by operator Created Property name Difference Before After city Removed "Bern" - vip Removed true -'.replace(
            'city Removed "Bern" - vip Removed true -', 'vip Removed true - city Removed "Bern" -'
        ),
        "by operator Created No differences.",
        "by operator Created Property name Difference Before After vip Changed 1 true age Removed true -",
        "by operator Created Property name Difference Before After age Changed 3 true vip Added - 1",
        'by operator Refused Property name Difference Before After age Changed 3 4 city Removed "Bern" -',
        'by operator Created Property name Difference Before After age Added - 3 city Added - "Bern"',
    ]


def test_timestamps_have_their_date_beside_them(operator: Client) -> None:
    send({"ada": {"creationTimestamp": 1764410400}})
    answer = history(operator)
    date = "Sat, 29 Nov 2025 10:00:00 GMT"
    assert rows_of(answer)[0] == ["creationTimestamp", f"1764410400 {date}"]
    assert f"creationTimestamp Added - 1764410400 {date}" in versions_of(answer)[0]
    assert "<span data-local-time></span>" in history(operator).content.decode()


def test_says_when_nothing_was_accepted(operator: Client) -> None:
    send({"ada": {"age": 3}}, Outcome.REFUSED)
    answer = history(operator)
    assert "No record of this user from this console was accepted." in text_of(answer)
    assert "Load known record</a>" not in answer.content.decode()
    send({"ada": {}})
    assert "The user was sent without properties." in text_of(history(operator))


def test_a_viewer_sees_who_and_when_and_no_property(viewer: Client) -> None:
    send({"ada": {"shoeSize": 44}})
    send({"ada": {"shoeSize": 45}})
    answer = history(viewer)
    assert versions_of(answer) == ["by operator Created"] * 2
    html = history(viewer).content.decode()
    assert "shoeSize" not in html
    assert "Load known record</a>" not in html


def test_what_was_redacted_is_not_compared(operator: Client) -> None:
    Dataset.objects.update(created_at=timezone.now() - timedelta(days=60))
    for days, age in ((50, 1), (40, 2), (10, 3), (5, 4)):
        send({"ada": {"age": age}}, at=timezone.now() - timedelta(days=days))
    call_command("redact_submissions", "--days=30", verbosity=0)
    today = re.compile(r"(?<=redacted on )[^.]+")
    assert [today.sub("…", each) for each in versions_of(history(operator))] == [
        "by operator Created Property name Difference Before After age Changed 3 4",
        "by operator Created The record before it was redacted, so the differences are not known.",
        "by operator Created The differences are not known, because this record was redacted on ….",
        "by operator Created The differences are not known, because this record was redacted on ….",
    ]
    call_command("redact_submissions", "--days=1", verbosity=0)
    assert "Its properties were redacted on" in text_of(history(operator))
    assert "Load known record</a>" not in history(operator).content.decode()


def test_has_pages_that_are_compared_over_their_ends(operator: Client) -> None:
    for number in range(25):
        send({"ada": {"n": number}}, at=datetime(2026, 3, 1, 0, number, tzinfo=UTC))
    first, second = versions_of(history(operator)), versions_of(history(operator, page="2"))
    assert (len(first), len(second)) == (20, 5)
    assert first[-1].endswith("n Changed 4 5")
    assert second[0].endswith("n Changed 3 4")
    assert second[-1].endswith("n Added - 0")
    assert "History (25)" in text_of(history(operator))


def test_keeps_datasets_environments_and_groups_apart(operator: Client) -> None:
    send({"ada": {"n": 1}}, dataset_arn=ELSEWHERE)
    send({"ada": {"n": 2}}, environment="staging")
    send({"ada": {"n": 3}}, dataset_group="online-shop", dataset_arn=ARN.replace("loyalty-programme", "online-shop"))
    send({"ada": {"n": 4}})
    assert versions_of(history(operator)) == ["by operator Created Property name Difference Before After n Added - 4"]
    # Of another region: it was sent when the environment was another one.
    assert history(operator, dataset=ELSEWHERE).status_code == 404
    assert rows_of(history(operator, dataset=ARN)) == [["n", "4"]]
    assert history(operator, dataset="nothing").status_code == 404


@pytest.mark.parametrize("user_id", ["nobody", "ADA", "ada ", "\0", "x" * 10_000])
def test_says_that_a_user_was_never_sent(viewer: Client, user_id: str) -> None:
    send({"ada": {}})
    answer = history(viewer, user_id)
    assert answer.status_code == 404
    assert "was sent to this dataset group from this console." in text_of(answer)


def test_says_that_the_address_has_no_record_id(viewer: Client) -> None:
    send({"ada": {}})
    answer = history(viewer, "")
    assert answer.status_code == 404
    words = "The address has no record_id. Open the history from a submission, or add ?record_id= and a user ID"
    assert f"{words} to the address." in text_of(answer)
    assert "“" not in text_of(answer)


def test_says_what_the_local_service_stores_where_that_is_another_record(
    operator: Client, personalize_events: "PersonalizeEventsClient"
) -> None:
    sent = {"membershipType": "Gold", "memberSince": 1, "totalSpend": 1.5, "newsletter": True, "age": 3}
    send({"ada": sent})
    assert "The local service no longer stores this user." in text_of(history(operator))
    put(personalize_events, {"age": 3})
    assert "The local service" not in text_of(history(operator)).partition("Dataset ARN")[2]
    put(personalize_events, {"age": 4})
    answer = history(operator)
    assert "The local service now stores a different record of this user, from " in text_of(answer)
    assert f'href="{GROUP}/datasets/users/stored-record/?record_id=ada"' in answer.content.decode()


def test_a_dataset_that_was_deleted_and_made_anew_is_another_one(
    operator: Client, personalize: "PersonalizeClient"
) -> None:
    send({"ada": {"age": 3}})
    schema = personalize.describe_dataset(datasetArn=ARN)["dataset"]["schemaArn"]
    # Which a page has described a moment ago.
    operator.get(f"{GROUP}/datasets/users/")
    personalize.delete_dataset(datasetArn=ARN)
    answer = history(operator)
    assert "The local service has no dataset with this ARN now" in text_of(answer)
    assert text_of(answer).count("the dataset was deleted.") == 2
    group = ARN.replace(":dataset/", ":dataset-group/").removesuffix("/USERS")
    personalize.create_dataset(name="again", datasetGroupArn=group, datasetType="Users", schemaArn=schema)
    send({"ada": {"age": 4}})
    assert versions_of(history(operator))[0].endswith("After age Added - 4")
    assert "the dataset was deleted." in versions_of(history(operator))[1]


def test_an_event_between_two_records_ends_the_first_alone(operator: Client) -> None:
    send({"ada": {"age": 3}})
    dataset_events.record("local", ARN, "imported")
    send({"ada": {"age": 4}})
    send({"ada": {"age": 5}})
    newest, middle, oldest = versions_of(history(operator))
    assert newest == "by operator Created Property name Difference Before After age Changed 4 5"
    assert middle == "by operator Created Property name Difference Before After age Added - 4"
    assert "a dataset import job replaced data. Property name" in oldest


def test_shows_what_another_environment_has_sent_for_the_first_time_meanwhile(administrator: Client) -> None:
    send({"ada": {"age": 1}})
    with sent_after('"history_origin"."arn_prefix" = ', {"ada": {"age": 2}}, environment="new", endpoint="local"):
        answer = history(administrator)
    assert answer.status_code == 200
    assert len(versions_of(answer)) == 2


def test_leads_to_what_the_local_service_stores(viewer: Client) -> None:
    send({"u/1": {"a": 1}})
    stored_before("u/1")
    answer = viewer.get(PAGE, {"record_id": "u/1"})
    address = "/local/dataset-groups/loyalty-programme/datasets/users/stored-record/?record_id=u%2F1"
    assert f'<a class="button" href="{address}">View stored user</a>' in answer.content.decode()


def stored_before(record_id: str) -> None:
    """Store a user in the local service, as an import does."""
    dataset = Dataset.objects.get(group__name="loyalty-programme", dataset_type="USERS")
    then = timezone.now() - timedelta(days=7)
    StoredRecord.objects.create(
        dataset=dataset, record_id=record_id, properties='{"a": 1}', created_at=then, replaced_at=then
    )


def test_does_not_lead_to_what_the_local_service_does_not_store(viewer: Client) -> None:
    send({"ada": {"a": 1}})
    answer = viewer.get(PAGE, {"record_id": "ada"})
    assert answer.status_code == 200
    assert "View stored user" not in text_of(answer)


def test_what_only_an_import_stored_is_no_error(viewer: Client) -> None:
    stored_before("ada")
    answer = viewer.get(PAGE, {"record_id": "ada"})
    assert answer.status_code == 200
    assert "This console sent no record of the user “ada” to this dataset group. The local service stores" in text_of(
        answer
    )
    assert "View stored user" in text_of(answer)
    assert "alert-error" not in answer.content.decode()


def test_the_newest_of_very_many_versions_are_listed(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert record_history.MOST_VERSIONS == 1_000
    monkeypatch.setattr(record_history, "MOST_VERSIONS", 3)
    for number in range(4):
        send({"ada": {"n": number}})
    answer = history(operator)
    assert "History (3) Newest first, the newest 3: Submissions has all. Each record" in text_of(answer)
    assert [re.search(r"n [^ ]* ?[0-3]", each) is not None for each in versions_of(answer)] == [True] * 3
