"""Values behind their paths, each on its line: of gron, `jq --stream` and properties; and forms as they are sent."""

import re
from collections.abc import Iterable
from urllib.parse import unquote_plus

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar
from console.records.json.reading import read_json
from console.records.pasted.literals.cursor import NoLiteral

MOST_STEPS = 12
NAME = r"[A-Za-z_$][\w$-]*+"
IN_BRACKETS = r"\[(?:[0-9]++|\"[^\"\\]++\")\]"
ON_LINE = re.compile(
    rf"(?P<path>\.?(?:{NAME}|[0-9]++(?![\w-])|{IN_BRACKETS})(?:\.(?:{NAME}|[0-9]++)|{IN_BRACKETS})*+)"
    r"(?: = |=|: )(?P<value>.*)"
)
IN_PATH = re.compile(r"\[([0-9]+)\]|\[\"([^\"\\]+)\"\]|\.?([\w$-]+)")
OF_STREAM = re.compile(r"\[\[(?:(?:[0-9]+|\"(?:[^\"\\]|\\.)*+\")(?:,|(?=\])))++\](?:,.+)?\]\r?")
FORM = re.compile(r"[\w.%\[\]-]+=[^&=\s]*(?:&[\w.%\[\]-]+=[^&=\s]*)+\r?")
IN_FORM = re.compile(r"\[([^\[\]]*)\]|([^\[\]]+)")
EMPTY = ("{}", "[]")

type Path = tuple[str, ...]


def read_paths(text: str) -> Node | None:
    """Return the value whose parts stand on lines behind their paths, or None; raise NoLiteral if two disagree."""
    lines = [line for line in text.strip().split("\n") if line.strip()]
    if text.lstrip().startswith("[["):
        return _of_stream(lines)
    return _of_form(lines) or _of_lines(lines)


def _of_stream(lines: list[str]) -> Node | None:
    """Return what `jq --stream` has split up; an array of a path alone closes what it leads to."""
    if not all(map(OF_STREAM.fullmatch, lines)):
        return None
    found: list[tuple[Path, Node]] = []
    for reading in map(read_json, lines):
        parts = reading.root.items if isinstance(reading.root, Array) and not reading.faults else []
        if not parts:
            return None
        if len(parts) == 2 and isinstance(parts[0], Array):
            found.append((_steps(parts[0]), parts[1]))
    return _built(found) if found else None


def _steps(path: Array) -> Path:
    return tuple(str(each.value) for each in path.items if isinstance(each, Scalar))


def _of_lines(lines: list[str]) -> Node | None:
    written: list[tuple[str, str]] = []
    for line in lines:
        match = ON_LINE.fullmatch(line.strip())
        if match is None:
            return None
        value = match["value"].removesuffix(";").strip()
        if value not in EMPTY:
            written.append((match["path"], value))
    values = [(_path(path), value) for path, value in written]
    if len(values) < 2 or any(len(path) < 2 for path, _value in values):
        return None
    if not any(step.isdecimal() for path, _value in values for step in path):
        return None
    readings = [read_json(value) for _path, value in values]
    nodes = [each.root for each in readings if each.root is not None and not each.faults]
    are_json = len(nodes) == len(values)
    return _built((path, nodes[place] if are_json else Bare(0, value)) for place, (path, value) in enumerate(values))


def _path(text: str) -> Path:
    return tuple(next(filter(None, groups)) for groups in IN_PATH.findall(text))


def _of_form(lines: list[str]) -> Node | None:
    """Return what each line has as a form is sent, as application/x-www-form-urlencoded (the URL standard)."""
    if not lines or not all(FORM.fullmatch(line.strip()) for line in lines):
        return None
    forms: list[Node] = []
    for line in lines:
        pairs = [part.partition("=")[::2] for part in line.strip().split("&")]
        forms.append(
            _built((_path_of_form(unquote_plus(name)), Bare(0, unquote_plus(value))) for name, value in pairs)
        )
    return forms[0] if len(forms) == 1 else Array(0, forms)


def _path_of_form(name: str) -> Path:
    return tuple(inner or outer for inner, outer in IN_FORM.findall(name))


def _built(found: Iterable[tuple[Path, Node]]) -> Node:
    """Return the value that paths and the values at their ends make; raise NoLiteral if one leads through a value."""
    root: dict[str, object] = {}
    for path, value in found:
        inner = root
        if not path or len(path) > MOST_STEPS:
            raise NoLiteral
        for step in path[:-1]:
            following = inner.setdefault(step, {})
            if not isinstance(following, dict):
                raise NoLiteral
            inner = following
        if path[-1] in inner:
            raise NoLiteral
        inner[path[-1]] = value
    return _node(root)


def _node(value: object) -> Node:
    if not isinstance(value, dict):
        assert isinstance(value, Scalar | Array | Object)
        return value
    if list(value) == [str(number) for number in range(len(value))]:
        return Array(0, [_node(each) for each in value.values()])
    return Object(0, [Member(0, name, _node(each)) for name, each in value.items()])
