"""How programs print values without quotes: the styles, and which one a text has."""

import re
from dataclasses import dataclass
from functools import cache

# How far into a text the first name may be.
LONGEST_HEAD = 1000
FIRST_NAME = re.compile(
    r"(?P<before>@?[\[{(])\s*(?:'(?P<quoted>[^'\n]+)': |[A-Za-z_][\w$]*(?P<assign> = |=| -> |:)(?=[^:=/\s]))"
)
# A record may stand behind its id, as maps of Java, Scala and Go have it: `{u-1={AGE=34`.
ID = r"[^\s,;=:(){}\[\]'\"]+"
BEFORE_FIRST_NAME = re.compile(rf"[\w.$@&\s\[({{]*(?:(?<=[\[({{]){ID}(?:=|:| -> )[\w.$@&\s\[({{]*)?\Z")
WITHOUT_NAMES = re.compile(r"\s*(?:List|Array|Seq|Vector|WrappedArray|ArrayBuffer|ArraySeq)\((?:\[|[A-Z]\w*\()")
# Case classes of Scala, a line each.
ON_LINES_WITHOUT_NAMES = re.compile(r"\s*(?P<type>[A-Z]\w*)\([^\n]*\)[ \t\r]*\n(?P=type)\(")
# IntelliJ IDEA prints a value's type before it.
TYPE_OF_DEBUGGER = re.compile(r"\s*\{[\w.$]+@[0-9]+\}\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Style:
    """How a program prints: its names, with what stands behind them, and what is between values.

    `between_items` is what is between those of a list where values end with their lines. `empty` is the value of
    nothing at all. `is_padded` says whether a space stands before the closing bracket,
    and `has_escapes` whether texts stand in single quotes with backslashes before those in them.
    """

    name: re.Pattern[str]
    between: re.Pattern[str]
    has_empty_texts: bool = True
    is_padded: bool = False
    between_items: re.Pattern[str] | None = None
    has_escapes: bool = False

    def member_name(self, text: str, position: int) -> re.Match[str] | None:
        """Return the name of a member that stands at a place of a text, or the id of one that is a record, or None."""
        return self.name.match(text, position) or _id_before_record(self.name).match(text, position)

    def ends(self, *, is_item: bool) -> re.Pattern[str]:
        """Return what is between values: those of a list, or those of an object."""
        return self.between_items if is_item and self.between_items else self.between

    def marks(self, *, is_item: bool) -> re.Pattern[str]:
        """Return the pattern of all that may end a value."""
        return re.compile(rf"[\[\](){{}}]|{self.ends(is_item=is_item).pattern}")


@cache
def _id_before_record(name: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern of an id that stands in the place of a name, before a record in brackets."""
    behind = name.pattern.partition(")")[2]
    return re.compile(rf"(?P<name>{ID}){behind}(?=[\w.$]*[\[({{])")


NAME = r"(?P<name>[A-Za-z_$][\w.$]*+)"
JAVA = Style(re.compile(rf"{NAME}="), re.compile(r",\s*+"))
C_SHARP = Style(re.compile(rf"{NAME} = ?"), re.compile(r", "), has_empty_texts=False, is_padded=True)
SCALA = Style(re.compile(rf"{NAME} -> "), re.compile(r", "))
# Go's %+v.
GO = Style(re.compile(rf"{NAME}:"), re.compile(r" "))
GROOVY = Style(re.compile(rf"{NAME}:"), re.compile(r", "))
POWERSHELL = Style(re.compile(rf"{NAME}="), re.compile(r"; "), has_empty_texts=False)
# Java with a line for each value: MULTI_LINE_STYLE of commons-lang, and code generated from OpenAPI.
ON_LINES = re.compile(r"[ \t\r]*\n\s*+")
LAST_LINE_BREAK = re.compile(r"[ \t\r]*\n\s*+\Z")
JAVA_ON_LINES = Style(re.compile(rf"{NAME}="), ON_LINES, between_items=re.compile(r",\s*+"))
COLONS_ON_LINES = Style(re.compile(rf"{NAME}: "), ON_LINES, between_items=re.compile(r",\s*+"))
IS_ON_LINES = re.compile(
    rf"(?P<class>class )?(?P<type>[\w.$]++(?:@[0-9a-f]++)?) ?[\[{{][ \t\r]*\n\s*+{NAME.replace('?P<name>', '?:')}"
    rf"(?P<assign>=|: )[^\n]*(?<![,;\s])[ \t\r]*\n\s*+(?:{NAME.replace('?P<name>', '?:')}(?P=assign)|[\])}}])"
)
DUCKDB = Style(re.compile(r"'(?P<name>[^'\n]++)': "), re.compile(r", "), has_escapes=True)
STYLES = {"=": JAVA, " = ": C_SHARP, " -> ": SCALA, ":": GO}


def style_of(text: str) -> Style | None:
    """Return the style in which a text as a whole may be printed, or None."""
    head = without_type(text[:LONGEST_HEAD])
    on_lines = IS_ON_LINES.search(head)
    if on_lines and BEFORE_FIRST_NAME.match(head[: on_lines.start()]):
        if on_lines["assign"] == "=":
            return JAVA_ON_LINES
        return COLONS_ON_LINES if on_lines["class"] else None
    first = FIRST_NAME.search(head)
    if first is None:
        is_printed = WITHOUT_NAMES.match(head) or ON_LINES_WITHOUT_NAMES.match(head)
        return JAVA if is_printed else None
    if not BEFORE_FIRST_NAME.match(head[: first.start()]):
        return None
    if first["quoted"]:
        return DUCKDB
    if first["before"] == "[" and first["assign"] == ":" and not head[: first.start()].endswith("map"):
        return GROOVY
    return POWERSHELL if first["before"].startswith("@") else STYLES[first["assign"]]


def may_be_code(text: str, style: Style) -> bool:
    """Return whether a text may be a program as well, whose words are variables: a call or an initializer."""
    opening = re.search(r"[(\[{](?=[^(\[{]*\Z)", text[: _start_of_names(text)])
    return style in (C_SHARP, SCALA, DUCKDB) or (opening is not None and opening[0] == "(")


def _start_of_names(text: str) -> int:
    first = FIRST_NAME.search(text[:LONGEST_HEAD])
    return first.start("before") + len(first["before"]) if first else 0


def names_in(text: str, style: Style) -> list[str]:
    """Return the names at the beginning of a text."""
    return [match["name"] for match in style.name.finditer(text[:LONGEST_HEAD])]


def without_type(text: str) -> str:
    """Return a text without the type of its value, as a debugger shows it before it."""
    return TYPE_OF_DEBUGGER.sub("", text, count=1) if TYPE_OF_DEBUGGER.match(text) else text
