"""What a page of HTML is made of, for those who fill in its forms and for those who look for what was put into it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# What has neither contents nor an end.
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


@dataclass(slots=True)
class Element:
    """An element: its tag, its attributes, and the text directly in it."""

    tag: str
    attributes: dict[str, str]
    # Those that it is in, from the outermost one on.
    around: tuple["Element", ...] = ()
    text: str = ""


@dataclass(slots=True)
class Form:
    """A form: how it is sent, and for each name the values that its fields, choices and buttons may have."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, list[str]] = field(default_factory=dict)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text += data


def elements_of(html: str) -> list[Element]:
    """Return all elements of a page, in their order."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.elements


def forms_of(html: str) -> list[Form]:
    """Return the forms of a page, filled in as it is."""
    found: dict[str, Form] = {}
    current = select = ""
    for position, element in enumerate(elements_of(html)):
        given = element.attributes
        if element.tag == "form":
            current = given.get("id") or str(position)
            found[current] = Form(given.get("action", ""), given.get("method", "get").upper())
        select = given.get("name", "") if element.tag == "select" else select
        form = found.get(given.get("form", current))
        name = select if element.tag == "option" else given.get("name", "")
        if form is None or not name:
            continue
        if element.tag == "button":
            form.buttons.setdefault(name, []).append(given.get("value", ""))
        elif element.tag in ("input", "option", "textarea"):
            # HTML drops the line break after the tag of a text area.
            form.fields.setdefault(name, []).append(given.get("value", element.text.removeprefix("\n")))
    return list(found.values())
