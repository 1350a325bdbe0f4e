"""The tokens of literals in programming languages, and of JSON.

What the languages share is one kind of token; what one of them writes another way keeps its text, for the parser.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<struct>\#<(?:struct\s+)?[\w:]*\s)
    | (?P<extended>\#"(?:[^"\r\n]|"(?!\#))*+"\#)
    | (?P<opaque>\#[A-Z][\w.]*<(?:[^<>\n]|<[^<>\n]*>)*+>)
    | (?P<tag>\#[a-z][\w.-]*\.[A-Z]\w*(?=\{))
    | (?P<comment>//[^\r\n]*|\#[^\r\n]*|/\*.*?\*/)
    | (?P<verbatim>@"(?:[^"]|"")*+")
    | (?P<string>"(?:[^"\\\r\n]|\\.)*"(?!"))
    | (?P<triple>(?:[uUrRbBfF]{1,2}|s)?(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}))
    | (?P<empty>"")
    | (?P<raw>r\#"(?:[^"]|"(?!\#))*+"\#|R"\((?=\s*+[\[{])(?:[^)]|\)(?!"))*+\)")
    | (?P<words>%[wi](?:\[[^\[\]\\\#]*+\]|\([^()\\\#]*+\)|\{[^{}\\\#]*+\}))
    | (?P<counted>array:[0-9]+\s*+\[[ ]?[\u25bc\u25be^]?
        |(?:array\([0-9]+\)|(?:object\([\w\\]+\)|class[ ][\w\\]+)\#[0-9]+\s\([0-9]+\))\s*+\{)
    | (?P<sized>string\([0-9]{1,9}\)[ ]")
    | (?P<property>\["[^"\r\n]*+":(?:protected|"[^"\r\n]*+":private)\]=>
        |(?:public|protected|private)[ ](?:readonly[ ])?(?:[?\w\\|&()]++[ ])?\$\w++[ ]=>)
    | (?P<enum><[A-Z]\w*\.\w+:\ (?:'[^'\\\r\n]*+'|[0-9]+)>)
    | (?P<not_shown>\[(?:Function|AsyncFunction|Circular|Getter|Setter|class)\b[^\]\n]*+\])
    | (?P<flag>bless\(\s?do\{\\\(my\s\$\w+\s=\s[01]\)\},\s'[\w:]+'\s?\)|!!(?:[01]|''))
    | (?P<moment>(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),[ ][0-9]{2}[ ][A-Z][a-z]{2}[ ][0-9]{4}[ ][0-9:]{8}(?:\.[0-9]+)?[ ]
        [A-Z]{2,5}|[0-9]{4}-[0-9]{2}-[0-9]{2}[ ][0-9:]{8}(?:\.[0-9]+)?)[ ](?:UTC|[-+][0-9]{2}:?[0-9]{2})\b
        |[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:?[0-9]{2})\b)
    | (?P<link>\$VAR[0-9]+(?:->)(?:\[[0-9]{1,6}\]|\{'[^'\\\n]*+'\})++)
    | (?P<reference><ref[ ]\*[0-9]+>)
    | (?P<prefixed>(?:[uUrRbBfF]{1,2}|s|\$@?|@\$)(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'))
    | (?P<single>'(?:[^'\\]|\\.)*')
    | (?P<template>`(?:[^`\\]|\\.)*`)
    | (?P<typographic>[\u201c-\u201e](?:[^\u201c-\u201e\\]|\\.)*[\u201c\u201d])
    | (?P<single_typographic>[\u2018-\u201a](?:[^\u2018-\u201a\\]|\\.)*[\u2018\u2019])
    | (?P<unusual_space>[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+)
    | (?P<number>
        [-+]?(?:0[xX][0-9A-Fa-f]{1,8}(?!\w)|[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?(?P<suffix>[LlnNfFdDmMG]?)(?![\w.])
      )
    | (?P<name>@?[A-Za-z_$][\w$]*+(?:(?:\.|::|\\)[A-Za-z_$][\w$]*+)*+)
    | (?P<class_name><(?:class|function|built-in)\b(?:[^<>]|<\w+>)*>)
    | (?P<angled><[\w/+:-]+>)
    | (?P<repr><[A-Za-z]\w*(?=\s[\[{]))
    | (?P<arrow>=>|->)
    | (?P<masked>--)(?=[,\s\]])
    | (?P<mark>[{}\[\](),:;=.])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# A quote within it is written twice, and a backslash is one.
POWERSHELL_STRING = re.compile(r"'(?:[^']|'')*+'|\"(?:[^\"`]|\"\"|`.)*+\"", re.DOTALL)
STRINGS = frozenset(
    (
        *("string", "empty", "triple", "verbatim", "raw", "extended", "sized", "prefixed", "single", "template"),
        *("typographic", "single_typographic"),
    )
)
# Tokens that are skipped.
PASSED = frozenset(("space", "comment", "unusual_space", "reference", "tag"))
ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|[ux]\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3})|(\r\n|.))",
    re.DOTALL,
)
SIMPLE_ESCAPES = dict(zip("ntrbfvea", "\n\t\r\b\f\v\x1b\a", strict=True)) | {"\n": "", "\r\n": ""}
EXPRESSION = re.compile(r"(?<!\\)(?:\\\\)*+\$\{")
# In double quotes of Swift.
CODE_IN_STRING = re.compile(r"(?<!\\)(?:\\\\)*+\\\((?:[^()\\\"]|\([^()\\\"]*+\))++\)")
# In double quotes of Ruby and Elixir; a text elsewhere.
RUBY_IN_STRING = re.compile(r"(?<!\\)(?:\\\\)*+#\{(?:[^}\"#]|#(?!\{))++\}")
# In double quotes of PHP, Perl, Kotlin and Groovy; a text elsewhere.
VARIABLE_IN_STRING = re.compile(r"(?<!\\)(?:\\\\)*+\$(?:[A-Za-z_]|\{)")


class Token(NamedTuple):
    """A token: its kind, its text, and the offset where it stands."""

    kind: str
    text: str
    start: int


END = Token("end", "", 0)


class Tokens:
    """The tokens of a text that mean something, from an offset on, read as far as they are asked for.

    A name stands with its dots: `np.float64`. What no language has is a token `other`. `passed` are the kinds of what
    was passed over.
    """

    def __init__(self, text: str, start: int = 0) -> None:
        self.text = text
        self._found = _tokens_of(text, start)
        self._read: list[Token] = []
        self.passed: set[str] = set()

    def __getitem__(self, index: int) -> Token:
        """Return a token by its number; END past the last one."""
        while index >= len(self._read):
            token = next(self._found, None)
            if token is None:
                return END
            if token.kind in PASSED:
                self.passed.add(token.kind)
            else:
                self._read.append(token)
        return self._read[index]


def _tokens_of(text: str, start: int) -> Iterator[Token]:
    """Yield all tokens of a text from an offset on; behind a hashtable of PowerShell's beginning, its strings."""
    is_powershell = False
    while match := TOKEN.match(text, start):
        # The group of a number's suffix is the last one that matched.
        kind = "number" if match.lastgroup == "suffix" else match.lastgroup or "other"
        end = match.end()
        if kind == "sized":
            end, kind = _end_of_sized(text, match)
        elif is_powershell and (own := POWERSHELL_STRING.match(text, start)):
            end, kind = own.end(), "single" if own[0][0] == "'" else "string"
        is_powershell |= kind == "other" and text.startswith("@{", start)
        yield Token(kind, text[start:end], start)
        start = end


