"""Schemas of the tests, as texts."""

import json
from typing import Any


def text(name: str, type_: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": type_, **more}


def record(*fields: dict[str, Any], **attributes: Any) -> str:
    return json.dumps({"type": "record", "name": "Things", "fields": fields, **attributes})
