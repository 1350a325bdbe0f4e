"""JSON whose end was cut, by a log, a terminal or a hand: the whole records before it, and what is left out."""

import re
from dataclasses import dataclass, field, replace

from console.records.json.nodes import quoted
from console.records.json.reading import read_json
from console.records.pasted.detected import Found
from console.records.pasted.json_texts import read_json_lines, read_json_text
from console.records.pasted.reader import within
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE
from console.records.schemas.schema import Schema

TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*+(?:\\\Z)?("?)|[\[\]{}]')
BEGINNING = re.compile(r"\s*+[\[{]\s*+[\[{\"]")
CLOSING = {"[": "]", "{": "}"}
# The mark that a logger or page leaves where it cut a text, and an incomplete word or number.
END = re.compile(r"(?:\.{3}|\u2026)?[\s]*\Z")
ESCAPE = "\\"
PART_OF_WORD = re.compile(r"[\w.+-]+\Z")
# Possible continuations of a cut text: nothing, a value, a colon and a value, or a member.
CONTINUED = ("", "null", ": null", '"": null')
LEFT_OUT = "Its end is cut: what begins on line {} is left out: {}. Paste the whole of it, if that is meant."
MORE = "Its end is cut behind the last of these: more may have followed."


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed, and where the last object in it ends; None if it has none yet."""

    mark: str
    whole: int | None = None


@dataclass(slots=True)
class _Scan:
    """The brackets that a text leaves open, the text itself first, and whether a text in quotes is open."""

    opened: list[_Open] = field(default_factory=lambda: [_Open("")])
    in_text: bool = False


def read_cut_json(schema: Schema, target: str, text: str) -> Found | None:
    """Return the whole records of JSON that is cut, or None; raise Refusal."""
    text = text.rstrip()
    if len(text) > LONGEST_PROSE or not BEGINNING.match(text):
        return None
    scan = _scan(text)
    if scan is None or len(scan.opened) == 1:
        return None
    place = next((number for number, each in enumerate(scan.opened) if each.mark == "["), 0)
    whole = scan.opened[place].whole
    inner = "".join(CLOSING[each.mark] for each in reversed(scan.opened[place + 1 :]))
    if whole is None or not _is_beginning(text[whole:], inner, in_text=scan.in_text):
        return None
    outer = "".join(CLOSING[each.mark] for each in reversed(scan.opened[1 : place + 1]))
    found = _read(schema, target, text[:whole] + outer)
    if found is None:
        return None
    rest = text[whole:].lstrip(" \t\r\n,")
    line = text.count("\n", 0, len(text) - len(rest)) + 1
    note = LEFT_OUT.format(line, quoted(" ".join(rest.split()))) if rest else MORE
    return replace(within(schema, found, "in JSON that is cut"), notes=(note, *found.notes))


def _read(schema: Schema, target: str, text: str) -> Found | None:
    return read_json_text(schema, target, text) or read_json_lines(schema, target, text)


def _scan(text: str) -> _Scan | None:
    """Return what a text leaves open; None if its brackets do not fit."""
    scan = _Scan()
    for match in TOKEN.finditer(text):
        mark = match[0]
        if mark.startswith('"'):
            scan.in_text = not match[1]
            if scan.in_text and match.end() < len(text):
                return None
        elif mark in CLOSING:
            scan.opened.append(_Open(mark))
        elif CLOSING.get(scan.opened[-1].mark) != mark:
            return None
        else:
            scan.opened.pop()
            scan.opened[-1].whole = match.end() if mark == "}" else scan.opened[-1].whole
    return scan


def _is_beginning(rest: str, inner: str, *, in_text: bool) -> bool:
    """Return whether the text after the last whole record could begin another, as where JSON was cut."""
    rest = rest.lstrip().removeprefix(",")
    rest = f'{rest.rstrip(ESCAPE)}"' if in_text else PART_OF_WORD.sub("", END.sub("", rest)).rstrip()
    if not rest:
        return True
    return any(not read_json(f"[{rest}{more}{inner}]").faults for more in CONTINUED)
