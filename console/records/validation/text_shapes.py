"""What texts look like that a program, a page or another place in a file has left in the place of values."""

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from console.records.json.nodes import quoted

# What most texts have nothing of, so that they are not looked at further.
SUSPECT = re.compile(r"[&%\\]")
PLAIN_ID = re.compile(r"[A-Za-z0-9_](?:[\w.@:/+-]*[\w])?", re.ASCII)

type Sentence = Callable[[re.Match[str]], str]


def _in_entities(match: re.Match[str]) -> str:
    return (
        f"{quoted(match.string)} has {match[0]} as pages have it for “{html.unescape(match[0])}”: write the character."
    )


def _in_address(match: re.Match[str]) -> str:
    return (
        f"{quoted(match.string)} has {match[0]} as addresses have it for “{unquote(match[0])}”: write the character."
    )


def _escaped(match: re.Match[str]) -> str:
    before = f"has a backslash before “{match[1]}”, as programs escape it"
    return f"{quoted(match.string)} {before}: leave it out unless it is meant."


def _cut(match: re.Match[str]) -> str:
    return f"{quoted(match.string)} ends with a backslash: leave it out unless it is meant."


TEXTS: tuple[tuple[re.Pattern[str], Sentence], ...] = (
    (re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});"), _in_entities),
    (re.compile(r"%(?:20|2[CF6]|7C|C[23]%[89AB][0-9A-F])"), _in_address),
    (re.compile(r"\\([\"'_*])"), _escaped),
    (re.compile(r"(?<!\\)\\\Z"), _cut),
)
IDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\(?[0-9]+ (?:rows?|records?)\b.*"),
        "{} may be the count below a table. Remove the record unless it is an id.",
    ),
    (re.compile(r"--\s*+\w.*"), "{} may be a comment. Remove the record unless it is an id."),
    (re.compile(r"%[sd]|\$[0-9]+|\?+"), "{} looks like a placeholder: write the value that it stands for."),
    (re.compile(r"[^\w\s]+"), "{} has neither letters nor digits. Remove the record unless it is an id."),
    (re.compile(r"[A-Za-z_]\w*\(.+\)"), "{} is how a program shows a value: write the id that it has in parentheses."),
    (re.compile(r"\(.*\)|\[.*\]|\{.*\}", re.DOTALL), "{} stands in brackets: leave them out unless the id has them."),
    (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*"),
        "{} looks like a moment: check that it is the id.",
    ),
    (re.compile(r"\"[^\"]+|[^\"]+\""), "{} has a quote at one end alone: leave it out unless the id has it."),
    (re.compile(r"[^\s,|]+(?:[,|][^\s,|]+)+"), "{} is one id. If it is several, write a record for each."),
)


def on_text(text: str) -> Iterator[str]:
    """Yield a sentence on each thing in a text that a program or a page has in the place of a character."""
    if not SUSPECT.search(text):
        return
    for pattern, sentence in TEXTS:
        match = pattern.search(text)
        if match:
            yield sentence(match)


def on_id(text: str) -> Iterator[str]:
    """Yield a sentence on what an id looks like that is hardly one."""
    if PLAIN_ID.fullmatch(text):
        return
    found = next((sentence for pattern, sentence in IDS if pattern.fullmatch(text)), None)
    if found:
        yield found.format(quoted(text))
