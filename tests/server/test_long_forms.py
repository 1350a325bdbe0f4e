"""Long forms are read as Django reads them, in less memory: console/server/http/long_forms.py."""

import tracemalloc
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from console.server.http.long_forms import PIECE, read_form

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=50)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8), st.integers(0, 3))
def test_is_read_as_django_reads_it(fields: list[tuple[str, str]], before: int) -> None:
    body = f"{'x' * before}&{urlencode(fields)}".encode()
    assert read_form(body) == QueryDict(body)


@given(st.text("ab=&%+2Fé;", max_size=60))
def test_what_no_browser_sends_is_read_as_django_reads_it(body: str) -> None:
    assert read_form(body.encode()) == QueryDict(body.encode())


@pytest.mark.parametrize("before", range(5))
def test_no_escape_is_cut_in_two(before: int) -> None:
    text = "x" * before + "\N{GRINNING FACE}%\N{GRINNING FACE}" * PIECE
    assert read_form(urlencode({"a": text}).encode())["a"] == text


def test_too_many_fields_are_refused(settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert len(read_form(b"a=1&b=2&c=3")) == 3
    with pytest.raises(TooManyFieldsSent):
        read_form(b"a=1&b=2&c=3&d=4")


def test_a_form_of_more_characters_than_a_page_works_at_is_refused() -> None:
    assert len(read_form(b"a=" + b"x" * 999_999)["a"]) == 999_999
    assert len(read_form(b"a=" + b"%C3%A9" * 999_999)["a"]) == 999_999
    for body in (b"a=" + b"x" * 1_000_000, b"a" * 500_000 + b"&b=" + b"x" * 500_000, b"a=" + b"%FF" * 1_000_000):
        with pytest.raises(RequestDataTooBig):
            read_form(body)


def test_takes_little_memory() -> None:
    body = b"a=" + b"%F0%9F%98%80" * 100_000
    tracemalloc.start()
    try:
        assert len(read_form(body)["a"]) == 100_000
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # With an object for each escape it is more than twenty times.
    assert most < 4 * len(body)
