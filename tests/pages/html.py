"""What a person reads on a page."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any


def text_of(answer: Any) -> str:
    """Return the text of an answer's page, without markup and with single spaces."""
    return _text(answer.content.decode())


def _text(html: str) -> str:
    # These stand within a line, and take no space.
    within = re.sub(r"</?(?:bdi|time|wbr)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", within)).split())


def rows_of(answer: Any) -> list[list[str]]:
    """Return the cells of the first table's body, as text; without those that only select a row."""
    return tables_of(answer)[0]


def tables_of(answer: Any) -> list[list[list[str]]]:
    """Return the cells of each table's body, as `rows_of` does."""
    bodies = re.findall(r"<tbody[^>]*>(.*?)</tbody>", answer.content.decode(), re.DOTALL)
    assert bodies
    return [
        [
            [_text(cell) for cell in re.findall(r'<td(?! class="selection")[^>]*>(.*?)</td>', row, re.DOTALL)]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
        ]
        for body in bodies
    ]


class _Fields(HTMLParser):
    """The fields of the form `create-records`, as a browser without scripts would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._text: str | None = None
        self._select: str | None = None
        self._option: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        name = given.get("name")
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            # A control of one line has no line breaks; a hidden field keeps them.
            value = given.get("value", "")
            self.fields[name] = value if given.get("type") == "hidden" else re.sub(r"[\r\n]", "", value)
        elif tag == "textarea":
            self._text = name
            self.fields.update({name: ""} if name else {})
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._option = self._select if "selected" in given or self._select not in self.fields else None
            self.fields.update({self._option: given.get("value", "")} if self._option else {})
            self._option = self._option if "value" not in given else None

    def handle_endtag(self, tag: str) -> None:
        self._text = None if tag == "textarea" else self._text
        self._select = None if tag == "select" else self._select
        self._option = None if tag == "option" else self._option

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text] += data
        if self._option:
            # An option without a value has its text, without spaces around it and with single ones inside.
            self.fields[self._option] = " ".join(f"{self.fields[self._option]} {data}".split())


def fields_of(answer: Any) -> dict[str, str]:
    """Return the fields of Create user record(s) with their values; line breaks are CRLF, as browsers send them."""
    html = answer.content.decode()
    parser = _Fields()
    parser.feed(html[html.index('<form id="create-records"') :].partition("</form>")[0])
    # HTML drops the line break after the tag of a text area.
    return {name: re.sub(r"\r\n|\r|\n", "\r\n", value.removeprefix("\n")) for name, value in parser.fields.items()}
