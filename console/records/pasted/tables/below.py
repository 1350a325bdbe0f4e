"""What stands below the rows of a table with aligned columns and is none of them, though any words might be one."""

import re
from collections.abc import Sequence

from console.records.pasted.tables.separated import SIGNATURE
from console.records.pasted.tables.table import CUT_MARKS

# Prompts of shells, database clients and interactive languages. A price is not a prompt.
PROMPT = re.compile(
    r"""[ ]?(?:>>>|In[ ]\[[0-9]*\]:|Out\[[0-9]+\]:|irb\([^)\n]*\)[\w:]*[>*]|[>$%\#](?![ \t]*+[-\d])
      |PS[ ][^>\n]{0,100}>|[A-Za-z]:\\[^>\n]{0,100}>|(?:ba|z|da|k)?sh(?:-[\d.]+)?[$\#%]
      |\w[\w.-]{0,60}(?:[ ][\[(][\w ().]{1,60}[\])])?[-=]?>|\w[\w.-]{0,60}[-=]\#
      |\[?[\w.-]{1,60}@[\w.-]{1,60}[^\s$\#%>]{0,100}(?:[ ][^\s\d$\#%>][^\s$\#%>]{0,100})?[ ]?[$\#%>]
    )(?=[ \t]|\Z)""",
    re.VERBOSE,
)
SIGN_OFF = re.compile(
    r"(?:(?:many[ ])?thanks|thank[ ]you|cheers|(?:(?:best|kind|warm)[ ])?regards)[,.!]?(?:[ ]\w+)?", re.IGNORECASE
)
WIDE_GAP = re.compile(r"\S {2,}\S")
NUMBER_OR_LETTERS = re.compile(r"(?P<number>[0-9]+)|[^\W\d_]+")
WORD = re.compile(r"\w")
MOST_WORDS_BELOW = 3


def split_below(text: str) -> tuple[str, Sequence[str]]:
    """Return a table with aligned columns, and the lines below it: from a prompt, a sign-off or words on.

    A paragraph is words if it ends as a mail does, has hardly any of the heading's cells, or no gaps between columns
    where all rows above have some. Other lines are rows.
    """
    lines = text.split("\n")
    written = [number for number, line in enumerate(lines) if line.strip()]
    if len(written) < 3:
        return text, ()
    # A data frame goes on below in a paragraph that has other columns.
    is_in_parts = lines[written[0]].rstrip().endswith("\\")
    first = next((number for number in range(written[0], len(lines)) if not lines[number].strip()), len(lines))
    above = [] if is_in_parts else lines[written[0] : first]
    is_new = False
    for number in range(written[1] + 1, len(lines)):
        line = lines[number].rstrip()
        if not line.strip():
            is_new = True
            continue
        if PROMPT.match(line) or SIGN_OFF.fullmatch(line) or (is_new and len(above) > 1 and _is_words(line, above)):
            return "\n".join(lines[:number]), lines[number:]
        is_new = False
    return _without_words(lines, written)


def _without_words(lines: list[str], written: list[int]) -> tuple[str, Sequence[str]]:
    """Return the lines of a table, and those at its end that begin as none of its rows do and have no columns.

    A mark of rows that are left out is no word, and neither is a line that is only drawn.
    """
    end = len(written)
    while end > 2 and len(written) - end < MOST_WORDS_BELOW:
        last = lines[written[end - 1]].strip()
        above = [lines[number].strip() for number in written[: end - 1]]
        has_columns = WIDE_GAP.search(last) or not all(WIDE_GAP.search(line) for line in (above[0], above[-1]))
        if last in CUT_MARKS or not WORD.search(last) or (" " in last and has_columns):
            break
        rows = [line for line in above[1:] if WORD.search(line)]
        if not rows or _beginning(last) in map(_beginning, rows):
            break
        end -= 1
    if end == len(written):
        return "\n".join(lines), ()
    return "\n".join(lines[: written[end]]), lines[written[end] :]


def _beginning(line: str) -> str:
    """Return the kind of a line's first word: its marks, and where it has digits and letters."""
    return NUMBER_OR_LETTERS.sub(lambda match: "9" if match["number"] else "a", line.split()[0])


def _is_words(line: str, above: Sequence[str]) -> bool:
    """Return whether a line that begins a paragraph below a table is no row of it."""
    if SIGNATURE.match(line) or 2 * len(line.split()) < len(above[0].split()):
        return True
    return not WIDE_GAP.search(line) and all(map(WIDE_GAP.search, above))
