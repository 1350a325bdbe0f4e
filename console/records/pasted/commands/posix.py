"""A text as a POSIX shell reads it, and what bash adds to that.

Source: "Shell Command Language" of POSIX, 2.2 to 2.7; "Quoting" and "Redirections" of bash's manual.
"""

import re

from console.records.pasted.commands.words import OPEN_QUOTE, Call, Calls, NotRead, Word

EXPANSION = r"\$\{[^{}]*+\}|\$\((?:[^()]|\([^()]*+\))*+\)|`[^`]*+`|\$(?:[A-Za-z_]\w*+|[0-9@*\#?$!-])"
PART = re.compile(
    rf"""
      (?P<blank>[ \t\u00a0]++)
    | (?P<joined>\\[ \t]*(?:\n|\Z))
    | (?P<newline>\n)
    | (?P<single>'[^']*+')
    | (?P<ansi>\$'(?:[^'\\]|\\.)*+')
    | (?P<printed>"?\$\(\s*cat\s*<<-?[ ]*(?P<quote>['"]?)(?P<mark>\w++)(?P=quote)[ \t]*\n)
    | (?P<double>\$?"(?:[^"\\]|\\.)*+")
    | (?P<expansion>{EXPANSION}|[<>]\((?:[^()]|\([^()]*+\))*+\))
    | (?P<escape>\\.)
    | (?P<redirection>(?P<number>[0-9]++|&)?>>?(?P<copied>&[0-9-])?|<<<|<<-?|<)
    | (?P<operator>\|\||&&|[|;&()])
    | (?P<bare>[^\s'"\\$`;&|<>()\#0-9]++|[0-9]++|.)
    """,
    re.DOTALL | re.VERBOSE,
)
DOUBLE_PART = re.compile(rf"""\\(?P<escaped>[$`"\\\n])|(?P<expansion>{EXPANSION})|(?P<text>[^\\$`]++|.)""", re.DOTALL)
MARK = re.compile(r"[ \t]*(?:'([^'\n]+)'|\"([^\"\n]+)\"|\\?([^\s;&|<>()'\"]+))")
NAME = re.compile(r"\$\{?(\w+)\}?")
ANSI = re.compile(
    r"(?P<bytes>(?:\\x[0-9a-fA-F]{1,2}|\\[0-7]{1,3})++)|\\u(?P<short>[0-9a-fA-F]{1,4})|\\U(?P<long>[0-9a-fA-F]{1,8})"
    r"|\\(?P<one>.)",
    re.DOTALL,
)
ANSI_BYTE = re.compile(r"\\x([0-9a-fA-F]+)|\\([0-7]+)")
ANSI_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}


def read_posix(text: str) -> list[Call]:
    """Return the calls of a text with line ends of LF; raise NotRead if it has what only a shell can do."""
    return _Reader(text).read()


