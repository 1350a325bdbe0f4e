"""How tables are drawn: the lines between their rows and columns, and where these stand."""

import re
from itertools import pairwise

from console.records.pasted.tables.bars import UNESCAPED_BAR
from console.records.pasted.tables.table import TableError
from console.records.pasted.tables.widths import cells_between, columns_of

# Characters of a line between rows; those that join it to the columns' lines are no dashes.
ASCII_RULE = "-+|=: "
BOX_RULE = "".join(chr(code) for code in range(0x2500, 0x2580))
BOX_DASHES = "\u2500\u2501\u2550\u254c\u2574\u2576\u2578\u257a"
DASHES = f"-=: {BOX_DASHES}"
BARS = "|\u2502\u2503\u2506\u2507\u2551"
DRAWN = f"{BOX_RULE} "
SPACED_BAR = re.compile(r"(?:^| )\|(?: |$)")
LONGEST_DELIMITERS = 2000
# Below the heading of a Markdown table, where one dash for a column is enough (GitHub Flavored Markdown, tables).
DELIMITERS = re.compile(r"\s*(?:\|\s*:?-+:?\s*)+\|\s*|\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+")


def is_rule(line: str) -> bool:
    """Return whether a line separates rows: it is drawn, and has two dashes beside each other."""
    bare = line.strip()
    is_ascii = not bare.strip(ASCII_RULE) and ("--" in bare or "==" in bare)
    return is_ascii or (not bare.strip(BOX_RULE) and any(2 * dash in bare for dash in BOX_DASHES))


def is_below_heading(line: str) -> bool:
    """Return whether a line may follow a heading: a rule, or Markdown's row of dashes."""
    return is_rule(line) or (len(line) <= LONGEST_DELIMITERS and DELIMITERS.fullmatch(line) is not None)


def has_bar(line: str) -> bool:
    """Return whether a line has a bar of any kind."""
    return any(bar in line for bar in BARS)


def is_closed(line: str) -> bool:
    """Return whether a line begins and ends with a bar."""
    bare = line.strip()
    return len(bare) > 1 and bare[0] in BARS and bare[-1] in BARS


def completed(rule: str, heading: str) -> str:
    """Return a rule, or one with a joint below each bar of the heading where the rule has fewer.

    A rule is cut where the text is, and some clients draw it without joints.
    """
    bars = {column for character, column in zip(heading, columns_of(heading), strict=False) if character in BARS}
    joints = sum(character not in DASHES for character in rule.strip())
    if not is_closed(heading) or len(bars) <= joints or not joints:
        return rule
    joint, dash = ("\u253c", "\u2500") if any(character >= "\u2500" for character in rule) else ("+", "-")
    return " " * min(bars) + "".join(joint if column in bars else dash for column in range(min(bars), max(bars) + 1))


def joints_of(rule: str) -> int:
    """Return how many places inside of a rule join the lines of columns."""
    return sum(character not in DASHES for character in rule.strip()[1:-1])


class Layout:
    """Where the columns of a table stand, by the line below its heading."""

    def __init__(self, rule: str) -> None:
        columns = columns_of(rule)
        joints = [column for character, column in zip(rule, columns, strict=False) if character not in DASHES]
        is_box = any(character > "\u2500" for character in rule)
        is_open = not joints or joints[0] > len(rule) - len(rule.lstrip())
        edges = [-1, *joints, 10**9] if is_open else joints
        self.is_markdown = "|" in rule and "+" not in rule
        self.is_open = is_open
        self.bars = BARS[1:] if is_box else BARS[0]
        self.joints = joints
        self.edges = [(start + 1, end) for start, end in pairwise(edges)]
        self.words = f"rows of {_kind(is_box=is_box, is_markdown=self.is_markdown, is_open=is_open)}"

    def cells(self, line: str, number: int) -> list[str]:
        """Return the cells of a line: where the lines between columns stand, or else between its bars."""
        columns = {
            column: character for character, column in zip(line, columns_of(line), strict=False) if character in BARS
        }
        is_whole = is_closed(line)
        # Only a row that does not end with a bar may be cut.
        if self.joints and all(joint in columns or (joint >= len(line) and not is_whole) for joint in self.joints):
            return cells_between(line, self.edges)
        whole = line.strip()
        for separator in self._separators():
            cells = separator.split(whole)
            if not self.is_open or (cells and not cells[0].strip() and len(cells) > len(self.edges)):
                cells = cells[1:-1] if len(cells) > len(self.edges) + 1 else cells[1:]
            if len(cells) == len(self.edges):
                return cells
        advice = (
            "Write a bar in a cell as \\|." if self.is_markdown else "If a cell has a bar in it, paste CSV or JSON."
        )
        raise TableError(f"Line {number}: expected {len(self.edges)} cells, as the heading has. {advice}")

    def _separators(self) -> list[re.Pattern[str]]:
        if self.bars != "|":
            return [re.compile(f"[{self.bars}]")]
        return [UNESCAPED_BAR, SPACED_BAR]


def _kind(*, is_box: bool, is_markdown: bool, is_open: bool) -> str:
    if is_box:
        return "a table in a box"
    if is_markdown:
        return "a Markdown table"
    return "a psql table" if is_open else "a table with borders"
