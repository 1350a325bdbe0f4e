"""The statements of a script of SQL: where each begins and ends, and what it names."""

import re
from collections.abc import Sequence

from console.records.json.nodes import quoted

COMMENT = r"--[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
# A name, in the quotes of the standard, of MySQL or of SQL Server, and what stands before it.
PART = r"(?:[\w$@#-]++|\"[^\"]*+\"|`[^`]*+`|\[[^\]]*+\])"
NAME = rf"{PART}(?:\s*+\.\s*+{PART})*+"
COLUMNS = r"(?:\((?P<columns>[^()]*+)\)\s*+)?"
# The keyword before the rows: VALUES, also as a format of ClickHouse, a SELECT of literals, or MySQL's SET.
SOURCE = r"(?:(?:FORMAT\s++)?(?P<values>VALUES)\s*+(?=\(|ROW\b)|(?P<select>SELECT)\s++)"
INSERT = re.compile(
    r"(?:(?:(?:INSERT|REPLACE|UPSERT)(?:\s++(?:ALL|IGNORE|LOW_PRIORITY|DELAYED|OVERWRITE|OR\s++\w++))?\s++)?INTO"
    r"|INSERT(?:\s++OVERWRITE)?|REPLACE)\s++(?:TABLE\s++)?"
    rf"(?P<table>{NAME})\s*+(?:AS\s++\w++\s*+)?{COLUMNS}(?:OVERRIDING\s++\w++\s++VALUE\s*+|OUTPUT\s[^();]*?)?"
    rf"(?:{SOURCE}|(?P<set>SET)\s++)",
    re.IGNORECASE,
)
# Rows that are a statement by themselves, and those of a table that a statement has in parentheses.
ROWS = re.compile(SOURCE, re.IGNORECASE)
INNER_ROWS = re.compile(
    rf"(?:(?P<merge>MERGE)\s++(?:INTO\s++)?(?P<table>{NAME})(?:\s++(?!USING\b)(?:AS\s++)?\w++)?\s++USING"
    rf"|SELECT\s++\*\s++FROM|WITH\s++{PART}\s*+{COLUMNS}AS)\s*+\(\s*+{SOURCE}",
    re.IGNORECASE,
)
NO_ALIAS = r"(?:ON|WITH|SELECT|INSERT|REPLACE|MERGE|UPDATE|UPSERT|WHERE|LIMIT|ORDER|GROUP|JOIN|UNION)\b"
BEHIND_INNER_ROWS = re.compile(rf"\s*+\)(?:\s*+(?:AS\s++)?(?!{NO_ALIAS}){PART})?\s*+{COLUMNS}", re.IGNORECASE)
COPY = re.compile(
    rf"COPY\s++(?P<table>{NAME})\s*+\((?P<columns>[^()]*+)\)\s*+FROM\s++STDIN\b[^;\n]*+;[ \t\r]*+\n", re.IGNORECASE
)
CREATE = re.compile(
    rf"CREATE\s++(?:\w++\s++){{0,3}}?TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?(?P<table>{NAME})\s*+\(", re.IGNORECASE
)
# Comments, ends of statements, commands of clients, and the end of Oracle's INSERT ALL.
SPACE = re.compile(
    rf"(?:[\s;]++|{COMMENT}|#[^\n]*+|\\[^\n]*+|(?:REM|PROMPT)\b[^\n]*+|(?:GO|/)[ \t\r]*+(?=\n|\Z)"
    r"|SELECT\s++(?:\*|1)\s++FROM\s++dual\b)*+",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z]++")
# The clauses after the rows: how conflicts are handled, and what is returned.
BEHIND_ROWS = re.compile(
    rf"(?:\s++|{COMMENT})*+(?=(?:AS\s++\w++\s*+(?:\([^()]*+\)\s*+)?)?(?:ON\s++(?:CONFLICT|DUPLICATE)|RETURNING|WHERE|ORDER)\b)",
    re.IGNORECASE,
)
# What a statement has up to its end or a text in dollars. It ends with a semicolon, a line with GO or a slash, or
# before a line that begins one with rows.
IN_STATEMENT = re.compile(
    rf"(?:{COMMENT}|'[^']*+(?:'|\Z)|\"[^\"]*+(?:\"|\Z)|`[^`]*+(?:`|\Z)"
    r"|\n(?![ \t\r]*+(?:(?:GO|/)[ \t\r]*+(?:\n|\Z)|(?:INSERT|REPLACE)\s++(?:INTO\b|\[|[\w.]++\s*+\()))"
    r"|[^;\n$]|\$(?!\w*+\$))*+",
    re.IGNORECASE,
)
# PostgreSQL's quotes, such as $$ and $body$.
DOLLARS = re.compile(r"\$\w*+\$")
# Words that begin a definition within CREATE TABLE without being a column.
NO_COLUMN = frozenset(
    ("PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "FOREIGN", "CHECK", "INDEX", "FULLTEXT", "SPATIAL", "EXCLUDE", "LIKE")
)
DEFINITION = re.compile(rf"{COMMENT}|'[^']*+'|(?P<name>{PART})|(?P<mark>[(),])")
# Statements that may accompany rows without changing them.
BESIDE_ROWS = frozenset(
    (
        "ALTER",
        "ANALYZE",
        "BEGIN",
        "COMMENT",
        "COMMIT",
        "CREATE",
        "DECLARE",
        "DROP",
        "END",
        "GRANT",
        "IF",
        "LOCK",
        "PRAGMA",
        "PRINT",
        "REVOKE",
        "SELECT",
        "SET",
        "START",
        "UNLOCK",
        "USE",
    )
)
CHANGES_ROWS = frozenset(("DELETE", "MERGE", "TRUNCATE", "UPDATE"))


def end_of_statement(text: str, position: int = 0) -> int:
    """Return where the statement ends that goes on at a position of a text."""
    position = end_of(IN_STATEMENT, text, position)
    while quote := DOLLARS.match(text, position):
        closing = text.find(quote[0], quote.end())
        position = end_of(IN_STATEMENT, text, closing + len(quote[0])) if closing >= 0 else len(text)
    return position


def end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Return where a pattern that matches everywhere ends."""
    match = pattern.match(text, position)
    return match.end() if match else position


def names_of(columns: str) -> list[str]:
    """Return the names in a list of columns, without quotes."""
    return [bare_name(name) for name in columns.split(",")]


def bare_name(name: str) -> str:
    """Return the last part of a name, without quotes."""
    return name.strip().rpartition(".")[2].strip().strip('"`[]')


def columns_of_table(statement: str, position: int) -> list[str]:
    """Return the columns that a CREATE TABLE defines behind its parenthesis."""
    columns: list[str] = []
    depth, is_first = 1, True
    for match in DEFINITION.finditer(statement, position):
        if match["name"]:
            if is_first and depth == 1 and match["name"].upper() not in NO_COLUMN:
                columns.append(bare_name(match["name"]))
            is_first = False
        elif match["mark"]:
            depth += {"(": 1, ")": -1, ",": 0}[match["mark"]]
            is_first = match["mark"] == ","
        if depth == 0:
            break
    return columns


def notes_behind(behind: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence on what statements have behind their rows, if they have something."""
    if not behind:
        return ()
    more = f", and {len(behind) - 1} more" if len(behind) > 1 else ""
    return (f"Left out behind the rows: {quoted(behind[0])}{more}.",)