class _Reader(Calls):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        # The marks of the documents that begin after this line, and the calls that get them.
        self.documents: list[tuple[Call, str, bool, bool]] = []

    def read(self) -> list[Call]:
        while match := PART.match(self.text, self.position):
            self.position = match.end()
            self.part(match)
        if self.documents:
            raise NotRead(_without_end(self.documents[0][1]))
        return self.ended()

    def part(self, match: re.Match[str]) -> None:
        part = match[0]
        if self.ends(match):
            if match["newline"]:
                self.read_documents()
        elif match["single"]:
            self.add(part[1:-1], is_quoted=True)
        elif match["ansi"]:
            self.add(ANSI.sub(_ansi, part[2:-1]), is_quoted=True)
        elif match["printed"]:
            self.printed(match)
        elif match["double"]:
            self.add("", is_quoted=True)
            self.add_expanded(part[part.index('"') + 1 : -1])
        elif match["expansion"]:
            self.expand(_name(part), part, is_quoted=False)
        elif match["escape"]:
            self.add(part[1], is_quoted=True)
        elif match["redirection"]:
            self.redirect(match)
        elif not match["joined"]:
            self.bare(part)

    def bare(self, part: str) -> None:
        # After a dollar sign, a single quote that is not closed is no quote of its own.
        if part in ("'", '"', "`") or (part == "$" and self.text.startswith("'", self.position)):
            raise NotRead(OPEN_QUOTE)
        if part == "#" and not self.word:
            self.skip_line()
        else:
            self.add(part)

    def add_expanded(self, text: str, escaped: str = '$`"\\\n') -> None:
        """Add text whose variables a shell expands, and where a backslash takes the meaning from some characters."""
        for match in DOUBLE_PART.finditer(text):
            if match["expansion"]:
                self.expand(_name(match[0]), match[0], is_quoted=True)
            elif match["escaped"] and match["escaped"] in escaped:
                self.add(match["escaped"].strip("\n"))
            else:
                self.add(match[0])

    def redirect(self, match: re.Match[str]) -> None:
        if match["number"] and self.word:
            self.add(match["number"])
        self.end_word()
        if match[0] in ("<<", "<<-"):
            self.document(has_tabs=match[0] == "<<-")
        elif not match["copied"]:
            self.redirection = match[0] if match[0].startswith("<") else ">"

    def document(self, *, has_tabs: bool) -> None:
        mark = MARK.match(self.text, self.position)
        if mark is None:
            raise NotRead(OPEN_QUOTE)
        is_expanded = bool(mark[3]) and "\\" not in mark[0]
        self.position = mark.end()
        self.documents.append((self.calls[-1], mark[1] or mark[2] or mark[3], has_tabs, is_expanded))

    def read_documents(self) -> None:
        for call, mark, has_tabs, is_expanded in self.documents:
            call.given = self.take_document(mark, "", has_tabs=has_tabs, is_expanded=is_expanded)
        self.documents = []

    def take_document(self, mark: str, rest: str, *, has_tabs: bool, is_expanded: bool) -> Word:
        """Return the text up to a line with its mark, and move past that; `rest` is a pattern of the line's rest."""
        tabs = r"\t*" if has_tabs else ""
        end = re.compile(rf"^{tabs}{re.escape(mark)}{rest or r'[ \t]*(?:\n|\Z)'}", re.MULTILINE).search(
            self.text, self.position
        )
        if end is None:
            raise NotRead(_without_end(mark))
        text = self.text[self.position : end.start()]
        self.position = end.end()
        if has_tabs:
            text = re.sub(r"^\t+", "", text, flags=re.MULTILINE)
        if not is_expanded:
            return Word(text)
        outer, self.word = self.word, Word()
        self.add_expanded(text, escaped="$`\\\n")
        inner, self.word = self.word, outer
        return inner

    def printed(self, match: re.Match[str]) -> None:
        """Add the document that `$(cat <<EOF` prints, without the line ends behind it."""
        closing = r"\s*\)" + ('"' if match[0].startswith('"') else "")
        document = self.take_document(
            match["mark"], closing, has_tabs="<<-" in match[0], is_expanded=not match["quote"]
        )
        self.add(document.text.rstrip("\n"), is_quoted=True).unknown += document.unknown


def _without_end(mark: str) -> str:
    return f"The text after <<{mark} does not end. Expected a line with {mark} alone."


def _name(source: str) -> str:
    match = NAME.fullmatch(source)
    return match[1] if match else source


def _ansi(match: re.Match[str]) -> str:
    if match["bytes"]:
        values = bytes(int(each[1], 16) if each[1] else int(each[2], 8) & 255 for each in ANSI_BYTE.finditer(match[0]))
        try:
            return values.decode()
        except UnicodeDecodeError:
            raise NotRead(f"{match[0]} in this command is no UTF-8.") from None
    code = match["short"] or match["long"]
    if code:
        number = int(code, 16)
        if number > 0x10FFFF or 0xD800 <= number < 0xE000:
            raise NotRead(f"{match[0]} in this command is no character.")
        return chr(number)
    return ANSI_LETTERS.get(match["one"], match["one"] if match["one"] in "\\'\"?" else match[0])
