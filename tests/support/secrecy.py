"""What no log, no error page and no address may hold: looked for in all that a run of tests makes.

What is secret is learned where it comes into being: from the settings, the requests and the cookies of the answers, and
for consoles in processes of their own from their variables and their databases. So a test needs nothing for it: each
password, token or property that it sends is looked for in what is logged then, and in the answer.
"""

import gzip
import logging
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test.signals import template_rendered

from console.output.logs import JsonFormatter, LineFormatter
from console.records.entities import ENTITIES
from tests.support.served import ROOT

# A shorter value is a word that pages and logs have of themselves.
SHORTEST, FEWEST_CHARACTERS = 8, 4
# The demo's people have their names as their passwords, and its keys are no secret.
KNOWN_TO_ALL = ("viewer", "operator", "administrator", "local-demo-secret-key")
SECRET, PROPERTY = "secret", "property"
PASSWORDS = ("password", "old_password", "new_password1", "new_password2", "password1", "password2")
OF_PROVIDER = {"code": "code of an OpenID provider", "state": "state of a sign-in"}
# What providers and sign-in make has no spaces and no other signs (RFC 6749, appendix A).
IS_OPAQUE = re.compile(r"[\w.~+/=-]{8,}", re.ASCII)
COOKIES = {"sessionid": "session", "csrftoken": "CSRF secret"}
SETTINGS = ("SECRET_KEY", "CONSOLE_METRICS_TOKEN", "CONSOLE_OIDC_CLIENT_SECRET", "CONSOLE_LOCAL_SECRET_ACCESS_KEY")
# A value of a property in text that may be broken, with its name; an id of a record is none, and stands in addresses.
VALUE = re.compile(r'"(\w+)\\?"\s*:\s*(?:\\?"((?:[^"\\]){8,200})|(-?[\d.]{8,40}))')
RECORD_ID = re.compile(r"(?:user|item|action)_?id", re.IGNORECASE)
# The templates of pages that say why there is no other, and of nothing that somebody typed.
ERROR_TEMPLATES = ("frame/error_page.html", "500.html", "frame/call_failed.html")
LEADING = ("Location", "HX-Push-Url", "HX-Replace-Url", "HX-Redirect", "HX-Location")
# A part of a form, which is read here without a parser of forms.
PART = re.compile(r'name="([\w-]+)"\r\n\r\n(.*?)\r\n--', re.DOTALL)
# What sessions, CSRF secrets and tokens, and what a header has for one, look like.
IS_KEY = re.compile(r"[A-Za-z0-9]{32}|[A-Za-z0-9]{64}")
IS_CREDENTIAL = re.compile(r"[\w.~+/=-]{16,}", re.ASCII)
# Where a provider sends people back to, with a code and a state in the address.
ANSWER = "/sign-in/provider/answer/"
LONGEST_BODY = 2 * 1024 * 1024
HREF = re.compile(r'\b(?:href|action|src|hx-get|hx-post)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is to be nowhere: its kind, and what it is in words."""

    kind: str
    what: str
    text: str


def is_telling(text: str) -> bool:
    """Return whether a text that is found somewhere was not there by itself: the pages have examples and words."""
    is_long = len(text.strip()) >= SHORTEST and len(set(text)) >= FEWEST_CHARACTERS
    return is_long and text not in KNOWN_TO_ALL and not _is_of_pages(text)


# The same sessions, tokens and settings are looked for in thousands of answers.
@lru_cache(maxsize=1000)
def _is_of_pages(text: str) -> bool:
    return text in _words_of_pages()


@cache
def _words_of_pages() -> str:
    # Help has the examples of each type of dataset.
    examples = (entity.example[1] for entity in ENTITIES.values())
    return "\n".join([*examples, *(each.read_text() for each in sorted((ROOT / "templates").rglob("*.html")))])


@dataclass(slots=True)
class Secrecy:
    """What is known to be secret now, and where it was found all the same, as sentences without the value."""

    findings: list[str] = field(default_factory=list)
    # Those of the latest requests; the pages of one may show what another one has sent.
    recent: deque[Value] = field(default_factory=lambda: deque(maxlen=300))

    def learn(self, kind: str, what: str, text: str) -> None:
        """Look for a value from now on, if it can be told from what pages have of themselves."""
        value = Value(kind, what, text)
        if is_telling(text) and value not in self.recent:
            self.recent.append(value)

    def search(self, place: str, text: str, *kinds: str, asked: str = "") -> None:
        """Look for all that is known, or for these kinds of it alone, in a text.

        What somebody has `asked` for in an address of their own may be in the one that they are led to.
        """
        for value in (*of_settings(), *self.recent):
            if (not kinds or value.kind in kinds) and value.text in text and value.text not in asked:
                self.find(place, value)

    def find(self, place: str, value: Value) -> None:
        """Keep that a value was found."""
        sentence = f"{place} holds a {value.kind}: {value.what}."
        if sentence not in self.findings:
            self.findings.append(sentence)


def of_settings() -> list[Value]:
    """Return the secrets of the settings as they are now."""
    named = [(name, str(getattr(settings, name, ""))) for name in SETTINGS]
    named.append(("the database's password", str(settings.DATABASES["default"].get("PASSWORD") or "")))
    return [Value(SECRET, what, text) for what, text in named if is_telling(text)]


class SearchedLog(logging.Handler):
    """Looks into each line that is logged, as production writes it and as a demo does."""

    def __init__(self, secrecy: Secrecy) -> None:
        super().__init__()
        self.secrecy = secrecy
        self.formatters = (JsonFormatter(), LineFormatter("{asctime} {levelname} {name}: {message}", style="{"))

    def emit(self, record: logging.LogRecord) -> None:
        """Look for all that is known."""
        for formatter in self.formatters:
            self.secrecy.search(f"The log {record.name}", formatter.format(record))


# What is looked for in this process.
OF_THIS_RUN = Secrecy()


def search_answers(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Make the middleware of the tests' settings that learns what requests bring, and looks into their answers."""

    def middleware(request: HttpRequest) -> Any:
        for value in of_request(request):
            OF_THIS_RUN.learn(value.kind, value.what, value.text)
        rendered: list[str] = []

        def note(template: Any, **_more: Any) -> None:
            rendered.append(template.name or "")

        template_rendered.connect(note)
        try:
            response = get_response(request)
        finally:
            template_rendered.disconnect(note)
        look_into(OF_THIS_RUN, request, response, rendered)
        return response

    return middleware


def of_request(request: HttpRequest) -> Iterator[Value]:
    """Give what a request brings that is nobody else's affair; what cannot be read brings nothing."""
    for name, text in request.COOKIES.items():
        if name in COOKIES and IS_KEY.fullmatch(text):
            yield Value(SECRET, COOKIES[name], text)
    credential = request.headers.get("Authorization", "").partition(" ")[2]
    if IS_CREDENTIAL.fullmatch(credential):
        yield Value(SECRET, "header Authorization", credential)
    length = request.headers.get("content-length") or "0"
    longest = min(LONGEST_BODY, settings.DATA_UPLOAD_MAX_MEMORY_SIZE or LONGEST_BODY)
    if request.method == "POST" and str(length).isdigit() and int(length) <= longest:
        # Django's own reading of a form would find it read, and perhaps broken, already.
        body = request.body.decode(errors="replace")
        for name, text in PART.findall(body) or parse_qsl(body, keep_blank_values=True):
            yield from of_field(name, text)
    if request.path == ANSWER:
        for name, text in parse_qsl(request.META.get("QUERY_STRING", "")):
            if name in OF_PROVIDER and IS_OPAQUE.fullmatch(text):
                yield Value(SECRET, OF_PROVIDER[name], text)


def of_field(name: str, text: str) -> Iterator[Value]:
    """Give what a field of a form, or of an address, brings."""
    if name in PASSWORDS and re.search(r"[a-z]", text) and re.search(r"\d", text):
        yield Value(SECRET, "password", text)
    elif name == "csrfmiddlewaretoken" and IS_KEY.fullmatch(text):
        yield Value(SECRET, "CSRF token", text)
    elif name.startswith("value-") and not RECORD_ID.search(name):
        yield Value(PROPERTY, "value of a field", text)
    elif name == "record_input":
        for own_name, words, number in VALUE.findall(text):
            if not RECORD_ID.fullmatch(own_name):
                yield Value(PROPERTY, "value of a record", words or number)


def look_into(secrecy: Secrecy, request: HttpRequest, response: Any, rendered: list[str]) -> None:
    """Look for what is known in an answer: for properties where it is an error, in addresses, or in metrics."""
    place = (
        f"The answer {response.status_code} of {request.resolver_match.view_name if request.resolver_match else '?'}"
    )
    asked = unquote_plus(request.META.get("QUERY_STRING", ""))
    for morsel in response.cookies.values():
        if morsel.key in COOKIES:
            secrecy.learn(SECRET, COOKIES[morsel.key], morsel.value)
    for name in LEADING:
        if name in response.headers and _is_own(response[name]):
            secrecy.search(f"{place}, in {name},", unquote(response[name]), asked=asked)
    if not isinstance(response, HttpResponse):
        return
    is_compressed = response.get("Content-Encoding") == "gzip"
    text = (gzip.decompress(response.content) if is_compressed else response.content).decode(errors="replace")
    # A form carries its own CSRF token, masked anew, and what somebody goes on to.
    secrecy.search(place, text, SECRET, asked=asked)
    is_error = response.status_code >= 400 and (not rendered or rendered[0] in ERROR_TEMPLATES)
    if is_error or request.path == "/metrics":
        secrecy.search(place, text, PROPERTY)
    # None of them goes on in the next one.
    addresses = "\0".join(unquote(address) for address in HREF.findall(text) if "?" in address)
    secrecy.search(f"{place}, in an address,", addresses, PROPERTY, asked=asked)


def _is_own(address: str) -> bool:
    # A provider is told the state of a sign-in.
    return not urlsplit(address).netloc
