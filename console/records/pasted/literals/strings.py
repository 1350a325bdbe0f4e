"""Strings of literals, and those of PowerShell."""

import re

from console.records.json.nodes import Scalar
from console.records.pasted.literals.cursor import JOINED, QUOTES, TWICE, NoLiteral
from console.records.pasted.literals.descent import Descent
from console.records.pasted.literals.tokens import STRINGS, Token, may_have_variable, text_in_quotes

POWERSHELL_CODE = re.compile(r"[`$]")


def powershell_text(token: Token) -> str:
    """Return a text of PowerShell, where a backslash is one; raise NoLiteral if it has a variable or an escape."""
    quote, text = token.text[0], token.text[1:-1]
    if quote not in "'\"" or (quote == '"' and POWERSHELL_CODE.search(text)):
        raise NoLiteral
    return text.replace(2 * quote, quote)


def read_string(parser: Descent, token: Token) -> Scalar:
    """Read a string, and those that stand right behind it, which are one with it.

    Without a space between them they are one with a quote in it, as SQL and Pascal write it: `'O''Neil'`.
    """
    if parser.is_powershell:
        return Scalar(token.start, powershell_text(token))
    start, parts = token.start, [_part(parser, token)]
    while (following := parser.tokens[parser.position]).kind in STRINGS and not parser.is_key_ahead():
        is_quote = token.kind == following.kind == "single" and following.start == token.start + len(token.text)
        parts += ["'" if is_quote else "", _part(parser, following)]
        token = parser.take()
        parser.count()
        parser.note(QUOTES)
        parser.note(TWICE if is_quote else JOINED)
    return Scalar(start, "".join(parts))


def _part(parser: Descent, token: Token) -> str:
    if may_have_variable(token):
        parser.variables_in_texts[text_in_quotes(token)] = None
    return parser.part(token)
