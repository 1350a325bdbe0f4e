"""Texts of kinds that are known and not read: each gets a sentence on what to paste instead."""

import re
from itertools import takewhile

from console.records.json.nodes import quoted
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.literals.parsing import unread_from
from console.records.pasted.tables.headings import field_named
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE
from console.records.schemas.schema import Schema

# A kind, how it begins or what it has, and what to do.
KINDS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "a table of LaTeX",
        re.compile(r"\\begin\{(?:tabular|table|longtable|array)"),
        "Paste the table as CSV or JSON: pandas has to_csv and to_json, psql has --csv.",
    ),
    (
        "a table of MediaWiki",
        re.compile(r"\A\s*+\{\|[^\n]*\n"),
        "Paste the page's table as it is shown, or CSV or JSON.",
    ),
    ("a table of AsciiDoc", re.compile(r"^\|={3,}[ \t\r]*$", re.MULTILINE), "Paste the table as CSV or JSON."),
    ("a list of reStructuredText", re.compile(r"^\.\. (?:list|csv)-table::", re.MULTILINE), "Paste CSV or JSON."),
    ("serialized PHP", re.compile(r"\A\s*+(?:a:[0-9]+:\{|O:[0-9]+:\")"), "Print it with json_encode or var_export."),
    (
        "what redis-cli shows",
        re.compile(r"\A *+1[)#] (?: *+1\) )*+\""),
        "Its lines are names and values in turn. Paste the records as JSON, each with its id.",
    ),
    (
        "a session of redis-cli",
        re.compile(r"\A\s*+[\w.-]+:[0-9]+(?:\[[0-9]+\])?> "),
        "Paste the records as JSON, each with its id.",
    ),
    ("a table of Apache Arrow", re.compile(r"\A\s*+pyarrow\.(?:Table|RecordBatch)\n"), "Print its to_pylist()."),
    (
        "what Swift's dump shows",
        re.compile(r"^[ \t]*+\u25bf ", re.MULTILINE),
        "Print it with print, or encode it as JSON with JSONEncoder.",
    ),
    (
        "what R shows of a list",
        re.compile(r"\A\s*+\[\[1\]\][$\n]"),
        "Paste the output of dput or of jsonlite::toJSON.",
    ),
    (
        "a term of Erlang",
        re.compile(r"#\{\w++ ?=> ?(?:<<\"|\w++[,}])"),
        "Encode it as JSON, such as with json:encode.",
    ),
    (
        "text of Protocol Buffers",
        re.compile(
            r"\A\s*+[a-z]\w* \{[ \t\r]*\n"
            r"(?:[ \t]+[a-z]\w*: (?:\"[^\"\n]*\"|[-+.0-9e]+|true|false|[A-Z_]+)\r?\n)+[ \t]*\}"
        ),
        "Print it as JSON, with MessageToJson or protojson.",
    ),
    (
        "an operation of GraphQL",
        re.compile(r"\A\s*+(?:mutation|query|subscription)\b[^{\n]*\{"),
        "Paste its variables, or what the service answered, as JSON.",
    ),
    (
        "an UPDATE statement",
        re.compile(r"\A\s*+UPDATE\s++\S++(?:\s++(?:AS\s++)?(?!SET\b)\w++)?\s++SET\b", re.IGNORECASE),
        "It has only what it changes, and a record is replaced as a whole. Paste the rows as they are now.",
    ),
    (
        "a plan of Terraform",
        re.compile(r"^ *[-+~] (?:resource \"|[\w\"]+ += )", re.MULTILINE),
        "Paste the output of terraform output -json or terraform show -json.",
    ),
    ("an array of a shell", re.compile(r"\A\s*+(?:declare -\w+ )?\w+=\("), "Paste its values as CSV or JSON."),
    ("a command of HTTPie", re.compile(r"\A\s*+\$? *+https?(?:ie)? +(?:POST|PUT|PATCH) "), "Paste the body as JSON."),
)
# The mark that a logger or page leaves where it cut a text.
CUT = re.compile(r"(?:\.{3}|\u2026|truncated\b[^{}\"]{0,60})\Z", re.IGNORECASE)
LONGEST_END = 100
CUT_JSON = "JSON that is cut"
WHOLE = "Its end was cut. Paste the whole of it, from where it was not shortened."
ON_LINES = (
    "Each cell stands on a line of its own, and empty ones are lost. Copy the table into a spreadsheet first and "
    "paste it from there, or paste CSV."
)
BEGINS_JSON = re.compile(r"[\[{]\"|\{\\\"|[\[{][ \t\r]{0,8}\n[ \t]{0,16}\"")
MARKUP = re.compile(r"\s*<(?:!DOCTYPE|!--|\?xml|[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>)")
# Prompts and comments, a name that is given a value, and how a literal begins: with a name before a bracket, a
# parenthesis, or a member whose name is written as JSON does not. JSON begins otherwise.
BEGINS_LITERAL = re.compile(
    r"(?:\s*+(?:>>> ?|(?://|#)[^\n]*+\n|/\*(?:[^*]|\*(?!/))*+\*/))*+\s*+"
    r"(?P<given>(?:(?:export|const|let|var|final|val)\s++)*+[A-Za-z_$][\w.$]*+"
    r"(?:\s*+:\s*+[\w<>\[\],.]++(?:[ ][\w<>\[\],.]++)*+)?\s*+=\s*+)?"
    r"(?:(?:\[[0-9]*\]|[\[(]\s*)?(?:[&*]?[A-Za-z_$][\w.$:]*\s?[({\[]|\()|[\[{(](?:[\s\[{(]|//[^\n]*+\n|/\*(?:[^*]|\*(?!/))*+\*/)*+(?:'[^'\n]*'|:?[A-Za-z_$][\w$]*)\s*(?::|=>|=))"
)
UNREAD = (
    "Line {}: it cannot be read near {}. Print the values as JSON, such as with json.dumps, JSON.stringify or "
    "json_encode."
)
NAMED = re.compile(r"[\w$-]{1,60}")
MOST_NAMES = 2000


