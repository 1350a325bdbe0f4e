"""What texts look like that a program, a page or another place in a file has left in the place of values."""

import re
from collections.abc import Callable, Iterator
from unicodedata import normalize
from urllib.parse import unquote

from console.records.html_references import without_references
from console.records.json.nodes import quoted

# HTML entities for its own marks, and for letters and marks of European languages.
ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|euro|szlig|oslash|aring|[mn]dash|hellip|[lr][sd]quo"
    r"|[A-Za-z](?:uml|acute|grave|circ|tilde|cedil)|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});"
)
# Most texts have none of these, and are not examined further.
SUSPECT = re.compile(r"[&%\\(\[<\x00-\x08\x0e-\x1f\x7f]")
PLAIN_ID = re.compile(r"[A-Za-z0-9_](?:[\w.@:/+-]*[\w])?", re.ASCII)

# Complete literals of Python, Java, Scala, JavaScript and PHP: quoted texts, empty lists, lists of texts, and calls.
IN_QUOTES = r"(?:'[^']*'|\"[^\"]*\")"
OF_PROGRAMS = re.compile(
    rf"[bu]{IN_QUOTES}|[\[{{]\s*[\]}}]|\[\s*{IN_QUOTES}(?:,\s*{IN_QUOTES})*+\s*\]"
    rf"|[A-Za-z_][\w.]*\((?:{IN_QUOTES}|[\[{{].*[\]}}])\)|[a-z]\w*\.[a-z]\w*\([0-9, ]+\)"
)
# A text that begins with a quote which nothing closes: the rest of it was cut.
UNCLOSED = re.compile(r"\s*[\"\u201c][^\"\u201c\u201d]+")

# A whole number as data frames write it where another one of its column is missing; versions have less digits.
WITH_FRACTION = re.compile(r"([1-9][0-9]{2,})\.0")

OF_PROGRAM_ENDS = tuple(")]}'\"")
# Word processors' hyphens, and Cyrillic and Greek letters that look like Latin ones.
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
LETTERS = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
    "ABEKMHOPCTXaeopcyxABEZHIKMNOPTYXo",
)
LATIN = re.compile(r"[A-Za-z]")

type Sentence = Callable[[re.Match[str]], str]


def _in_entities(match: re.Match[str]) -> str:
    character = without_references(match[0])
    return f"{quoted(match.string)} has {match[0]} as pages have it for “{character}”: write the character."


def _in_address(match: re.Match[str]) -> str:
    return (
        f"{quoted(match.string)} has {match[0]} as addresses have it for “{unquote(match[0])}”: write the character."
    )


def _escaped(match: re.Match[str]) -> str:
    before = f"has a backslash before “{match[1]}”, as programs escape it"
    return f"{quoted(match.string)} {before}: leave it out unless it is meant."


def _cut(match: re.Match[str]) -> str:
    return f"{quoted(match.string)} ends with a backslash: leave it out unless it is meant."


def _by_number(match: re.Match[str]) -> str:
    return f"{quoted(match.string)} has {match[0]} as programs escape a character: write the character."


def _written_break(match: re.Match[str]) -> str:
    what = "a tab" if match[0] == "\\t" else "a line break"
    return f"{quoted(match.string)} has {match[0]} in it, as programs escape {what}: leave it out unless it is meant."


def _control(match: re.Match[str]) -> str:
    return f"{quoted(match.string)} has a control character in it, U+{ord(match[0]):04X}: leave it out."


def _instead(match: re.Match[str]) -> str:
    return f"{quoted(match.string)} is what a database client shows instead of a value: write the value."


