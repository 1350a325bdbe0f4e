"""Requests: half of them good but for one thing, and half of them bad in any way."""

import io
from dataclasses import dataclass
from typing import Any

from django.test import RequestFactory
from hypothesis import strategies as st

from console.config.wsgi import application
from tests.fuzz.bodies import FORM, MULTIPART, Pairs, bodies, multipart, queries, urlencoded
from tests.fuzz.headers import COOKIES, HEADERS, header_values
from tests.fuzz.hostile import as_bytes, hurt, texts
from tests.fuzz.site import TOKEN, Page, good_values
from tests.local.wsgi import connections_kept

METHODS = ("POST", "POST", "POST", "GET", "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")

# What scripts send instead of the field.
CSRF = ("HTTP_X_CSRFTOKEN", TOKEN)


@dataclass(frozen=True, slots=True)
class Case:
    """A request as it reaches the console."""

    person: str
    method: str
    path: str
    query: str = ""
    content_type: str = ""
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    cookies: str = ""
    stated_length: str | None = None
    # What was typed into fields, where the body is a whole form.
    typed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the server gets it."""

    request: Case
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Return a header by its name; "" if there is none."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), "")


def send(case: Case, cookies: str) -> Answer:
    """Send a request to the application that the server runs, as whose cookies these are."""
    environ: dict[str, Any] = {
        **RequestFactory().generic(case.method, "/").environ,
        "PATH_INFO": as_bytes(case.path).decode("latin-1"),
        "QUERY_STRING": case.query,
        "CONTENT_TYPE": case.content_type,
        "CONTENT_LENGTH": str(len(case.body)) if case.stated_length is None else case.stated_length,
        "wsgi.input": io.BytesIO(case.body),
        "HTTP_COOKIE": "; ".join(filter(None, (case.cookies, cookies, f"csrftoken={TOKEN}"))),
        **dict(case.headers),
    }
    started: list[Any] = []
    with connections_kept():
        made = application(environ, lambda *answer: started.append(answer))  # type: ignore[arg-type]  # write() is of no use here.
        body = b"".join(made)
        if hasattr(made, "close"):
            made.close()
    ((status, headers),) = started
    return Answer(case, int(status.split()[0]), headers, body)


@st.composite
def cases(draw: st.DrawFn, page: Page, people: list[str], submission: str) -> Case:
    """Give requests to a page."""
    if draw(st.integers(0, 2)):
        return draw(_nearly_good(page, people, submission))
    person, method = draw(st.sampled_from(people)), draw(st.sampled_from(METHODS))
    names = st.one_of(st.sampled_from(page.names or ["next"]), texts())
    pairs = st.lists(st.tuples(names, texts()), max_size=4)
    fields = draw(pairs)
    body, content_type = draw(bodies(fields))
    return Case(
        person,
        method,
        draw(hurt(page.path)) if draw(st.integers(0, 9)) == 0 else page.path,
        draw(queries(draw(pairs))),
        content_type,
        body if method not in ("GET", "HEAD") else b"",
        (CSRF, *draw(st.lists(st.tuples(st.sampled_from(HEADERS), header_values()), max_size=3))),
        draw(st.sampled_from(("", *COOKIES))),
        draw(st.sampled_from((None, None, "0", "1", "-1", "x", "", "99999", str(2**63 - 1)))),
    )


@st.composite
def _nearly_good(draw: st.DrawFn, page: Page, people: list[str], submission: str) -> Case:
    person, names = draw(st.sampled_from(people)), page.names or ["next"]
    good: Pairs = []
    method = "POST" if page.forms and draw(st.sampled_from((True, True, True, False))) else "GET"
    if method == "POST":
        good = draw(_filled_in(page, submission))
    else:
        chosen = draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
        good = [(name, draw(st.sampled_from(good_values(page, name, submission) or ("1",)))) for name in chosen]
    headers: list[tuple[str, str]] = [("HTTP_HX_REQUEST", "true")] if draw(st.booleans()) else []
    headers += [CSRF] if draw(st.booleans()) else []
    pairs, path, cookies, typed = list(good), page.path, "", True
    length: str | None = None
    kinds = ("value", "value", "value", "value", "name", "left out", "twice", "added", "header", "cookie", "path")
    kind = draw(st.sampled_from((*kinds, "type", "file", "body", "length")))
    if kind == "value" and good:
        # What is long and structured is the most worth breaking.
        position = draw(st.sampled_from(sorted(range(len(good)), key=lambda each: -len(good[each][1]))))
        pairs[position] = good[position][0], draw(hurt(good[position][1]))
    elif kind == "name" and good:
        position = draw(st.integers(0, len(good) - 1))
        pairs[position] = draw(hurt(good[position][0])), good[position][1]
    elif kind == "left out" and good:
        pairs.pop(draw(st.integers(0, len(good) - 1)))
    elif kind == "twice" and good:
        name = draw(st.sampled_from(good))[0]
        pairs.insert(draw(st.integers(0, len(good))), (name, draw(texts())))
    elif kind == "header":
        headers.append((draw(st.sampled_from(HEADERS)), draw(header_values())))
    elif kind == "cookie":
        cookies = draw(st.sampled_from(COOKIES))
    elif kind == "path":
        path = draw(hurt(page.path))
    elif kind == "length":
        length = draw(st.sampled_from(("0", "1", "17", "-1", "x", "99999", str(2**63 - 1))))
    else:
        pairs.append((draw(st.sampled_from(names)), draw(texts())))
    if method == "GET":
        return Case(person, method, path, draw(queries(pairs)), headers=tuple(headers), cookies=cookies)
    if kind in ("type", "file", "body"):
        body, content_type = draw(bodies(pairs))
        typed = False
    else:
        is_multipart = draw(st.booleans())
        body, content_type = (multipart(pairs), MULTIPART) if is_multipart else (urlencoded(pairs), FORM)
    whole = typed and length is None
    return Case(
        person,
        method,
        path,
        "",
        content_type,
        body,
        tuple(headers),
        cookies,
        length,
        tuple(pairs) if whole else (),
    )


@st.composite
def _filled_in(draw: st.DrawFn, page: Page, submission: str) -> Pairs:
    """Give the fields of a form as somebody may have filled them in."""
    form = draw(st.sampled_from(page.forms))
    pairs: Pairs = []
    for name, values in form.fields.items():
        own = list(dict.fromkeys((*good_values(page, name, submission), *values)))
        pairs.append((name, draw(st.sampled_from(own))))
    for name, values in form.buttons.items():
        pairs.append((name, draw(st.sampled_from(values))))
    return pairs
