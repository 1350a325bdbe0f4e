"""Text that is nearly JSON, fixed where the fix is certain.

The text is read as tokens of JSON and of what is taken for it: comments, strings in single or typographic quotes,
names without quotes as JavaScript has them, Python's None, True and False. Everything else stays as it was typed, line
breaks and order included.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from console.records.json.reading import read_json

TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>//[^\r\n]*|\#[^\r\n]*|/\*.*?\*/)
    | (?P<string>"(?:[^"\\]|\\.)*")
    | (?P<typographic>[\u201c-\u201e](?:[^\u201c-\u201e\\]|\\.)*[\u201c\u201d])
    | (?P<single>'(?:[^'\\]|\\.)*')
    | (?P<single_typographic>[\u2018-\u201a](?:[^\u2018-\u201a\\]|\\.)*[\u2018\u2019])
    | (?P<unusual_space>[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+)
    | (?P<mark>[{}\[\],:])
    | (?P<word>[^\s{}\[\],:"'\u2018-\u201a\u201c-\u201e/\#]+|/(?![/*]))
    """,
    re.VERBOSE | re.DOTALL,
)
# What is slow to fix is too long to be looked through after it: the person is better served by the first fault.
LONGEST_MENDED = 100_000
PYTHON_WORDS = {"None": "null", "True": "true", "False": "false"}
# A name that an object of JavaScript may have without quotes (ECMAScript, "IdentifierName"), as far as it is ASCII.
NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*", re.ASCII)
ESCAPED_SINGLE_QUOTE = re.compile(r"\\(.)|\"", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Fixed text, and what was fixed, as a person reads it."""

    text: str
    fixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, and its text as it is written out."""

    kind: str
    text: str


def fix(text: str) -> Fixed | None:
    """Return the text fixed into JSON, or None if it is JSON already or no certain fix makes it so."""
    if len(text) > LONGEST_MENDED:
        return None
    tokens = _tokens(text)
    fixes: dict[str, None] = {}
    for step in (_spaces, _comments, _quotes, _names, _python_words, _commas, _brackets):
        changed = step(tokens)
        if changed is not None:
            words, tokens = changed
            fixes[words] = None
    fixed = "".join(token.text for token in tokens)
    if not fixes or read_json(fixed).faults:
        return None
    return Fixed(fixed, tuple(fixes))


type Change = tuple[str, list[Token]] | None


def _tokens(text: str) -> list[Token]:
    """Return the tokens of a text, none if it ends within one: where it should have ended is not certain."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            return []
        tokens.append(Token(match.lastgroup, match[0]))
        position = match.end()
    return tokens


def _replaced(tokens: list[Token], kinds: tuple[str, ...], words: str, write: Callable[[str], Token]) -> Change:
    if not any(token.kind in kinds for token in tokens):
        return None
    return words, [write(token.text) if token.kind in kinds else token for token in tokens]


def _spaces(tokens: list[Token]) -> Change:
    return _replaced(
        tokens, ("unusual_space",), "unusual spaces replaced", lambda text: Token("space", " " * len(text))
    )


def _comments(tokens: list[Token]) -> Change:
    return _replaced(tokens, ("comment",), "comments removed", lambda _text: Token("space", ""))


def _quotes(tokens: list[Token]) -> Change:
    kinds = ("typographic", "single", "single_typographic")
    return _replaced(tokens, kinds, "text put in straight double quotes", _string)


def _string(quoted: str) -> Token:
    """Return a string in other quotes as one of JSON; an escape that JSON lacks is what Python makes of it."""

    def unit(match: re.Match[str]) -> str:
        if match[0] == '"':
            return '\\"'
        return match[1] if match[1] == "'" else match[0]

    return Token("string", f'"{ESCAPED_SINGLE_QUOTE.sub(unit, quoted[1:-1])}"')


def _names(tokens: list[Token]) -> Change:
    """Put the names of an object's members in quotes: words between its brace, or a comma, and a colon."""
    meaning = [index for index, token in enumerate(tokens) if token.kind != "space"]
    bare = {
        index
        for before, index, after in zip(meaning, meaning[1:], meaning[2:], strict=False)
        if tokens[index].kind == "word"
        and tokens[before].text in ("{", ",")
        and tokens[after].text == ":"
        and NAME.fullmatch(tokens[index].text)
    }
    if not bare:
        return None
    return "names put in double quotes", [
        Token("string", f'"{token.text}"') if index in bare else token for index, token in enumerate(tokens)
    ]


def _python_words(tokens: list[Token]) -> Change:
    if not any(token.kind == "word" and token.text in PYTHON_WORDS for token in tokens):
        return None
    written = [
        Token("word", PYTHON_WORDS[token.text]) if token.kind == "word" and token.text in PYTHON_WORDS else token
        for token in tokens
    ]
    return "Python's None, True and False written as JSON's", written


def _commas(tokens: list[Token]) -> Change:
    meaning = [index for index, token in enumerate(tokens) if token.kind != "space"]
    trailing = {
        index
        for index, following in zip(meaning, [*meaning[1:], None], strict=False)
        if tokens[index].text == "," and (following is None or tokens[following].text in ("}", "]"))
    }
    if not trailing:
        return None
    return "trailing commas removed", [token for index, token in enumerate(tokens) if index not in trailing]


def _brackets(tokens: list[Token]) -> Change:
    """Put several objects, with or without commas between them, or the members of one, into their brackets."""
    meaning = [token for token in tokens if token.kind != "space"]
    if not meaning:
        return None
    if meaning[0].kind == "string" and len(meaning) > 1 and meaning[1].text == ":":
        return "the missing braces added", [Token("mark", "{"), *tokens, Token("mark", "}")]
    if meaning[0].text != "{":
        return None
    level = 0
    for token in meaning:
        level += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token.text, 0) if token.kind == "mark" else 0
        if token is not meaning[-1] and level == 0:
            return "the missing outer brackets added", [Token("mark", "["), *_separated(tokens), Token("mark", "]")]
    return None


def _separated(tokens: list[Token]) -> Iterator[Token]:
    """Yield tokens of several values, with a comma between each two of them."""
    level = 0
    ended = False
    for token in tokens:
        if ended and token.kind != "space":
            if token.text != ",":
                yield Token("mark", ",")
            ended = False
        if token.kind == "mark":
            level += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token.text, 0)
            ended = level == 0 and token.text in ("}", "]")
        yield token
