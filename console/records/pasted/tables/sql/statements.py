"""The statements of a script of SQL: where each begins and ends, and what it names."""

import re

# A name, in the quotes of the standard, of MySQL or of SQL Server, and what stands before it.
PART = r"(?:[\w$@#-]++|\"[^\"]*+\"|`[^`]*+`|\[[^\]]*+\])"
NAME = rf"{PART}(?:\s*+\.\s*+{PART})*+"
INSERT = re.compile(
    r"(?:(?:(?:INSERT|REPLACE)(?:\s++(?:ALL|IGNORE|LOW_PRIORITY|DELAYED|OR\s++\w++))?\s++)?INTO|INSERT)\s++"
    rf"(?P<table>{NAME})\s*+(?:\((?P<columns>[^()]*+)\)\s*+)?(?:OVERRIDING\s++\w++\s++VALUE\s*+)?VALUES\s*+(?=\()",
    re.IGNORECASE,
)
COPY = re.compile(
    rf"COPY\s++(?P<table>{NAME})\s*+\((?P<columns>[^()]*+)\)\s*+FROM\s++STDIN\b[^;\n]*+;[ \t\r]*+\n", re.IGNORECASE
)
CREATE = re.compile(
    rf"CREATE\s++(?:\w++\s++){{0,3}}?TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?(?P<table>{NAME})\s*+\(", re.IGNORECASE
)
COMMENT = r"--[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
# Comments, ends of statements, commands of clients, and the end of Oracle's INSERT ALL.
SPACE = re.compile(
    rf"(?:[\s;]++|{COMMENT}|#[^\n]*+|\\[^\n]*+|(?:REM|PROMPT)\b[^\n]*+|(?:GO|/)[ \t\r]*+(?=\n|\Z)"
    r"|SELECT\s++(?:\*|1)\s++FROM\s++dual\b)*+",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z]++")
# A statement to its end: a semicolon, a line with GO or a slash, or a line that begins a statement with rows.
STATEMENT = re.compile(
    rf"(?:{COMMENT}|'[^']*+(?:'|\Z)|\"[^\"]*+(?:\"|\Z)|`[^`]*+(?:`|\Z)|(?s:(?P<dollar>\$\w*+\$).*?(?:(?P=dollar)|\Z))"
    r"|\n(?![ \t\r]*+(?:(?:GO|/)[ \t\r]*+(?:\n|\Z)|(?:INSERT|REPLACE)\s++INTO\b))|[^;\n])*+",
    re.IGNORECASE,
)
# What stands at the beginning of a column's definition, and is no column.
NO_COLUMN = frozenset(
    ("PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "FOREIGN", "CHECK", "INDEX", "FULLTEXT", "SPATIAL", "EXCLUDE", "LIKE")
)
DEFINITION = re.compile(rf"{COMMENT}|'[^']*+'|(?P<name>{PART})|(?P<mark>[(),])")


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
