"""Values that stand above a command: in a variable of PowerShell, or in a file that a here document writes."""

import re

from console.records.json.nodes import Array, Object
from console.records.json.writing import json_of
from console.records.pasted.literals.parsing import read_literal_at

# PowerShell's texts: here-strings, texts in single quotes, and texts in double quotes without variables.
VARIABLE = re.compile(
    r"\A(?:[ \t]*+#[^\n]*+\n|[ \t]*+\n)*+[ \t]*+\$(?P<name>\w++)[ \t]*+=[ \t]*+"
    r"(?:@'[ \t]*+\n(?P<lines>.*?)\n'@|'(?P<text>(?:[^']|'')*+)'|\"(?P<double>[^\"$`\n]*+)\")[ \t]*+;?[ \t]*+\n",
    re.DOTALL,
)
# Hashtables and lists, possibly converted to JSON.
LITERAL = re.compile(
    r"\A(?:[ \t]*+#[^\n]*+\n|[ \t]*+\n)*+[ \t]*+\$(?P<name>\w++)[ \t]*+=[ \t]*+(?=(?:ConvertTo-Json\b|[@(\[])[^\n])",
    re.IGNORECASE,
)
AS_JSON = re.compile(
    r"\AConvertTo-Json\b|\|\s*+ConvertTo-Json(?:\s++-[A-Za-z]++(?:\s++[0-9]++)?)*+\s*+\Z", re.IGNORECASE
)
FILE = re.compile(
    r"\A(?:[ \t]*+#[^\n]*+\n|[ \t]*+\n)*+[ \t]*+(?:\$ )?cat[ \t]*+"
    r"(?:>[ \t]*+(?P<before>[\w./-]++)[ \t]*+<<-?[ \t]*+|<<-?[ \t]*+(?=[^\n]*>))"
    r"(?P<quote>['\"]?)(?P<end>\w++)(?P=quote)"
    r"(?:[ \t]*+>[ \t]*+(?P<behind>[\w./-]++))?[ \t]*+\n(?P<lines>.*?)\n(?P=end)[ \t]*+\n",
    re.DOTALL,
)
# Characters that a shell expands in a heredoc whose delimiter is not quoted.
EXPANDED = re.compile(r"[$`]|\\\\")
MOST_VALUES = 5
END_OF_LINE = re.compile(r"[ \t]*+;?[ \t]*+\n")


def with_earlier_values(text: str) -> str:
    """Return a command with the values that stand above it in the places of their names; others stay as they are."""
    for _number in range(MOST_VALUES):
        text, before = _with_literal(_with_variable(_with_file(text))), text
        if text == before:
            break
    return text


def _with_variable(text: str) -> str:
    match = VARIABLE.match(text)
    value = (match["text"] or match["lines"] or match["double"] or "") if match else ""
    if match is None or "'" in value:
        # Shells differ in how a quote is written in quotes.
        return text
    name = re.compile(rf"(?<![\w$])(\"?)\$\{{?{match['name']}\b\}}?\1", re.IGNORECASE)
    rest = text[match.end() :]
    return name.sub(lambda _each: f"'{value}'", rest) if len(name.findall(rest)) == 1 else text


def _with_literal(text: str) -> str:
    """Return a text with a hashtable or a list of PowerShell in the place of its variable: JSON if it is made."""
    match = LITERAL.match(text)
    literal = read_literal_at(text, match.end()) if match else None
    behind = END_OF_LINE.match(text, literal.end) if literal else None
    if match is None or literal is None or behind is None or not isinstance(literal.node, Array | Object):
        return text
    if literal.perhaps_code:
        return text
    source = text[match.end() : literal.end]
    # In single quotes, a shell leaves all but these as it is.
    as_json = "'" + json_of(literal.node).replace("'", "\\u0027") + "'"
    value = as_json if AS_JSON.search(source) else source
    name = re.compile(rf"(?<![\w$])(\"?)\$\{{?{match['name']}\b\}}?\1", re.IGNORECASE)
    rest = text[behind.end() :]
    return name.sub(lambda _each: value, rest) if len(name.findall(rest)) == 1 else text


def _with_file(text: str) -> str:
    match = FILE.match(text)
    name = match and (match["before"] or match["behind"])
    if not match or not name or (not match["quote"] and EXPANDED.search(match["lines"])):
        return text
    value = match["lines"].replace("'", "'\\''")
    use = re.compile(rf"([\"']?)file://(?:\./)?{re.escape(name.removeprefix('./'))}\1(?=\s|\Z)")
    rest = text[match.end() :]
    return use.sub(lambda _each: f"'{value}'", rest) if len(use.findall(rest)) == 1 else text
