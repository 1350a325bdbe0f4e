"""The table of clients in docs/local-service.md, and the steps that they take, say what there is."""

import pytest

from console.local.operations import OPERATIONS
from tests.clients.kinds import CLIENTS, Client
from tests.clients.table import DOCUMENT, read_outcomes, with_table
from tests.clients.walking import steps

RUN = "Run make test-clients, which writes the table."


def test_the_document_has_the_outcomes_of_the_tests() -> None:
    text = DOCUMENT.read_text()
    assert text == with_table(text, read_outcomes()), RUN


def test_every_client_has_a_row() -> None:
    assert list(read_outcomes()) == [client.name for client in CLIENTS], RUN


def test_a_row_counts_all_operations_that_are_served() -> None:
    counts = {name: each["operations"] + len(each["lacks"]) for name, each in read_outcomes().items()}
    assert counts == dict.fromkeys(counts, len(OPERATIONS)), RUN


@pytest.mark.parametrize("client", [each for each in CLIENTS if each.pinned], ids=lambda each: each.name)
def test_a_row_has_the_version_that_is_pinned(client: Client) -> None:
    assert client.pinned is not None
    assert read_outcomes()[client.name]["pinned"] == client.pinned(), RUN


def test_the_steps_call_every_operation_that_is_served() -> None:
    assert {step["operation"] for step in steps("000000000000") if "error" not in step} == set(OPERATIONS)
