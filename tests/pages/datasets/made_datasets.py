"""The page Create dataset, as the tests of it fill it in and read it."""

import html
import re
from typing import Any

from django.test import Client

from tests.records.literal_schemas import avro

# A custom dataset group of the demo that has no Users dataset.
GROUP = "/local/dataset-groups/newsroom"
PAGE = f"{GROUP}/datasets/users/create-dataset/"
DATASET = f"{GROUP}/datasets/users/"
GROUP_ARN = "arn:aws:personalize:us-east-1:000000000000:dataset-group/newsroom"
DATASET_ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/newsroom/USERS"
SCHEMA_ARN = "arn:aws:personalize:us-east-1:000000000000:schema/readers"
HTMX = {"HX-Request": "true"}
AGE = {"name": "AGE", "type": "int"}
SCHEMA = avro(AGE)


def opened(client: Client, page: str = PAGE) -> str:
    """Return when the page says that it was opened."""
    match = re.search(r'name="opened" value="([^"]+)"', client.get(page).content.decode())
    assert match
    return match[1]


def fields(**changed: str) -> dict[str, str]:
    own = {"name": "our-readers", "source": "new", "schema_name": "readers", "schema_text": SCHEMA, "intent": "create"}
    return own | changed


def create(client: Client, page: str = PAGE, **changed: str) -> Any:
    return client.post(page, {"opened": opened(client, page), **fields(**changed)})


def shown_text(answer: Any) -> str:
    """Return the text of the editor, as a browser reads the page."""
    match = re.search(r'<textarea id="schema-text"[^>]*>\n(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    assert match
    return html.unescape(match[1])


def problems(answer: Any) -> list[str]:
    """Return the problems that a page or a part of one lists."""
    items = re.findall(r"<li>(<a class=\"place\".*?)</li>", answer.content.decode(), re.DOTALL)
    return [html.unescape(" ".join(re.sub(r"<[^>]+>", "", item).split())) for item in items]


def list_schemas(client: Client, **changed: str) -> Any:
    """Press "List schemas", or another button of that list."""
    return client.post(PAGE, {"opened": opened(client), **fields(intent="list"), **changed})


def focused(answer: Any) -> list[str]:
    """Return the tags that ask for the focus when a page opens; what stands in dialogs does not."""
    page = re.sub(r"<dialog.*?</dialog>", "", answer.content.decode(), flags=re.DOTALL)
    return re.findall(r"<(\w+)[^>]* autofocus\b", page)


def schema_choices(answer: Any) -> list[str]:
    """Return the names of the existing schemas to choose from."""
    return re.findall(r'<option value="arn:[^"]+"(?: selected)?>([^<]+)</option>', answer.content.decode())
