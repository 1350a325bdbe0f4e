"""Texts that are a list as a program or a database writes it, in the place of several categories."""

import re

from console.records.validation.rules import CATEGORY_SEPARATOR

IN_QUOTES = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'"
# PostgreSQL puts quotes around what has a space or a mark in it; Java and Scala have none.
ITEM = re.compile(rf"\s*+(?:(?P<quoted>{IN_QUOTES})|(?P<bare>[^\"'\\,;:=|()\[\]{{}}]++))\s*+(?:,|\Z)")
COLLECTIONS = "frozenset|set|list|tuple|array|Array|ArrayBuffer|List|Set|HashSet|Seq|Vector|WrappedArray"
BRACKETS = re.compile(
    rf"(?P<call>(?:{COLLECTIONS})\()?(?:\[(?P<square>.+)\]|\{{(?P<curly>.+)\}}|\((?P<round>.+)\))(?(call)\))"
    rf"|(?:{COLLECTIONS})\((?P<given>.+)\)",
    re.DOTALL,
)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def listed(text: str) -> tuple[str, ...]:
    """Return the categories of a text that is a list, such as `["a", "b"]` or PostgreSQL's `{a,"b c"}`, or none.

    In square brackets and in parentheses alone, where a name may stand as well, it must be more than one word.
    """
    match = BRACKETS.fullmatch(text.strip()) if text.rstrip()[-1:] in ("]", "}", ")") else None
    if match is None:
        return ()
    items = _items(match[match.lastgroup or 0])
    names = [item for item, is_quoted in items if not is_quoted]
    if (match["round"] and names) or (match["square"] and names and len(items) == 1):
        return ()
    return tuple(item for item, _is_quoted in items)


def _items(text: str) -> list[tuple[str, bool]]:
    """Return each item, and whether it is in quotes; none if one of them is not certain, or no category."""
    items: list[tuple[str, bool]] = []
    end = 0
    while end < len(text):
        match = ITEM.match(text, end)
        if match is None:
            return []
        quoted = match["quoted"]
        item = ESCAPED.sub(r"\1", quoted[1:-1]) if quoted else match["bare"].strip()
        if not item.strip() or CATEGORY_SEPARATOR in item:
            return []
        items.append((item, bool(quoted)))
        end = match.end()
    return [] if text.rstrip().endswith(",") else items
