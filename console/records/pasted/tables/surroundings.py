"""Lines around a table: counts of its rows, which say nothing that it does not, and others, which are named."""

import re
from collections.abc import Iterable

from console.records.json.nodes import quoted

FOOTER = re.compile(
    r"[ \t]*+(?:\(?[0-9][0-9,]*+ (?:rows?|row\(s\)|records?|record\(s\)|tuples?)"
    r"(?:,? (?:affected|selected|returned|produced|fetched|in set|[0-9]+ columns?)\b[^\"\n]*+)?\)?\.?"
    r"|Query OK\b[^\"\n]*+|Time: [0-9.,]+ ms[^\"\n]*+|Time taken: [0-9.,]+ s[^\"\n]*+|Run Time: real [0-9.]+[^\"\n]*+"
    # Row counts of Databricks and of web pages with tables.
    r"|Showing (?:(?:all|the first) [0-9,]+|[0-9,]+ to [0-9,]+ of [0-9,]+) (?:rows?|records|entries|results)\.?"
    r"|Completion time: [0-9][\w.:+-]*+"
    r"|Fetched:? [0-9,]+ rows?(?:\(s\))?(?: in [0-9.]+ ?s)?)[ \t]*+",
    re.IGNORECASE,
)
# A table's size as polars, Julia and Spark print it.
SIZE = re.compile(
    r"shape: \(.*\)|[0-9]+\u00d7[0-9]+ DataFrame|only showing top [0-9]+ rows?|\[?[0-9]+ rows x [0-9]+ columns\]?"
)
# A client's status line above the rows.
SUCCESS = re.compile(r"OK[ \t]*+", re.IGNORECASE)
# A count, the time, and a blank line or two.
MOST_LINES = 3


def without_footer(text: str) -> str:
    """Return a text of lines without those at its end that count the rows above them."""
    for _line in range(MOST_LINES):
        end = len(text.rstrip())
        start = text.rfind("\n", 0, end) + 1
        if not start or not FOOTER.fullmatch(text, start, end):
            return text
        text = text[:start]
    return text


def without_success(text: str) -> str:
    """Return a text of lines without the first one, if that only says that all went well."""
    first, _break, rest = text.lstrip("\n").partition("\n")
    return rest if SUCCESS.fullmatch(first) else text


def notes_on_others(above: Iterable[str], below: Iterable[str], what: str = "table") -> tuple[str, ...]:
    """Return a sentence on the lines above a table, or what else it is, and one on those below it."""
    return (*_left_out(f"above the {what}", above), *_left_out(f"below the {what}", below))


def _left_out(where: str, lines: Iterable[str]) -> tuple[str, ...]:
    others = [bare for line in lines if (bare := line.strip()) and not is_count(bare)]
    if not others:
        return ()
    more = {1: "", 2: " and 1 more line"}.get(len(others), f" and {len(others) - 1} more lines")
    return (f"Left out {where}: {quoted(others[0])}{more}.",)


def is_count(line: str) -> bool:
    """Return whether a line only says how many rows a table has, how long they took, or that all went well."""
    return any(pattern.fullmatch(line.strip()) for pattern in (FOOTER, SIZE, SUCCESS))
