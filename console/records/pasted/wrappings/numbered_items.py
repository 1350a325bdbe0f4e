"""The items of a list as consoles and debuggers expand it: each behind its number, beside the list's length."""

import re

from console.records.pasted.detected import Refusal
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, Unwrapped

# Marks that browsers have before a line: of zero width, and for what can be folded.
MARKS = r"[ \t\u200b\u25b6\u25b8\u25bc\u25be]*+"
# Items as browsers and debuggers number them: `0: {…}`, `0 = {User@1} "…"`, `[0]: …`.
ITEM = re.compile(rf"{MARKS}\[?(?P<number>[0-9]{{1,6}})\]?[ ]?[:=][ ]++(?P<value>\S.*)")
# The list itself, whose items are shown below it.
LIST = re.compile(
    rf"{MARKS}(?:[$\w.]+ = )?"
    r"(?:(?:Array ?)?\((?P<count>[0-9]{1,9})\)(?: \[.*\])?|Array \[.*\]"
    r"|\{[\w.$]+@[0-9]+\} +size = (?P<size>[0-9]{1,9}))[ \t]*"
)
LENGTH = re.compile(rf"{MARKS}length: (?P<count>[0-9]{{1,9}})[ \t]*")
PROTOTYPE = re.compile(rf"{MARKS}(?:\[\[Prototype\]\]|<prototype>|__proto__): .*")
# The text that a debugger shows of an object, behind its type.
SHOWN = re.compile(r"\{[\w.$]+@[0-9]+\}\s+\"(?P<text>.*)\"")
# Firefox has lines of it alone.
BLANK = " \t\r\u200b"
CUT = "It has {} of the {} items of its list. Show the whole of it."


def without_item_numbers(text: str) -> Unwrapped | None:
    """Return the items of a list that a console has expanded, each on a line, or None; raise Refusal if some lack."""
    if len(text) > LONGEST_PROSE:
        return None
    lines = [line.rstrip() for line in text.split("\n") if line.strip(BLANK)]
    counts: list[int] = []
    items: list[str] = []
    for place, line in enumerate(lines):
        around = (LIST.fullmatch(line) if not place else None) or LENGTH.fullmatch(line)
        item = ITEM.fullmatch(line)
        if around:
            counts += [int(each) for each in around.groups() if each]
        elif item and int(item["number"]) == len(items):
            shown = SHOWN.fullmatch(item["value"])
            items.append(shown["text"] if shown else item["value"])
        elif not PROTOTYPE.fullmatch(line):
            return None
    if not items or not counts:
        return None
    if any(count != len(items) for count in counts):
        raise Refusal(CUT.format(len(items), counts[0]))
    return Unwrapped("\n".join(items), "behind the numbers of its items")
