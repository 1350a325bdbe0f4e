"""Values that stand above a command: in a variable of PowerShell, or in a file that a here document writes."""

import re

# As PowerShell has a text: of several lines, or in single quotes.
VARIABLE = re.compile(
    r"\A(?:[ \t]*+#[^\n]*+\n|[ \t]*+\n)*+[ \t]*+\$(?P<name>\w++)[ \t]*+=[ \t]*+"
    r"(?:@'[ \t]*+\n(?P<lines>.*?)\n'@|'(?P<text>(?:[^']|'')*+)')[ \t]*+;?[ \t]*+\n",
    re.DOTALL,
)
FILE = re.compile(
    r"\A(?:[ \t]*+#[^\n]*+\n|[ \t]*+\n)*+[ \t]*+(?:\$ )?cat[ \t]*+"
    r"(?:>[ \t]*+(?P<before>[\w./-]++)[ \t]*+<<-?[ \t]*+|<<-?[ \t]*+(?=[^\n]*>))"
    r"(?P<quote>['\"]?)(?P<end>\w++)(?P=quote)"
    r"(?:[ \t]*+>[ \t]*+(?P<behind>[\w./-]++))?[ \t]*+\n(?P<lines>.*?)\n(?P=end)[ \t]*+\n",
    re.DOTALL,
)
# What a shell changes in a here document whose end stands without quotes.
EXPANDED = re.compile(r"[$`]|\\\\")
MOST_VALUES = 5


def with_earlier_values(text: str) -> str:
    """Return a command with the values that stand above it in the places of their names; others stay as they are."""
    for _number in range(MOST_VALUES):
        text, before = _with_variable(_with_file(text)), text
        if text == before:
            break
    return text


def _with_variable(text: str) -> str:
    match = VARIABLE.match(text)
    value = (match["text"] or match["lines"] or "") if match else ""
    if match is None or "'" in value:
        # Shells differ in how a quote is written in quotes.
        return text
    name = re.compile(rf"(?<![\w$])(\"?)\$\{{?{match['name']}\b\}}?\1", re.IGNORECASE)
    rest = text[match.end() :]
    return name.sub(lambda _each: f"'{value}'", rest) if len(name.findall(rest)) == 1 else text


def _with_file(text: str) -> str:
    match = FILE.match(text)
    name = match and (match["before"] or match["behind"])
    if not match or not name or (not match["quote"] and EXPANDED.search(match["lines"])):
        return text
    value = match["lines"].replace("'", "'\\''")
    use = re.compile(rf"([\"']?)file://(?:\./)?{re.escape(name.removeprefix('./'))}\1(?=\s|\Z)")
    rest = text[match.end() :]
    return use.sub(lambda _each: f"'{value}'", rest) if len(use.findall(rest)) == 1 else text
