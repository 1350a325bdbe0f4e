"""Texts of languages whose escapes have the number of a character in decimal: Haskell, OCaml and Lua.

In all other languages it is octal: `\\101` is A there, and e here.
"""

import re

from console.records.pasted.literals.tokens import Token

# A field and its value in braces, as these languages have records, and none with octal numbers.
RECORD = re.compile(r"\{\s*+(?:\[\s*+\")?[A-Za-z_]\w*+(?:\"\s*+\])?\s*+=(?![=>])")
RECORD_OF_HASKELL = re.compile(r"(?<![\w.])[A-Z][\w']*+[ ]?\{\s*+[a-z_][\w']*+\s*+=(?![=>])")
NUMBERED = re.compile(r"(?<!\\)(?:\\\\)*+\\(?:[0-9\r\n]|[A-Z]{2}|&)")
# Haskell's names of invisible characters.
NAMES = (
    *("NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI", "DLE"),
    *("DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US", "SP"),
)
CODES = {name: number for number, name in enumerate(NAMES)} | {"DEL": 127}
LETTERS = dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))
# The longest name first: SOH is not SO before an H.
NAME = "|".join(sorted(CODES, key=len, reverse=True))
OF_HASKELL = re.compile(rf"\\(?:(?P<number>[0-9]{{1,7}})|(?P<name>{NAME})|(?P<nothing>&)|(?P<mark>.))")
OF_BYTES = re.compile(rb"\\(?:([0-9]{1,3})|x([0-9A-Fa-f]{2})|(\r?\n|.))", re.DOTALL)


class Decimals:
    """The strings of a text whose escapes have numbers of characters in decimal, if there are any."""

    def __init__(self, text: str) -> None:
        record = RECORD.search(text)
        self._first = record.start() if record else len(text)
        self._is_haskell = RECORD_OF_HASKELL.search(text) is not None

    def has(self, token: Token) -> bool:
        """Return whether a string has characters by decimal numbers, or by names of Haskell."""
        is_within = token.kind == "string" and self._first < token.start
        return is_within and NUMBERED.search(token.text) is not None

    def text(self, token: Token) -> str | None:
        """Return what a string stands for; None if an escape is not known."""
        inner = token.text[1:-1]
        try:
            if self._is_haskell:
                return OF_HASKELL.sub(_character, inner)
            return OF_BYTES.sub(_byte, inner.encode()).decode()
        except ValueError:
            return None


def _character(escape: re.Match[str]) -> str:
    """Return a character of Haskell; raise ValueError if there is none."""
    if escape["number"] or escape["name"]:
        return chr(int(escape["number"]) if escape["number"] else CODES[escape["name"]])
    if escape["nothing"]:
        return ""
    if escape["mark"].isalnum() and escape["mark"] not in LETTERS:
        raise ValueError
    return LETTERS.get(escape["mark"], escape["mark"])


def _byte(escape: re.Match[bytes]) -> bytes:
    """Return a byte of OCaml or Lua; raise ValueError if there is none."""
    if escape[1] or escape[2]:
        return bytes([int(escape[1]) if escape[1] else int(escape[2], 16)])
    mark = escape[3].decode("latin-1")
    if mark.isalnum() and mark not in LETTERS:
        raise ValueError
    return b"\n" if mark == "\r\n" else LETTERS.get(mark, mark).encode("latin-1")