TEXTS: tuple[tuple[re.Pattern[str], Sentence], ...] = (
    (ENTITY, _in_entities),
    (re.compile(r"%(?:20|2[CF6]|7C|C[23]%[89AB][0-9A-F])"), _in_address),
    (re.compile(r"\\([\"'_*])"), _escaped),
    (re.compile(r"(?<!\\)\\\Z"), _cut),
    (re.compile(r"\\u[0-9A-Fa-f]{4}"), _by_number),
    # Letters that are small follow the backslashes of a path.
    (re.compile(r"(?<=[\w.!?,;:)])\\[nrt](?=[A-Z ])"), _written_break),
    (re.compile(r"[\x00-\x08\x0e-\x1b\x7f]"), _control),
    (re.compile(r"\A[(\[<](?:BLOB|CLOB|BINARY|MEMO|[Bb]inary data)(?: - [^()\[\]<>]*)?[)\]>]\Z"), _instead),
)
IDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\(?[0-9]+ (?:rows?|records?)\b.*"),
        "{} may be the count below a table. Remove the record unless it is an id.",
    ),
    (re.compile(r"--\s*+\w.*"), "{} may be a comment. Remove the record unless it is an id."),
    (re.compile(r"%[sd]|\$[0-9]+|\?+"), "{} looks like a placeholder: write the value that it stands for."),
    (re.compile(r"[^\w\s]+"), "{} has neither letters nor digits. Remove the record unless it is an id."),
    (
        re.compile(r"(?:[-*>\u2022]|//|[0-9]{1,3}[.)])\s+\S.*"),
        "{} begins as an item of a list, a quotation or a comment does: leave the mark out unless the id has it.",
    ),
    (re.compile(r".*\w\.{3}"), "{} ends as a text does that was cut: write the whole id."),
    (re.compile(r":[A-Za-z_]\w*"), "{} looks like a placeholder: write the value that it stands for."),
    (
        re.compile(r"[A-Za-z_][\w.]*\(.+\)"),
        "{} is how a program shows a value: write the id that it has in parentheses.",
    ),
    (re.compile(r"\(.*\)|\[.*\]|\{.*\}", re.DOTALL), "{} stands in brackets: leave them out unless the id has them."),
    (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*"),
        "{} looks like a moment: check that it is the id.",
    ),
    (re.compile(r"\"[^\"]+|[^\"]+\""), "{} has a quote at one end alone: leave it out unless the id has it."),
    (re.compile(r"[^\s,|]+(?:[,|][^\s,|]+)+"), "{} is one id. If it is several, write a record for each."),
)


def on_text(text: str) -> Iterator[str]:
    """Yield a sentence on each thing in a text that a program or a page has in the place of a character."""
    if not SUSPECT.search(text):
        return
    for pattern, sentence in TEXTS:
        match = pattern.search(text)
        if match:
            yield sentence(match)


def on_id(text: str) -> Iterator[str]:
    """Yield a sentence on what an id looks like that is hardly one."""
    if PLAIN_ID.fullmatch(text):
        return
    found = next((sentence for pattern, sentence in IDS if pattern.fullmatch(text)), None)
    if found:
        yield found.format(quoted(text))


def on_value(text: str) -> str:
    """Return a sentence on a text, other than an id, that as a whole is what a program prints, or was cut; or none."""
    if text[-1:] in OF_PROGRAM_ENDS and OF_PROGRAMS.fullmatch(text):
        return f"{quoted(text)} is how a program shows a value: write the value alone, unless it is meant."
    if UNCLOSED.fullmatch(text):
        return f"{quoted(text)} has a quote at its beginning alone: leave it out unless it is meant."
    whole = WITH_FRACTION.fullmatch(text) if text.endswith(".0") else None
    if whole:
        looks = f"looks like {whole[1]} as a spreadsheet or a data frame writes it; zeros before it may be lost"
        return f"{quoted(text)} {looks}. Leave .0 out unless it is meant."
    return ""


def looked_like(text: str) -> str:
    """Return a text with plain letters, digits and hyphens for those that look like them; as it is if others are left.

    Letters of another script that look like Latin ones are replaced beside Latin ones alone.
    """
    plain = normalize("NFKC", text.translate(HYPHENS))
    plain = plain.translate(LETTERS) if LATIN.search(plain) else plain
    return plain if plain.isascii() else text