def _end_of_sized(text: str, match: re.Match[str]) -> tuple[int, str]:
    """Return where a text of PHP's var_dump ends, which the number of its bytes tells, and the kind of its token.

    It is `other`, as what no language has, if no quote stands there.
    """
    size = int(match[0].removeprefix("string(").partition(")")[0])
    shown = text[match.end() : match.end() + size].encode("utf-8", "surrogatepass")[:size]
    end = match.end() + len(shown.decode("utf-8", "ignore"))
    return (end + 1, "sized") if len(shown) == size and text.startswith('"', end) else (match.end(), "other")


def has_code(token: Token) -> bool:
    """Return whether a string has a part that its program computes, whichever it is: `f"u-{i}"` and its like."""
    text, kind = token.text, token.kind
    if kind == "template":
        return EXPRESSION.search(text) is not None
    prefix = _prefix(token)
    if "f" in prefix or "$" in prefix:
        return "{" in text
    if "s" in prefix:
        return "$" in text
    return _is_in_double_quotes(token) and "\\(" in text and CODE_IN_STRING.search(text) is not None


def may_have_ruby(token: Token) -> bool:
    """Return whether a string has what is code in Ruby and Elixir, and a text in others: `"u-#{i}"`."""
    return "#{" in token.text and _is_in_double_quotes(token) and RUBY_IN_STRING.search(token.text) is not None


