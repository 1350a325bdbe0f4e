"""Records of Haskell, OCaml and F#, after their documents: records come back from what writers make of them."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.test_compiled import CAMEL, PASCAL, members
from tests.records.pasted.round_trip.test_scripts import literal
from tests.records.pasted.round_trip.values import OF_EACH, Values, Writer, any_texts, came_back, plain_rows, rows

# What Haskell calls the characters that do not show.
OF_HASKELL = [
    "NUL",
    "SOH",
    "STX",
    "ETX",
    "EOT",
    "ENQ",
    "ACK",
    "a",
    "b",
    "t",
    "n",
    "v",
    "f",
    "r",
    "SO",
    "SI",
    "DLE",
    "DC1",
    "DC2",
    "DC3",
    "DC4",
    "NAK",
    "SYN",
    "ETB",
    "CAN",
    "EM",
    "SUB",
    "ESC",
    "FS",
    "GS",
    "RS",
    "US",
]


def in_haskell(text: str) -> str:
    """Return a text as show writes it, in ASCII alone; a number ends before a digit by an empty escape."""
    shown, last = "", ""
    for each in text:
        if last.isdigit() and each in "0123456789":
            shown += "\\&"
        if last == "SO" and each == "H":
            shown += "\\&"
        code = ord(each)
        last = OF_HASKELL[code] if code < 32 else "DEL" if code == 127 else str(code) if code > 127 else ""
        shown += f"\\{last}" if last else {'"': '\\"', "\\": "\\\\"}.get(each, each)
    return f'"{shown}"'


def haskell(values: Values) -> str:
    def written(value: Any) -> str:
        if value is None:
            return "Nothing"
        if isinstance(value, int) and not isinstance(value, bool):
            return f"Just {value}" if value >= 0 else f"Just ({value})"
        return literal(in_haskell, "Nothing", "True", "False")(value)

    return "[" + ",".join(f"User {{{members(row, CAMEL, ' = ', written)}}}" for row in values) + "]\n"


def in_ocaml(text: str) -> str:
    """Return a text as %S writes it: each byte that is no character of ASCII has a number of three digits."""
    simple = {"\n": "\\n", "\t": "\\t", "\b": "\\b", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    return (
        '"'
        + "".join(
            simple.get(chr(byte)) or (chr(byte) if 32 <= byte < 127 else f"\\{byte:03}") for byte in text.encode()
        )
        + '"'
    )


def ocaml(values: Values) -> str:
    names = ["user_id", "age", "score", "vip", "city"]

    def written(value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return f"Some {value}" if value >= 0 else f"Some ({value})"
        if isinstance(value, float):
            return repr(value).removesuffix("0") if value == int(value) else repr(value)
        return literal(in_ocaml, "None")(value)

    return "[" + "; ".join(f"{{{members(row, names, ' = ', written, '; ')}}}" for row in values) + "]\n"


def f_sharp(values: Values) -> str:
    # %A shows texts as they are.
    def written(value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return f"Some {value}"
        return literal(lambda text: f'"{text}"', "None")(value)

    records = (members(row, PASCAL, " = ", written, "\n   ") for row in values)
    return "[" + "; ".join(f"{{ {record} }}" for record in records) + "]\n"


FORMATS: dict[str, Writer] = {"Haskell": haskell, "OCaml": ocaml}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


@settings(max_examples=OF_EACH)
@given(values=plain_rows())
def test_words_come_back_from_f_sharp(values: Values) -> None:
    assert came_back(f_sharp(values)) == values
