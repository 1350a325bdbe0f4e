"""What the tests of AWS's clients share: a local service alone, with an account for each client."""

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.clients.kinds import CLIENTS, variables_of
from tests.clients.walking import FILES
from tests.support.installed import LocalService, local_service_of_tree

# The account of all clients, beside that of each.
SHARED = "000000000000"
REGION = "us-east-1"
GROUP = f"arn:aws:personalize:{REGION}:{SHARED}:dataset-group/clients"
SHOP = f"arn:aws:personalize:{REGION}:{SHARED}:dataset/clients/USERS"
ACCOUNTS = {client.name: f"{number:012}" for number, client in enumerate(CLIENTS, start=1)}


@dataclass(frozen=True)
class Alone:
    """A `personalize-local` with a dataset SHOP."""

    service: LocalService

    @property
    def endpoint(self) -> str:
        """The address of its endpoint."""
        found: str = self.service.printed["endpoint_url"]
        return found

    def variables(self, account: str) -> dict[str, str]:
        """Return the environment variables of a client of an account."""
        return variables_of(self.service.printed["accounts"][account], REGION)

    def simulate(self, response: str) -> None:
        """Answer the next call of PutUsers, and no other, with a response."""
        self.stop_simulating()
        self._control("simulations", {"response": response, "operation": "PutUsers", "calls": 1})

    def stop_simulating(self) -> None:
        """Answer calls as they are to be answered."""
        self._control("simulations/clear", {})

    def users(self) -> list[dict[str, Any]]:
        """Return the records of SHOP."""
        lines = self._control(f"records?datasetArn={SHOP}").splitlines()
        return [json.loads(line) for line in lines]

    def _control(self, path: str, members: dict[str, Any] | None = None) -> str:
        token = self.service.printed["environment"]["PERSONALIZE_LOCAL_TOKEN"]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        body = None if members is None else json.dumps(members).encode()
        request = urllib.request.Request(f"{self.endpoint}/_local/{path}", body, headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: str = answer.read().decode()
            return found

    def put_files(self, account: str) -> None:
        """Put the files of the walk's jobs where an account's S3 is."""
        folder = Path(self.service.printed["s3_directory"]) / "walk" / account
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in FILES.items():
            (folder / name).write_text(text)


@pytest.fixture(scope="session")
def alone() -> Iterator[Alone]:
    """A local service alone, in memory."""
    with local_service_of_tree("--memory", *(f"--account={account}" for account in ACCOUNTS.values())) as service:
        _make_shop(service)
        yield Alone(service)


def _make_shop(service: LocalService) -> None:
    personalize = service.control(SHARED)
    group = personalize.create_dataset_group(name="clients")["datasetGroupArn"]
    fields = [{"name": "USER_ID", "type": "string"}, {"name": "AGE", "type": "int"}]
    schema = personalize.create_schema(
        name="clients", schema=json.dumps({"type": "record", "name": "Users", "fields": fields, "version": "1.0"})
    )["schemaArn"]
    made = personalize.create_dataset(name="clients", schemaArn=schema, datasetGroupArn=group, datasetType="Users")
    assert made["datasetArn"] == SHOP
