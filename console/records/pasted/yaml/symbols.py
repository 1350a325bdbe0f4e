"""What programs put into YAML that is no part of its values: symbols of Ruby, and files as texts of several lines."""

import re
from collections.abc import Iterator

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar

SYMBOL = re.compile(r":([A-Za-z_]\w*[?!]?)")
MOST_BESIDE = 10
SYMBOLS_READ = "Symbols of Ruby are read as their names."


def without_symbols(root: Node) -> tuple[Node, tuple[str, ...]]:
    """Return a value without the colons of symbols, if all names in it are such, and a sentence on that."""
    names = list(_names(root))
    if not names or not all(SYMBOL.fullmatch(name) for name in names):
        return root, ()
    return _plain(root), (SYMBOLS_READ,)


def _names(node: Node) -> Iterator[str]:
    if isinstance(node, Object):
        for member in node.members:
            yield member.key
            yield from _names(member.value)
    elif isinstance(node, Array):
        for each in node.items:
            yield from _names(each)


def _plain(node: Node) -> Node:
    if isinstance(node, Object):
        return Object(node.start, [Member(each.start, each.key[1:], _plain(each.value)) for each in node.members])
    if isinstance(node, Array):
        return Array(node.start, [_plain(each) for each in node.items], node.more)
    match = SYMBOL.fullmatch(node.value) if isinstance(node, Bare) and isinstance(node.value, str) else None
    return Bare(node.start, match[1]) if match else node


def texts_of_lines(node: Node, beside: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the texts of several lines within a value, each with the names of what stands beside it."""
    if isinstance(node, Object):
        names = [member.key for member in node.members][: MOST_BESIDE + 1]
        for place, member in enumerate(node.members):
            others = names[:place] + names[place + 1 :]
            yield from texts_of_lines(member.value, (*beside, *others) if len(beside) < MOST_BESIDE else beside)
    elif isinstance(node, Array):
        for each in node.items:
            yield from texts_of_lines(each, beside)
    elif isinstance(node, Scalar) and isinstance(node.value, str) and "\n" in node.value.strip():
        yield node.value, beside
