"""What must hold for every answer of a page, whatever was asked."""

import gzip
import re
from urllib.parse import urljoin, urlsplit

from tests.fuzz.bodies import BOUNDARY
from tests.fuzz.cases import Answer
from tests.fuzz.hostile import ELSEWHERE, MARK, as_bytes
from tests.fuzz.markup import Element, elements_of

HTML_HEADERS = (
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-Request-ID",
)
# Headers that send a browser somewhere.
LEADING = ("Location", "HX-Location", "HX-Push-Url", "HX-Redirect", "HX-Replace-Url")
ADDRESS_ATTRIBUTES = (
    "href",
    "src",
    "action",
    "formaction",
    "hx-get",
    "hx-post",
    "poster",
    "srcset",
    "data",
    "xlink:href",
)
NEVER = ("base", "embed", "iframe", "object", "style", MARK)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The fields that hold a whole text.
KEPT = ("record_input", "schema_text")
# What a browser drops from an address before it reads it.
DROPPED = re.compile(r"[\x00-\x20]+")
SENTENCE = re.compile(r"[A-Z][^.?!]*\s[^.?!]*[.?!]")


def check(answer: Answer) -> None:
    """Fail if an answer is a defect, or holds what somebody put into it to be run."""
    text = text_of(answer)
    assert answer.status < 500, (answer.status, text)
    assert "Traceback (most recent" not in text
    check_headers(answer)
    if answer.header("Content-Type").startswith("text/html"):
        assert not [name for name in HTML_HEADERS if not answer.header(name)], answer.headers
        assert "script-src 'self';" in answer.header("Content-Security-Policy")
        check_markup(text)
    if answer.status >= 400 and answer.request.method != "HEAD":
        check_words(answer, text)


def text_of(answer: Answer) -> str:
    """Return the text of an answer, which may be compressed; a workbook has none, and a Content-Type that says so."""
    if answer.header("Content-Type") == WORKBOOK:
        return ""
    is_compressed = answer.body and answer.header("Content-Encoding") == "gzip"
    return (gzip.decompress(answer.body) if is_compressed else answer.body).decode()


def check_kept(answer: Answer) -> None:
    """Fail if a form that was refused lost what was typed into its text, or changed it."""
    typed = dict(answer.request.typed)
    name = next((name for name in KEPT if name in typed), "")
    is_shown = (
        answer.status == 422 and typed.get("view", "json") != "form" and typed.get("intent") in ("create", "validate")
    )
    if not name or not is_shown or f"--{BOUNDARY}" in typed[name]:
        return
    expected = as_bytes(typed[name]).decode(errors="replace")
    shown = [each.text for each in elements_of(text_of(answer)) if each.attributes.get("name") == name]
    if not shown and ("HTTP_HX_REQUEST", "true") in answer.request.headers:
        # The editor that is open stays as it is.
        return
    # HTML drops the line break after the tag, and a schema's line breaks are those of the editor.
    texts = [each.removeprefix("\n") for each in shown]
    assert expected in texts or expected.replace("\r\n", "\n").replace("\r", "\n") in texts, (expected, shown)


def check_headers(answer: Answer) -> None:
    """Fail if a header holds the end of a line, is none of its own, or leads to another site."""
    for name, value in answer.headers:
        assert not re.search(r"[\r\n\0]", f"{name}{value}"), (name, value)
        # As WSGI has them: each character is a byte.
        assert f"{name}{value}".encode("latin-1")
        assert MARK not in name.lower()
        if name in LEADING:
            _check_own_address(value)


def _check_own_address(address: str) -> None:
    # Browsers take a backslash for a slash.
    parts = urlsplit(DROPPED.sub("", address).replace("\\", "/"))
    assert parts.scheme in ("", "http", "https"), address
    assert parts.netloc in ("", "testserver"), address


def check_markup(html: str) -> None:
    """Fail if a page has an element, an attribute or an address that somebody put into it."""
    # This alone does not depend on how anybody reads the page.
    assert f"<{MARK}" not in html.lower()
    assert "<script>" not in html
    for element in elements_of(html):
        _check_element(element)


def _check_element(element: Element) -> None:
    assert element.tag not in NEVER, element
    if element.tag == "script":
        # Django's own administration has the words of its scripts in one more.
        assert element.attributes.get("src", "").startswith(("/static/", "static/", "/admin/jsi18n/")), element
        assert not element.text.strip(), element
    for name, value in element.attributes.items():
        assert not name.startswith("on"), element
        assert name != "style", element
        assert MARK not in name, element
        if name in ADDRESS_ATTRIBUTES:
            _check_link(DROPPED.sub("", value).replace("\\", "/").lower(), element)


def _check_link(address: str, element: Element) -> None:
    assert not address.startswith(("javascript:", "vbscript:")), element
    assert not address.startswith("data:") or element.tag == "img", element
    assert ELSEWHERE not in urlsplit(urljoin("http://testserver/local/", address)).netloc, element


def check_words(answer: Answer, text: str) -> None:
    """Fail if an answer that refuses does not say so in a sentence."""
    if answer.header("Content-Type").startswith("text/html"):
        assert any(_says(each) for each in elements_of(text)), (answer.status, text)
    else:
        assert SENTENCE.search(text), (answer.status, text)


def _says(element: Element) -> bool:
    """Return whether an element has a sentence where a page says what is wrong, and is shown."""
    around = [each.attributes for each in (*element.around, element)]
    is_hidden = any("hidden" in each for each in around)
    is_said = any(
        each.get("role") in ("alert", "status") or {"field-error", "sentence"} & set(each.get("class", "").split())
        for each in around
    )
    return is_said and not is_hidden and bool(SENTENCE.search(element.text))
