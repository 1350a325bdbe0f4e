"""The local service as a test has it: an account of its own, which has nothing yet."""

import json
import os
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_personalize_local.services import Service

JSON_LINES = "application/jsonl"
# Of variables that lead AWS's clients elsewhere; None is for those that must not be set.
LEADING_ELSEWHERE = (
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
)
PROXIES = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
EXCEPTIONS = ("NO_PROXY", "no_proxy")
HOST = "127.0.0.1"
# What the developer guide requires of each type of dataset in a Custom dataset group.
REQUIRED: Mapping[str, Mapping[str, str]] = {
    "Users": {"USER_ID": "string"},
    "Items": {"ITEM_ID": "string"},
    "Interactions": {"USER_ID": "string", "ITEM_ID": "string", "TIMESTAMP": "long"},
    "Actions": {"ACTION_ID": "string"},
    "Action_Interactions": {
        "USER_ID": "string",
        "ACTION_ID": "string",
        "EVENT_TYPE": "string",
        "TIMESTAMP": "long",
    },
}


class Local:
    """An account of a running service: its clients, and what AWS has no call for."""

    def __init__(self, service: Service) -> None:
        """Make an account that has nothing yet."""
        self._service = service
        key = service.tell("keys")
        self.account: str = key["account"]
        self._key: Mapping[str, str] = key

    @property
    def endpoint_url(self) -> str:
        """The address of all its APIs."""
        return self._service.endpoint_url

    @property
    def region(self) -> str:
        """The region in its environment variables; clients may use any."""
        return self._service.environment["AWS_REGION"]

    @property
    def environment(self) -> dict[str, str | None]:
        """The environment variables that lead AWS's clients here, and with None those that lead elsewhere."""
        own = {
            **self._service.environment,
            "AWS_ACCESS_KEY_ID": self._key["accessKeyId"],
            "AWS_SECRET_ACCESS_KEY": self._key["secretAccessKey"],
        }
        exceptions = dict(_without_proxy()) if any(name in os.environ for name in PROXIES) else {}
        return {**dict.fromkeys(LEADING_ELSEWHERE), **own, **exceptions}

    def boto3_client(self, name: str, **options: Any) -> Any:
        """Return a boto3 client of an API, such as personalize-events; `options` are those of boto3's `client`."""
        import boto3

        own = {
            "endpoint_url": self.endpoint_url,
            "region_name": self.region,
            "aws_access_key_id": self._key["accessKeyId"],
            "aws_secret_access_key": self._key["secretAccessKey"],
        }
        # Each API is a name of its own to the type checker.
        client: Any = boto3.session.Session().client
        return client(name, **own | options)

    def create_dataset(self, dataset_type: str = "Users", **fields: Any) -> str:
        """Return the ARN of a new dataset in a new dataset group, with the fields that its type needs and others.

        A field has an Avro type, such as "int" or ["null", "string"], or a dict with its other attributes too, such as
        {"type": "string", "categorical": True}.
        """
        control, name = self.boto3_client("personalize"), f"test-{uuid.uuid4().hex}"
        columns = {**REQUIRED[dataset_type], **fields}
        schema = {
            "type": "record",
            "name": dataset_type.replace("_", ""),
            "namespace": "com.amazonaws.personalize.schema",
            "fields": [{"name": each, **_attributes(columns[each])} for each in columns],
            "version": "1.0",
        }
        group = control.create_dataset_group(name=name)["datasetGroupArn"]
        schema_arn = control.create_schema(name=name, schema=json.dumps(schema))["schemaArn"]
        created = control.create_dataset(
            name=name, datasetGroupArn=group, datasetType=dataset_type, schemaArn=schema_arn
        )
        arn: str = created["datasetArn"]
        return arn

    def records(self, dataset_arn: str) -> list[dict[str, Any]]:
        """Return the records of a dataset as they are stored: users, items and actions have `properties` as a dict.

        They come in the order of their IDs; interactions in that in which they were stored.
        """
        # JSON's own strings may have characters that Python takes for the end of a line.
        lines = self._service.ask("records", datasetArn=dataset_arn).split(b"\n")
        return [json.loads(line) for line in lines if line]

    def users(self, dataset_arn: str) -> dict[str, dict[str, Any]]:
        """Return the properties of a dataset's users, by their IDs."""
        return {each["userId"]: each["properties"] for each in self.records(dataset_arn)}

    def simulate(
        self,
        response: str,
        *,
        operation: str | None = None,
        calls: int | None = None,
        seconds: float = 0.0,
        dataset_group_arn: str | None = None,
    ) -> None:
        """Answer the next calls of this account with a response of AWS, after those that were asked for before.

        `response` is an error such as "ThrottlingException", "dropped" for a closed connection, or "normal" with a
        delay of some seconds. It is for so many calls, or all; of an operation, or all that put records; for a dataset
        group, or all.
        """
        self._service.tell(
            "simulations",
            response=response,
            operation=operation,
            calls=calls,
            seconds=seconds,
            datasetGroupArn=dataset_group_arn,
            account=self.account,
        )

    def stop_simulating(self) -> None:
        """Answer the calls of this account as they are again."""
        self._service.tell("simulations/clear", account=self.account)

    def calls(self) -> list[dict[str, Any]]:
        """Return the last calls of this account: time, operation, status, errorCode and requestId."""
        content: dict[str, list[dict[str, Any]]] = json.loads(self._service.ask("calls", account=self.account))
        return content["calls"]

    def save_state(self) -> bytes:
        """Return what is stored for this account, for `load_state` of any test."""
        return self._service.ask("state", account=self.account)

    def load_state(self, state: bytes) -> None:
        """Replace what is stored for this account by the state of one; ARNs become those of this account."""
        self._service.send(f"state?account={self.account}", state, JSON_LINES)

    def reset(self) -> None:
        """Remove what is stored and simulated for this account."""
        self._service.tell("reset", account=self.account)


def _attributes(field: Any) -> dict[str, Any]:
    return field if isinstance(field, dict) else {"type": field}


def _without_proxy() -> Iterator[tuple[str, str]]:
    for name in EXCEPTIONS:
        before = os.environ.get(name)
        yield name, f"{before},{HOST}" if before else HOST
