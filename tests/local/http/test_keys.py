"""Access keys: made, listed and revoked by `manage.py local_keys`, and used by real boto3 through both endpoints."""

import hashlib
import io
import json
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.local.http import keys
from console.local.models import AccessKey, DatasetGroup, Demo, StoredRecord
from tests.conftest import LOYALTY
from tests.local import over_http

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

DEMO = ("AKIALOCALDEMOEXAMPLE", "local-demo-secret-key")
USER = {
    "userId": "ü",
    "properties": '{"membershipType":"Grün 😀","memberSince":1,"totalSpend":1,"newsletter":true}',
}


def command(*arguments: str) -> tuple[str, str]:
    """Return what `manage.py local_keys` prints on its standard output and its standard error."""
    output, errors = io.StringIO(), io.StringIO()
    call_command("local_keys", *arguments, stdout=output, stderr=errors, no_color=True)
    return output.getvalue(), errors.getvalue()


def make(*options: str) -> tuple[str, str]:
    """Return the id and the secret of a pair of keys, as the command prints them."""
    found = re.fullmatch(
        r"export AWS_ACCESS_KEY_ID=(AKIALOCAL[A-Z2-7]{11})\nexport AWS_SECRET_ACCESS_KEY=([A-Za-z0-9]{40})\n",
        command("make", *options)[0],
    )
    assert found
    return found[1], found[2]


def refusal(call: Any, **parameters: Any) -> tuple[str, int]:
    with pytest.raises(ClientError) as error:
        call(**parameters)
    response = error.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]


UNKNOWN = ("UnrecognizedClientException", 403)


@pytest.mark.parametrize("endpoint", [over_http.client, over_http.without_network])
def test_keys_that_were_made_are_taken_at_both_doors(demo: None, endpoint: Any) -> None:
    access_key, secret = make("--name", "the nightly import")
    endpoint("personalize-events", access_key, secret).put_users(datasetArn=LOYALTY, users=[USER])
    assert StoredRecord.objects.get().record_id == "ü"
    assert refusal(endpoint("personalize", access_key, "wrong").list_schemas) == ("InvalidSignatureException", 403)
    assert refusal(endpoint("personalize", "AKIALOCALUNKNOWN2222", secret).list_schemas) == UNKNOWN


@pytest.mark.parametrize("endpoint", [over_http.client, over_http.without_network])
def test_keys_are_for_an_account(demo: None, endpoint: Any) -> None:
    other = endpoint("personalize", *make("--account", "123456789012"))
    assert other.list_dataset_groups()["datasetGroups"] == []
    arn = "arn:aws:personalize:us-east-1:123456789012:dataset-group/newsroom"
    assert other.create_dataset_group(name="newsroom")["datasetGroupArn"] == arn
    assert refusal(endpoint("personalize", *DEMO).describe_dataset_group, datasetGroupArn=arn) == (
        "ResourceNotFoundException",
        400,
    )
    own = endpoint("personalize", *make())
    assert len(own.list_dataset_groups()["datasetGroups"]) == 7


@pytest.mark.parametrize("endpoint", [over_http.client, over_http.without_network])
def test_a_read_only_key_may_describe_get_and_list(demo: None, endpoint: Any) -> None:
    access_key, secret = make("--read-only")
    personalize = endpoint("personalize", access_key, secret)
    (group, *_others) = personalize.list_dataset_groups()["datasetGroups"]
    personalize.describe_dataset_group(datasetGroupArn=group["datasetGroupArn"])
    before = DatasetGroup.objects.count()
    with pytest.raises(ClientError) as error:
        personalize.create_dataset_group(name="new")
    # Denials have another status in each of AWS's two protocols.
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert error.value.response["Error"] == {
        "Code": "AccessDeniedException",
        "Message": f"User: arn:aws:iam::000000000000:user/{access_key} is not authorized to perform: "
        "personalize:CreateDatasetGroup because its access key is read-only",
    }
    events = endpoint("personalize-events", access_key, secret)
    assert refusal(events.put_users, datasetArn=LOYALTY, users=[USER]) == ("AccessDeniedException", 403)
    runtime = endpoint("personalize-runtime", access_key, secret)
    assert refusal(runtime.get_recommendations, userId="u") == ("InvalidInputException", 400)
    assert DatasetGroup.objects.count() == before
    assert not StoredRecord.objects.exists()


@pytest.mark.django_db
def test_the_demo_key_is_taken_over_http_only_while_there_is_a_demo(personalize: "PersonalizeClient") -> None:
    over = over_http.client("personalize", *DEMO)
    assert refusal(over.list_schemas) == UNKNOWN
    Demo.objects.create()
    assert over.list_schemas()["schemas"] == []
    Demo.objects.all().delete()
    keys.forget()
    assert refusal(over.list_schemas) == UNKNOWN
    # The console itself goes on.
    assert personalize.list_schemas()["schemas"] == []


