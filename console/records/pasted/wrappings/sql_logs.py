"""Statements of SQL in logs: what programs put before each of them, and behind."""

import re

from console.records.json.nodes import quoted
from console.records.pasted.tables.sql.statements import end_of_statement
from console.records.pasted.wrappings.log_lines import WORDS, shape_of
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, PREFIX_LEFT_OUT, Unwrapped

INSERT = r"(?:INSERT|REPLACE|UPSERT)\s+(?:(?:IGNORE|OR\s+\w+)\s+)?INTO\s"
# A log's prefix before a statement.
PREFIX = re.compile(
    rf"(?!\s*(?:--|\#|/\*|(?:WITH|EXPLAIN|BEGIN|IF|ON|CREATE|SELECT|SET|USE|DO|EXEC|EXECUTE)\b))"
    rf"(?P<prefix>[^'\"`;\n]{{0,200}}?\w[^'\"`;\n]{{0,100}}?[\s:)])(?={INSERT})",
    re.IGNORECASE,
)
ANY_INSERT = re.compile(rf"(?:\A|[\s:)]){INSERT}", re.IGNORECASE)
# The rest of a log's line after a statement.
NO_SQL = re.compile(
    r";\s*(?P<rest>(?!(?:INSERT|REPLACE|COMMIT|END|SELECT|GO|ROLLBACK)\b|--|/\*)\w[^\n]*)", re.IGNORECASE
)
BEHIND_LEFT_OUT = "What stands behind each statement is left out: {} and so on."


def without_sql_prefixes(text: str) -> Unwrapped | None:
    """Return statements without what a log has before and behind them on their lines, or None.

    All lines with a statement have a prefix of the same shape; others go on with the one above.
    """
    if len(text) > LONGEST_PROSE:
        return None
    bare: list[str] = []
    prefixes: list[str] = []
    behind: dict[str, None] = {}
    for line in text.strip().split("\n"):
        match = PREFIX.match(line)
        if match is None and (not prefixes or ANY_INSERT.search(line)):
            return None
        prefixes += [match["prefix"].strip()] if match else []
        statement = line[match.end() :] if match else line
        rest = NO_SQL.match(statement, end_of_statement(statement)) if match else None
        behind |= {rest["rest"].strip(): None} if rest else {}
        bare.append(statement[: rest.start() + 1] if rest else statement)
    if len(set(map(shape_of, prefixes))) != 1:
        return None
    notes = [PREFIX_LEFT_OUT.format(quoted(" ".join(prefixes[0].split())))]
    notes += [BEHIND_LEFT_OUT.format(quoted(next(iter(behind))))] if behind else []
    return Unwrapped("\n".join(bare), WORDS, tuple(notes))
