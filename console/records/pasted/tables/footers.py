"""Lines below a table in which a database client counts its rows, or says how long they took."""

import re

FOOTER = re.compile(
    r"[ \t]*+(?:\(?[0-9][0-9,]*+ (?:rows?|row\(s\)|records?|record\(s\)|tuples?)"
    r"(?:,? (?:affected|selected|returned|produced|fetched|in set|[0-9]+ columns?)\b[^\"\n]*+)?\)?\.?"
    r"|Query OK\b[^\"\n]*+|Time: [0-9.,]+ ms[^\"\n]*+)[ \t]*+",
    re.IGNORECASE,
)
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
