"""Text of several lines in a program: a string in Python or JavaScript, or what a shell is given up to a word."""

import re

from console.records.json.nodes import quoted
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, MOST_STARTS, Unwrapped
from console.records.pasted.wrappings.unwrapping import here_documents

WORDS = "in a text of several lines"
# Each that is not closed is looked for to the end of the text.
OPENING = re.compile(r"\"{3}|'{3}|`|@[\"'][ \t]*\n")
STRING = re.compile(
    r"(?P<kind>\b[rR])?(?:(?P<quotes>\"{3}|'{3})(?P<python>(?s:.*?))(?P=quotes)|`(?P<template>[^`]*)`(?!`)"
    r"|@(?P<mark>[\"'])[ \t]*\n(?P<powershell>(?s:.*?))\n(?P=mark)@)"
)
# What may precede such a text: a name, a call, or the prefix of a text without variables.
BEFORE_STRING = re.compile(r"(?:\A|[=(:,\s])\Z")
# Code that changes the text, and a variable in it; only the program knows the meaning of an escape.
CHANGED = re.compile(r"\s*+(?:\.(?!l?r?strip\(\)|trim(?:Indent)?\(\))|[+*%\[])[^\n]*+")
VARIABLE = re.compile(r"\$\{[^}\n]*+\}?|\$\([^)\n]*+\)?|\$\w++")
ESCAPES = ("\\", "`")


def program_string(text: str) -> tuple[Unwrapped, str] | None:
    """Return the one text of several lines that a program has, and code that makes another one of it; None if none.

    What stands around the text is named.
    """
    if len(text) > LONGEST_PROSE or len(OPENING.findall(text)) > MOST_STARTS:
        return None
    documents = here_documents(text)
    found = documents or [match for match in STRING.finditer(text) if "\n" in match[0]]
    if len(found) != 1:
        return None
    match = found[0]
    inner = match["text"] if documents else match[match.lastgroup or 0]
    is_plain = bool(match["quote"]) if documents else bool(match["kind"] or match["mark"] == "'")
    if not is_plain and any(each in inner for each in ESCAPES):
        return None
    before = text[: match.start()]
    if not documents and not BEFORE_STRING.search(before[-1:]):
        return None
    code = None if is_plain or (not documents and match["quotes"]) else VARIABLE.search(inner)
    code = code or (None if documents else CHANGED.match(text, match.end()))
    around = " ".join(f"{before} … {text[match.end() :]}".split())
    without = Unwrapped(inner.strip("\n"), WORDS, (f"Left out around the text: {quoted(around)}.",))
    return without, code[0].strip() if code else ""
