"""The words that a program logs before a value which it prints without quotes, such as `upsert User[userId=u-1]`."""

import re
from itertools import islice

from console.records.json.nodes import quoted
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.wrappings.log_lines import MOST_LINES, shape_of
from console.records.pasted.wrappings.unwrapped import PREFIX_LEFT_OUT, Unwrapped

WORDS = "behind the words of its lines"
LONGEST_WORDS = 300
LONGEST_SEARCHED = 600
MOST_STARTS = 5
CLOSING = {"[": "]", "{": "}", "(": ")"}
# Where a value with names begins, which have no quotes: an object or a list of them, with or without its type.
START = re.compile(
    r"(?:(?<=[\s:=])|\A)(?:@|(?:\w+[\[(])?[A-Za-z_$][\w$.]*+|[A-Z][\w$.]*+ |\[)?(?P<opening>[\[{(])"
    r"(?=\s*+[A-Za-z_$][\w$]*+(?: = |=|: ?| -> )(?![=>/\s]))"
)
# Neither code nor other values.
MESSAGE = re.compile(
    r"(?=.*\w)(?:[^\"'`=;{}()\[\]\n]|\[[^\[\]{}\"'=\n]*+\]|\([\w.:, -]*+\))*+(?:(?<=[\w:]\s)[a-z]\w*+=|(?<=\w)=)?"
)
# The last word of a message that is a word of a program.
OF_CODE = re.compile(
    r"(?:\A|.*\W)(?:return|new|yield|throw|await|in|of|def|class|fun|func|fn|record|struct|import|from)\s*"
)


def without_messages(text: str) -> Unwrapped | None:
    """Return the values that lines end with, behind words of one shape, or None; lines around them are named.

    Where a value begins is told by its bracket and the name behind it: it ends with its line.
    """
    lines = text.strip("\r\n").split("\n")
    if len(lines) > MOST_LINES:
        return None
    starts = [_start_of_value(line.rstrip()) for line in lines]
    numbers = [number for number, start in enumerate(starts) if start > 0]
    if not numbers or 0 in starts:
        return None
    if any(lines[each].strip() and starts[each] < 0 for each in range(numbers[0], numbers[-1])):
        return None
    before = [lines[number][: starts[number]] for number in numbers]
    if len(set(map(shape_of, before))) > 1 or not all(map(_is_message, before)):
        return None
    note = PREFIX_LEFT_OUT.format(quoted(" ".join(before[0].split())))
    around = notes_on_others(lines[: numbers[0]], lines[numbers[-1] + 1 :])
    return Unwrapped("\n".join(lines[number][starts[number] :] for number in numbers), WORDS, (note, *around))


def _start_of_value(line: str) -> int:
    """Return where the value begins that a line ends with; -1 if it ends with none."""
    for match in islice(START.finditer(line[:LONGEST_SEARCHED]), MOST_STARTS):
        if line.endswith((CLOSING[match["opening"]], "]")):
            return match.start()
    return -1


def _is_message(words: str) -> bool:
    return len(words) <= LONGEST_WORDS and MESSAGE.fullmatch(words) is not None and not OF_CODE.fullmatch(words)
