"""A text as cmd.exe reads it, and the programs that it starts.

Source: "Escape characters" of Microsoft's page on cmd; for quotes "Parsing C command-line arguments".
"""

import re

from console.records.pasted.commands.words import OPEN_QUOTE, Call, Calls, NotRead

CARET = re.compile(r"\^(?![ \t]*(?:\n|\Z))(.)")
PART = re.compile(
    r"""
      (?P<quote>\\*+")
    | (?P<variable>%(?P<name>[A-Za-z_]\w*+)%)
    | (?P<blank>[ \t\u00a0]++)
    | (?P<caret>\^(?:[ \t]*(?:\n|\Z)|.))
    | (?P<newline>\n)
    | (?P<redirection>[0-9]?>>?(?P<copied>&[0-9])?)
    | (?P<operator>&&|\|\||[&|])
    | (?P<bare>[^\s"\\%^>&|0-9]++|\\++|.)
    """,
    re.DOTALL | re.VERBOSE,
)


def read_command_prompt(text: str) -> list[Call]:
    """Return the calls of a text with line ends of LF; raise NotRead if a quote is not closed."""
    # A browser that copies a request as a command of curl writes a caret before each character that might count.
    return _Reader(CARET.sub(r"\1", text) if '^"' in text else text).read()


class _Reader(Calls):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.is_quoted = False

    def read(self) -> list[Call]:
        while match := PART.match(self.text, self.position):
            self.position = match.end()
            if match["quote"]:
                self.quote(match[0])
            elif match["variable"]:
                self.expand(match["name"], match[0], is_quoted=self.is_quoted)
            elif self.is_quoted:
                self.add(match[0])
            else:
                self.part(match)
        if self.is_quoted:
            raise NotRead(OPEN_QUOTE)
        return self.ended()

    def quote(self, part: str) -> None:
        self.add("\\" * ((len(part) - 1) // 2))
        if len(part) % 2 == 0:
            self.add('"')
        elif self.is_quoted and self.text.startswith('"', self.position):
            self.add('"')
            self.position += 1
        else:
            self.is_quoted = not self.is_quoted

    def part(self, match: re.Match[str]) -> None:
        part = match[0]
        if self.ends(match):
            return
        if match["caret"]:
            self.add(part[1:]) if part[1:].strip() else self.end_word()
        elif match["redirection"]:
            self.end_word()
            self.redirection = "" if match["copied"] else ">"
        else:
            self.add(part)
