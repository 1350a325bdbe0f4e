"""A script of SQL below and above words, as in a mail, or above what a client has answered."""

import re
from dataclasses import replace

from console.records.pasted.tables.sql.script import read_script
from console.records.pasted.tables.surroundings import is_count, notes_on_others
from console.records.pasted.tables.table import Table, TableError
from console.records.schemas.schema import Schema

FIRST_STATEMENT = re.compile(r"\s*+(?:INSERT|REPLACE|UPSERT)\s++(?:(?:IGNORE|OR\s++\w++)\s++)?INTO\b", re.IGNORECASE)
# No statement, and no part of one: neither its first word nor what stands in it.
WORDS = re.compile(
    r"\s*+(?!(?i:ALTER|ANALY[SZ]E|BEGIN|CALL|COMMENT|COMMIT|COPY|CREATE|DECLARE|DELETE|DO|DROP|END|EXEC(?:UTE)?|FROM|GO"
    r"|GRANT|IF|INSERT|LOCK|MERGE|ON|PRAGMA|PRINT|RENAME|REPLACE|RETURNING|REVOKE|ROLLBACK|SAVEPOINT|SELECT|SET|START"
    r"|TRUNCATE|UNION|UNLOCK|UPDATE|UPSERT|USE|USING|VALUES|WHERE|WITH)\b)[^\W\d_][^;()=\"`]*+"
)
MOST_LINES = 10


def read_script_among_words(schema: Schema, text: str) -> Table | None:
    """Return the table of a script of SQL, without words above and below it, which are named; raise TableError."""
    try:
        table = read_script(schema, text)
        refusal = None
    except TableError as error:
        table, refusal = None, error
    apart = None if table else _apart(text)
    if apart:
        above, statements, below = apart
        try:
            inner = read_script(schema, "\n".join(statements))
        except TableError:
            inner = None
        if inner:
            return replace(inner, notes=(*notes_on_others(above, below, "statements"), *inner.notes))
    if refusal:
        raise refusal
    return table


def _apart(text: str) -> tuple[list[str], list[str], list[str]] | None:
    """Return the lines above the first statement, those to the end of the last one, and those below; None if none."""
    lines = text.strip("\n").split("\n")
    first = next((number for number, line in enumerate(lines[: MOST_LINES + 1]) if FIRST_STATEMENT.match(line)), None)
    ends = [number for number, line in enumerate(lines) if line.rstrip().endswith(";")]
    ends = ends or [number for number, line in enumerate(lines) if line.rstrip().endswith(")") and not is_count(line)]
    if first is None or not ends:
        return None
    above, below = lines[:first], lines[ends[-1] + 1 :]
    others = [line for line in (*above, *below) if line.strip()]
    if not others or len(others) > MOST_LINES or not all(WORDS.fullmatch(each) or is_count(each) for each in others):
        return None
    return above, lines[first : ends[-1] + 1], below