def _is_in_double_quotes(token: Token) -> bool:
    return token.kind in ("string", "triple") and token.text.startswith('"')


def may_have_variable(token: Token) -> bool:
    """Return whether a string has what is a variable in some languages, and a text in others: `"u-$i"`."""
    return "$" in token.text and _is_in_double_quotes(token) and VARIABLE_IN_STRING.search(token.text) is not None


def text_in_quotes(token: Token) -> str:
    """Return what stands in the quotes of a string, as it is written."""
    return token.text[len(_prefix(token)) :].strip("\"'`")


def _prefix(token: Token) -> str:
    """Return what stands before the quotes of a string, in lower case."""
    if token.kind not in ("triple", "prefixed"):
        return ""
    return token.text[: min(token.text.find(quote) for quote in "\"'" if quote in token.text)].lower()


def string_text(token: Token) -> str | None:
    """Return what a string token stands for; None if it has a part that only its program knows."""
    text, kind = token.text, token.kind
    if kind == "verbatim":
        # C# has no escapes here; Objective-C uses the same syntax with escapes.
        return None if "\\" in text else text[2:-1].replace('""', '"')
    if kind == "raw":
        # Rust's r#"…"#, and C++'s R"(…)".
        return text[3:-2]
    if kind == "extended":
        # Swift, where escapes carry the mark too.
        return None if "\\#" in text else text[2:-2]
    if kind == "sized":
        # PHP's var_dump does not escape text.
        return text[text.index('"') + 1 : -1]
    prefix = _prefix(token)
    text = text[len(prefix) :]
    width = 3 if kind == "triple" else 1
    inner = text[width:-width]
    if "r" in prefix or "\\" not in inner:
        return inner
    if any(map(_is_unknown, ESCAPE.finditer(inner))):
        return None
    text = ESCAPE.sub(_character, inner)
    # Two escapes for the halves of one character, as JSON and JavaScript write it; one half alone is no text.
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None


def _is_unknown(escape: re.Match[str]) -> bool:
    """Return whether an escape is read in several ways: as a letter, or a backslash and the letter, as in `C:\\Users`.

    YAML leaves the blanks behind a line break out as well, and has `\\_` for a no-break space.
    """
    if escape[6] in ("\n", "\r\n"):
        return escape.string[escape.end() : escape.end() + 1] in (" ", "\t")
    return bool(escape[6]) and (escape[6].isalnum() or escape[6] == "_") and escape[6] not in SIMPLE_ESCAPES


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3] or match[4]
    if digits:
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF else match[0]
    if match[5]:
        return chr(int(match[5], 8))
    return SIMPLE_ESCAPES.get(match[6], match[6])
