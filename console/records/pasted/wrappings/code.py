"""Code beside a literal that may make other records of it: the console runs none, so such a text is refused."""

import re
from itertools import islice

from console.records.json.nodes import quoted
from console.records.pasted.detected import Refusal
from console.records.pasted.literals.parsing import Literal

# Code after a value that makes another value of it: an index, a call, an operator, a pipe, or a member of a call's
# result.
CODE_BEHIND = re.compile(
    r"[ \t]*+(?:\[[\w:., -]*+\]|%>%|\|>|->\s*+\w|[*+%][ \t]*+[\w(\[{])[^\n]*+|\s*+[?!]{0,2}\.[A-Za-z_]\w*[^\n]*+"
    r"|(?:\s*+\))++(?:\[[\w:., -]*+\]|\.(?:slice|filter|map|take|first|last|head|tail|limit|drop)\b)[^\n]*+"
)
CODE_BEFORE = re.compile(r"[^\n=]*[\w)\]][ \t]*+[*+][ \t]*+\Z")
# Behind a value that a name is given, on its line.
BEHIND_GIVEN = re.compile(r"[ \t]*+(?!//|#|--|/\*|(?:as|satisfies)\b|\| *ConvertTo-Json\b)[^\s;,)\]}][^\n]*+")
GIVEN_A_NAME = re.compile(r"[\w)\]>][ \t]*+(?:=|<-|:=)[ \t]*+(?:new[ \t]++)?\Z")
LONGEST_CODE_BEFORE = 100
# The name that a value is given, with the type and the call that may stand between both.
NAME_BEFORE = re.compile(
    r"[$@%]?\b(?P<name>[A-Za-z_]\w*+)(?:\s*+:\s*+[\w<>\[\], |.?&]++)?[ \t]*+(?:=|<-|:=)[ \t]*+(?:new[ \t]++)?"
    r"(?:[\w.]++(?:<[^<>\n]*+>)?\(?|<[^<>\n]*+>|\(\s*+)?\Z"
)
MOST_LINES_BEHIND = 1000
COMMENT = re.compile(r"\s*+(?://|#|\*|--|/\*)")
# What follows a name where a line modifies its value: a position in it, and an assignment or a call.
CHANGED = (
    # Not the argument of a call that has the name of its value: `users=users`.
    r"[$@%]?(?<![\w.\"']){name}(?P<place>\[[^\]\n]{{0,99}}+\]|\.\w++(?!!?\s*+[({{])|->\w++)*+\s*+"
    r"(?:(?:[-+*/|&]|\|\||<<|:)?=(?![=>])(?!\s*+{name}\s*+(?:[,);]|$))|<-|\+\+|--|<<)"
)
# Methods that show a value as it is.
CALLED = (
    r"(?<![\w.\"']){name}(?:\[[^\]\n]{{0,99}}+\])*+(?:\.|->)"
    r"(?!to_?\w*json\b|to_?string|inspect|length|len|size|count)\w++"
)
LOOPED = r"^\s*+(?:del|delete|unset|for|foreach|while)\b[^\n]*{name}\b"
# Functions that change what they are given.
GIVEN_AWAY = (
    r"(?i:push|pop|shift|splice|sort|shuffle|append|insert|remove|reverse|swap|update|fill)\w*+!?"
    r"(?:\(|[ \t]++(?=[@$%]))[^\n]{{0,200}}(?<!\w){name}\b"
)
CODE_BESIDE = (
    "Code stands beside its records, which may change them: {}. The console runs no code: print the records as JSON, "
    "or leave the code out."
)


def check_code_around(text: str, literal: Literal) -> None:
    """Raise Refusal if code makes another value of a literal: `[…][:1]`, `users = […] + others`, `users.pop()`."""
    before = text[max(0, literal.start - LONGEST_CODE_BEFORE) : literal.start]
    code = CODE_BEFORE.search(before) or CODE_BEHIND.match(text, literal.end)
    if code is None and GIVEN_A_NAME.search(before):
        code = BEHIND_GIVEN.match(text, literal.end)
    if code:
        raise Refusal(CODE_BESIDE.format(quoted(code[0].strip())))
    given = NAME_BEFORE.search(before)
    if given:
        check_later_lines(text[literal.end :], given["name"])


def check_later_lines(text: str, name: str) -> None:
    """Raise Refusal if a line may change the value that a name has."""
    changes = [re.compile(each.format(name=re.escape(name))) for each in (CHANGED, CALLED, LOOPED, GIVEN_AWAY)]
    for line in islice(text.split("\n"), MOST_LINES_BEHIND):
        if name in line and not COMMENT.match(line) and any(each.search(line) for each in changes):
            raise Refusal(CODE_BESIDE.format(quoted(line.strip())))
