"""Requests to Elasticsearch as Kibana's console has them, after Elasticsearch 8's documents."""

import pytest

from console.records.pasted.search_requests import read_search_requests
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import read, values

SCHEMA = users_schema(AGE=["null", "int"], CITY="string")
BERN, OSLO = '{"age": 34, "city": "Bern"}', '{\n  "age": null,\n  "city": "Oslo"\n}'
BULK = f'{{"index":{{"_index":"users","_id":"u-1"}}}}\n{BERN}\n'


@pytest.mark.parametrize(
    ("text", "users"),
    [
        (f"POST users/_doc/u-1\n{BERN}\n", [("u-1", 34, "Bern")]),
        (
            f"# Two users\nPUT /users/_doc/u-1\n{BERN}\n\nPUT /users/_create/u%2F2?refresh\n{OSLO}",
            [("u-1", 34, "Bern"), ("u/2", None, "Oslo")],
        ),
        ('POST users/_doc\n{"user_id": "u-1", "age": 34, "city": "Bern"}', [("u-1", 34, "Bern")]),
        (f"POST _bulk\n{BULK}", [("u-1", 34, "Bern")]),
        (f"POST /users/_bulk?refresh=true\n{BULK}", [("u-1", 34, "Bern")]),
    ],
)
def test_what_requests_store_is_read(text: str, users: list[tuple[str, int | None, str]]) -> None:
    assert values(text, SCHEMA) == users


def test_what_is_left_out_is_said() -> None:
    detected = read(f"POST _bulk\n{BULK}", SCHEMA)
    assert detected.words == "1 document of a bulk request, from Kibana's console"
    assert detected.changes[0] == "Left out above the documents: “POST _bulk”."


@pytest.mark.parametrize(
    "text",
    [
        f"GET users/_doc/u-1\n{BERN}",
        f"POST users/_search\n{BERN}",
        f"POST users/_doc/u-1\n{BERN}\nDELETE users/_doc/u-2\n",
        "POST users/_doc/u-1\nage: 34\n",
        f"Please run\nPOST users/_doc/u-1\n{BERN}",
        f"POST users/_doc/u-1\n{BERN}\n" * 101,
        BERN,
    ],
)
def test_other_requests_are_none_of_these(text: str) -> None:
    assert read_search_requests(SCHEMA, "", text) is None
