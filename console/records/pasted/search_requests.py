"""Requests to Elasticsearch and OpenSearch, as Kibana's console has them: what they store, as JSON."""

import re
from urllib.parse import unquote

from console.records.json.nodes import quoted
from console.records.json.writing import json_text
from console.records.pasted.detected import Found
from console.records.pasted.json_texts import read_json_lines, read_json_text
from console.records.pasted.reader import found_without
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, Unwrapped
from console.records.schemas.schema import Schema

REQUEST = re.compile(r"^[ \t]*+(?P<method>POST|PUT|GET|DELETE|HEAD) +(?P<path>/?[^\s{}\"]+)[ \t]*+\r?$", re.MULTILINE)
OF_BULK = re.compile(r"/?(?:[^/?]+/)?_bulk(?:\?.*)?")
OF_DOCUMENT = re.compile(r"/?[^/?]+/(?:_doc|_create)(?:/(?P<id>[^/?]+))?(?:\?.*)?")
COMMENT = re.compile(r"^[ \t]*+(?:#|//)[^\n]*+$", re.MULTILINE)
MOST_REQUESTS = 100
LEFT_OUT = "Left out above the documents: {}."


def read_search_requests(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that requests to Elasticsearch store, or None; raise Refusal."""
    readers = (("JSON", read_json_text), ("JSON Lines", read_json_lines))
    return found_without(_without_requests(text), readers, schema, target)


def _without_requests(text: str) -> Unwrapped | None:
    """Return the documents of requests that store them, each with its id, or what a bulk request has."""
    begins = list(REQUEST.finditer(text)) if len(text) <= LONGEST_PROSE else []
    if not begins or len(begins) > MOST_REQUESTS or COMMENT.sub("", text[: begins[0].start()]).strip():
        return None
    ends = [*(each.start() for each in begins[1:]), len(text)]
    bodies = [COMMENT.sub("", text[each.end() : end]).strip() for each, end in zip(begins, ends, strict=True)]
    if len(begins) == 1 and OF_BULK.fullmatch(begins[0]["path"]):
        return Unwrapped(bodies[0], "from Kibana's console", (LEFT_OUT.format(quoted(begins[0][0].strip())),))
    documents = []
    for each, body in zip(begins, bodies, strict=True):
        match = OF_DOCUMENT.fullmatch(each["path"])
        if each["method"] not in ("POST", "PUT") or not match or not body.startswith("{"):
            return None
        own = f'"_id": {json_text(unquote(match["id"]))}, ' if match["id"] else ""
        documents.append(f'{{{own}"_source": {body}}}')
    return Unwrapped(f"[{', '.join(documents)}]", "of requests to Elasticsearch")