@pytest.mark.parametrize("endpoint", [over_http.client, over_http.without_network])
def test_a_revoked_key_is_refused_after_a_second(demo: None, endpoint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("console.storage.process_cache.time", SimpleNamespace(monotonic=lambda: now))
    access_key, secret = make()
    personalize = endpoint("personalize", access_key, secret)
    personalize.list_schemas()
    assert command("revoke", access_key) == (
        f"The key {access_key} is revoked, and will be refused within a second.\n",
        "",
    )
    now += 1.0
    assert refusal(personalize.list_schemas) == UNKNOWN
    first = AccessKey.objects.get().revoked_at
    assert "was revoked already" in command("revoke", access_key)[0]
    assert AccessKey.objects.get().revoked_at == first


def test_a_key_is_looked_up_once_a_second_and_not_for_each_request(
    demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("console.storage.process_cache.time", SimpleNamespace(monotonic=lambda: now))
    personalize = over_http.client("personalize", *make())

    def look_ups() -> int:
        with CaptureQueriesContext(connection) as queries:
            for _ in range(5):
                personalize.list_schemas()
        return sum("local_accesskey" in query["sql"] or "local_demo" in query["sql"] for query in queries)

    assert look_ups() == 1
    now += 0.99
    assert look_ups() == 0
    now += 0.01
    assert look_ups() == 1


def test_the_secret_is_printed_once(db: None, demo: None) -> None:
    output, errors = command("make", "--name", "the nightly import", "--read-only")
    access_key, secret = AccessKey.objects.values_list("access_key_id", "secret").get()
    assert output == f"export AWS_ACCESS_KEY_ID={access_key}\nexport AWS_SECRET_ACCESS_KEY={secret}\n"
    assert errors == "Keep the secret: it is not shown again.\n"
    key = keys.find(access_key)
    printed = [
        command("list")[0],
        command("revoke", access_key)[0],
        command("list")[0],
        command("revoke", access_key)[0],
    ]
    for text in [*printed, repr(AccessKey.objects.get()), str(AccessKey.objects.get()), repr(key)]:
        assert access_key in text
        assert secret not in text
        assert DEMO[1] not in text


def test_lists_all_keys(db: None) -> None:
    make("--name", "the nightly import", "--read-only", "--account", "123456789012")
    Demo.objects.create()
    read_only, _secret = AccessKey.objects.values_list("access_key_id", "secret").get()
    revoked = make()[0]
    command("revoke", revoked)
    heading, of_the_demo, first, second = command("list")[0].splitlines()
    assert heading.split() == ["ACCESS", "KEY", "ACCOUNT", "ACCESS", "MADE", "(UTC)", "STATE", "NAME"]
    assert of_the_demo.startswith("AKIALOCALDEMOEXAMPLE  000000000000  read-write  ")
    assert of_the_demo.endswith("  in use                    the demo's, of the settings")
    assert first.startswith(f"{read_only}  123456789012  read-only   ")
    assert first.endswith("  in use                    the nightly import")
    assert second.startswith(f"{revoked}  000000000000  read-write  ")
    assert re.search(r"  revoked \d{4}-\d\d-\d\d \d\d:\d\d$", second)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["make", "--account", "12"], "The account must be 12 digits; found 12."),
        (["make", "--account", "१२३४५६७८९०१२"], "The account must be 12 digits; found १२३४५६७८९०१२."),
        (["make", "--name", "a\nb"], "The name must be at most 128 characters on one line."),
        (["make", "--name", "x" * 129], "The name must be at most 128 characters on one line."),
        (["revoke", "AKIALOCALUNKNOWN2222"], "The local service has no key AKIALOCALUNKNOWN2222."),
        (
            ["revoke", "AKIALOCALDEMOEXAMPLE"],
            "The key AKIALOCALDEMOEXAMPLE is the demo's. It is accepted as long as there is a demo. CONSOLE_LOCAL_ACCESS_KEY_ID changes it.",
        ),
    ],
)
def test_says_what_it_cannot_do(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError) as error:
        command(*arguments)
    assert str(error.value) == sentence
    assert not AccessKey.objects.exists()


def hashed(request: Any, **_event: Any) -> None:
    request.headers["X-Amz-Content-SHA256"] = hashlib.sha256(request.body).hexdigest()


@pytest.mark.parametrize("token", [None, "a-session-token/+="])
@pytest.mark.parametrize("with_hash", [False, True])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_takes_every_way_in_which_botocore_signs(
    demo: None, token: str | None, with_hash: bool, ascii_only: bool
) -> None:
    events = over_http.client("personalize-events", *make(), token)
    sent: dict[str, Any] = {}
    if not ascii_only:
        events.meta.events.register("before-sign", in_utf8)
    if with_hash:
        events.meta.events.register("before-sign", hashed)
    events.meta.events.register_first("before-send", lambda request, **_event: sent.update(request.headers))
    events.put_users(datasetArn=LOYALTY, users=[USER])
    assert ("X-Amz-Security-Token" in sent, "X-Amz-Content-SHA256" in sent) == (token is not None, with_hash)
    stored = StoredRecord.objects.get()
    assert (stored.record_id, json.loads(stored.properties)["membershipType"]) == ("ü", "Grün 😀")


def in_utf8(request: Any, **_event: Any) -> None:
    """Write a body's characters as they are, as clients in other languages do; botocore itself escapes them."""
    request.data = json.dumps(json.loads(request.body), ensure_ascii=False).encode()
