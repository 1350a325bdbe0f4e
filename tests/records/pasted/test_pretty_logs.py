"""Logs as pino-pretty 13 prints them."""

import pytest

from console.records.pasted.pretty_logs import read_pretty_log
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import read, values

SCHEMA = users_schema(AGE=["null", "int"], CITY="string")
BERN = '    userId: "u-1"\n    age: 34\n    city: "Bern"\n'
NESTED = '    user: {\n      "userId": "u-2",\n      "age": null,\n      "city": "Oslo"\n    }\n'


@pytest.mark.parametrize(
    ("text", "users"),
    [
        (f"[10:00:00.123] INFO (812): upsert\n{BERN}", [("u-1", 34, "Bern")]),
        (f"INFO: upsert\n{BERN}", [("u-1", 34, "Bern")]),
        (f"[10:00:00.123] INFO (812): upsert\n{NESTED}", [("u-2", None, "Oslo")]),
        (
            f"[10:00:00.123] INFO (812): started\n[10:00:01.123] INFO (812): upsert\n{BERN}"
            f"[10:00:02.123] INFO (812): upsert\n{BERN.replace('u-1', 'u-3')}",
            [("u-1", 34, "Bern"), ("u-3", 34, "Bern")],
        ),
    ],
)
def test_the_values_of_entries_are_read(text: str, users: list[tuple[str, int | None, str]]) -> None:
    assert values(text, SCHEMA) == users


def test_what_stands_before_them_is_said() -> None:
    detected = read(f"[10:00:00.123] INFO (812): upsert\n{BERN}", SCHEMA)
    assert detected.changes[0] == (
        "What stands before each line is left out: “[10:00:00.123] INFO (812): upsert” and so on."
    )
    assert detected.words == "1 user, in the entries of a log"


@pytest.mark.parametrize(
    "text",
    [
        f"upsert\n{BERN}",
        "INFO: upsert\n",
        "INFO: upsert\nand more\n",
        "INFO: upsert\n    and more\n",
        "INFO: upsert\n    userId: 'u-1'\n",
        "INFO: upsert\n" * 5001,
    ],
)
def test_other_logs_are_left_alone(text: str) -> None:
    assert read_pretty_log(SCHEMA, "", text) is None
