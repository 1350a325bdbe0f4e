"""A text as PowerShell reads it. Source: "about_Quoting_Rules", "about_Special_Characters", "about_Variables"."""

import re

from console.records.pasted.commands.words import OPEN_QUOTE, Call, Calls, NotRead

EXPANSION = r"\$\((?:[^()]|\([^()]*+\))*+\)|\$\{[^{}]*+\}|\$(?:env:)?[A-Za-z_]\w*+(?:\.\w++)*+"
PART = re.compile(
    rf"""
      (?P<blank>(?:[ \t\u00a0]|`[ \t]*(?:\n|\Z))++)
    | (?P<newline>\n)
    | (?P<here>@['"][ \t]*\n)
    | (?P<single>'(?:[^']|'')*+')
    | (?P<double>"(?:[^"`\\]|`.|""|\\""|\\"|\\)*?"(?!"))
    | (?P<expansion>{EXPANSION}|\((?:[^()]|\([^()]*+\))*+\))
    | (?P<escape>`.)
    | (?P<redirection>(?:[0-9*])?>>?(?P<copied>&[0-9])?)
    | (?P<operator>[|;&])
    | (?P<bare>[^\s'"`$;&|>()@\#0-9*]++|.)
    """,
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
DOUBLE_PART = re.compile(
    rf"""`(?P<escaped>.)|(?P<quote>"")|(?P<expansion>{EXPANSION})|(?P<text>[^`"$]++|.)""", re.DOTALL | re.IGNORECASE
)
LETTERS = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def read_powershell(text: str) -> list[Call]:
    """Return the calls of a text with line ends of LF; raise NotRead if it has what only a shell can do."""
    return _Reader(text).read()


class _Reader(Calls):
    def read(self) -> list[Call]:
        while match := PART.match(self.text, self.position):
            self.position = match.end()
            self.part(match)
        return self.ended()

    def part(self, match: re.Match[str]) -> None:
        part = match[0]
        if self.ends(match):
            return
        if match["here"]:
            self.here(part[1])
        elif match["double"]:
            self.add_expanded(part[1:-1])
        elif match["single"]:
            self.add(part[1:-1].replace("''", "'"), is_quoted=True)
        elif match["expansion"]:
            self.expand(_name(part), part, is_quoted=False)
        elif match["escape"]:
            self.add(LETTERS.get(part[1], part[1]), is_quoted=True)
        elif match["redirection"]:
            self.end_word()
            self.redirection = "" if match["copied"] else ">"
        else:
            self.bare(part)

    def bare(self, part: str) -> None:
        if part in ("'", '"'):
            raise NotRead(OPEN_QUOTE)
        if part == "#" and not self.word:
            self.skip_line()
        else:
            self.add(part)

    def here(self, quote: str) -> None:
        """Add the lines up to one that begins with a quote and “@”, and move past that."""
        end = self.text.find(f"\n{quote}@", self.position - 1)
        if end < 0:
            raise NotRead(f"The text after @{quote} does not end. Expected a line with {quote}@.")
        text, self.position = self.text[self.position : end], end + 3
        if quote == "'":
            self.add(text, is_quoted=True)
        else:
            self.add_expanded(text)

    def add_expanded(self, text: str) -> None:
        self.add("", is_quoted=True)
        for match in DOUBLE_PART.finditer(text):
            if match["expansion"]:
                self.expand(_name(match[0]), match[0], is_quoted=True)
            elif match["escaped"]:
                self.add(LETTERS.get(match["escaped"], match["escaped"]))
            else:
                self.add('"' if match["quote"] else match[0])


def _name(source: str) -> str:
    return source.lstrip("$").strip("{}").lower()