def refuse_markup(_schema: Schema, _target: str, text: str) -> Found | None:
    """Refuse a text of HTML or XML without a table that is read; return None of all others."""
    if MARKUP.match(text):
        raise Refusal("Paste the records as JSON, CSV or a table's text instead.")
    return None


def refuse_unread(schema: Schema, _target: str, text: str) -> Found | None:
    """Refuse a text of a kind that is known, which has the names of fields; return None of all others."""
    kind = next(((words, advice) for words, pattern, advice in KINDS if pattern.search(text)), None)
    if kind is None and _has_cell_on_each_line(schema, text):
        raise Refusal(ON_LINES, "cells on lines of their own")
    is_cut = kind is None and CUT.search(text[-LONGEST_END:].rstrip()) and BEGINS_JSON.search(text)
    if (kind is None and not is_cut) or not has_names(schema, text):
        return None
    if kind:
        raise Refusal(kind[1], kind[0])
    raise Refusal(WHOLE, CUT_JSON)


def _has_cell_on_each_line(schema: Schema, text: str) -> bool:
    """Return whether field names stand on lines of their own, as in tables copied from pages and mails.

    Cells without a value are lost there, so that it is not certain which column a line is of.
    """
    lines = [line.strip() for line in text.split("\n", MOST_NAMES) if line.strip()]
    names = list(takewhile(lambda line: field_named(schema, line) is not None, lines))
    return 1 < len(names) < len(lines)


def refuse_unread_literal(schema: Schema, _target: str, text: str) -> Found | None:
    """Refuse values as a program shows them that have something which is not known, and say where it is."""
    begin = BEGINS_LITERAL.match(text) if len(text) <= LONGEST_PROSE else None
    if begin is None or len(_names_in(schema, text)) < 2:
        return None
    before = begin.end("given") if begin["given"] else 0
    start = unread_from(text[before:])
    if start is None:
        return None
    start += before
    line, found = text.count("\n", 0, start) + 1, text[start:].partition("\n")[0]
    raise Refusal(UNREAD.format(line, quoted(found)), "values of a program")


def has_names(schema: Schema, text: str) -> bool:
    """Return whether a text has the name of a field among its first words."""
    return bool(_names_in(schema, text))


def _names_in(schema: Schema, text: str) -> set[str]:
    """Return the fields whose names are among the first words of a text."""
    words = (match[0] for match, _number in zip(NAMED.finditer(text), range(MOST_NAMES), strict=False))
    return {field.name for word in words if (field := field_named(schema, word.lstrip("-")))}
