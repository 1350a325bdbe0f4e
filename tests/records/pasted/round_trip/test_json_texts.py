"""JSON and what is written around it: records come back from what writers make of them."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import NAMES, OF_EACH, Values, Writer, any_texts, came_back, objects, rows


def lines(values: Values) -> list[str]:
    return [json.dumps(each) for each in objects(values)]


def dynamodb(values: Values) -> str:
    def typed(value: Any) -> dict[str, Any]:
        if value is None:
            return {"NULL": True}
        if isinstance(value, bool):
            return {"BOOL": value}
        return {"S": value} if isinstance(value, str) else {"N": json.dumps(value)}

    items = [{name: typed(value) for name, value in record.items()} for record in objects(values)]
    return json.dumps({"Items": items, "Count": len(items)})


def extended_json(values: Values) -> str:
    def typed(value: Any) -> Any:
        if isinstance(value, bool) or value is None or isinstance(value, str):
            return value
        return {"$numberInt" if isinstance(value, int) else "$numberDouble": str(value)}

    records = ({"_id": {"$oid": "0" * 24}, **record} for record in objects(values))
    return json.dumps([{name: typed(value) for name, value in record.items()} for record in records])


def bulk(values: Values) -> str:
    actions = (json.dumps({"index": {"_index": "users", "_id": str(number)}}) for number in range(len(values)))
    return "\n".join(line for pair in zip(actions, lines(values), strict=True) for line in pair)


def config_map(values: Values) -> str:
    return "kind: ConfigMap\ndata:\n  users.jsonl: |\n" + "".join(f"    {line}\n" for line in lines(values))


FORMATS: dict[str, Writer] = {
    "JSON": lambda values: json.dumps(objects(values), indent=2),
    "JSON Lines": lambda values: "\n".join(json.dumps(each, ensure_ascii=False) for each in objects(values)),
    "DynamoDB": dynamodb,
    "extended JSON": extended_json,
    "columns": lambda values: json.dumps(dict(zip(NAMES, map(list, zip(*values, strict=True)), strict=True))),
    "a text": lambda values: json.dumps(json.dumps(objects(values))),
    "a code fence": lambda values: f"```json\n{json.dumps(objects(values), indent=1)}\n```",
    "Elasticsearch's bulk": bulk,
    "a stream of events": lambda values: "".join(f"event: user\ndata: {line}\n\n" for line in lines(values)),
    "numbered lines": lambda values: "\n".join(f"{n:6}\t{line}" for n, line in enumerate(lines(values), 1)),
    "a log": lambda values: "\n".join(
        f"2026-11-30T10:00:0{n}Z INFO user {line}" for n, line in enumerate(lines(values))
    ),
    "a quotation": lambda values: "\n".join(f"> {line}" for line in lines(values)),
    "a ConfigMap": config_map,
    "colours": lambda values: "\n".join(f"\x1b[32m{line}\x1b[0m" for line in lines(values)),
    "Kibana's requests": lambda values: "\n\n".join(f"POST users/_doc\n{line}" for line in lines(values)),
    "a diff": lambda values: "".join(f"+{line}\n" for line in ("++ b/users.jsonl", *lines(values))),
    "a session": lambda values: "\n".join(("$ cat users.jsonl", *lines(values), "$ ")),
    "prose": lambda values: f"Hello,\n\nplease create these:\n\n{json.dumps(objects(values))}\n\nBest, Ann\n",
    "JSON that is cut": lambda values: json.dumps([*objects(values), {"USER_ID": "cut", "AGE": 34}])[:-9],
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values
