"""Diffs that show a file in part: the objects of JSON that are whole in their new lines."""

import re

TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*+"|[\[\]{}\n]')
VALUE = re.compile(r"[\w\"']")
OPENING, CLOSING = frozenset("[{"), {"]": "[", "}": "{"}
IN_PART = "Records that the diff shows in part, in lines that it does not add, are left out."


def whole_objects(lines: list[str], added: list[bool]) -> str | None:
    """Return the whole objects of lines that begin or end within others, as a list of JSON; `added` says of each line.

    None if the lines are whole, have no such object, or have values on an added line outside of these.
    """
    text = "\n".join(lines)
    spans, is_cut = _spans(text)
    if not is_cut or not spans:
        return None
    outside = _outside(text, spans).split("\n")
    if any(VALUE.search(line) for line, is_added in zip(outside, added, strict=True) if is_added):
        return None
    return f"[{', '.join(text[start:end] for start, end in spans)}]"


def _spans(text: str) -> tuple[list[tuple[int, int]], bool]:
    """Return where whole objects stand that are in no other one, and whether brackets are closed or opened alone."""
    spans: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    is_cut = False
    for match in TOKEN.finditer(text):
        mark = match[0]
        if mark in OPENING:
            opened.append((mark, match.start()))
        elif mark in CLOSING and opened and opened[-1][0] == CLOSING[mark]:
            start = opened.pop()[1]
            if mark == "}" and not any(each == "{" for each, _start in opened):
                spans.append((start, match.end()))
        elif mark in CLOSING:
            # The lines before belong to an object or a list that begins further up.
            is_cut, opened = True, []
            spans = spans if mark == "]" else []
    unclosed = next((start for each, start in opened if each == "{"), len(text))
    return [span for span in spans if span[0] < unclosed], is_cut or bool(opened)


def _outside(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text in which what stands in the spans is blank."""
    parts, position = [], 0
    for start, end in spans:
        parts += [text[position:start], re.sub(r"[^\n]", " ", text[start:end])]
        position = end
    return "".join([*parts, text[position:]])
