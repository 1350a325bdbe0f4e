"""Escapes of languages with the number of a character in decimal, and those of other languages."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, users

# What `show` of Haskell, `%S` of OCaml and `%q` of Lua write.
HASKELL = '[User {{userId = "u-1", city = "{}"}}]'
OCAML = '[{{user_id = "u-1"; city = "{}"}}; {{user_id = "u-2"; city = "Rome"}}]'
LUA = 'users = {{ {{ USER_ID = "u-1", CITY = "{}" }} }}'
NAMED = 'users = {{ {{ ["USER_ID"] = "u-1", ["CITY"] = "{}" }} }}'


@pytest.mark.parametrize(
    ("form", "written", "city"),
    [
        (HASKELL, r"Z\252rich", "Zürich"),
        (HASKELL, r"\8232\&1\SO\&H\SOH\DEL\n\"", '\u20281\x0eH\x01\x7f\n"'),
        (OCAML, r"Z\195\188rich\t", "Zürich\t"),
        (LUA, r"a\0271\9b\127", "a\x1b1\tb\x7f"),
        (LUA, "a\\\nb", "a\nb"),
        (NAMED, r"a\65\x41", "aAA"),
        ("[{{user_id: 'u-1', city: \"{}\"}}]", r"\101", "A"),
        ("list(list(USER_ID = 'u-1', CITY = \"{}\"))", r"\001", "\x01"),
    ],
)
def test_the_number_of_a_character_is_decimal_where_its_language_has_it_so(form: str, written: str, city: str) -> None:
    assert users(form.format(written))[0] == ("u-1", city)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        (HASKELL, r"\1114112"),
        (HASKELL, r"\q1\1"),
        (OCAML, r"Z\252rich"),
        (LUA, r"\256"),
        (LUA, r"\q\1"),
        (NAMED, r"\1\d"),
    ],
)
def test_an_escape_that_stands_for_no_character_makes_no_record(form: str, written: str) -> None:
    detected = detect(TEXTS, "", form.format(written))
    assert detected is None or detected.text == ""
