"""What every shell's reading makes of a text: calls of programs with their words."""

import re
from dataclasses import dataclass, field

from console.records.json.nodes import shortened

OPEN_QUOTE = "A quote of this command is not closed."
# A call sends 240,000 characters at the most, and arguments are no longer than that. The bound keeps nonsense from
# taking long.
MOST_PARTS = 50_000
# An ARN has at most 256 characters (API reference), and names of variables in it may be longer than their values.
LONGEST_TARGET = 1000
ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_]\w*)=(?P<value>.*)", re.DOTALL)
ASSIGNING = ("export", "declare", "local", "readonly", "set")
# `set -euo pipefail` and the like change nothing that is read here.
SETTING = re.compile(r"[-+]\w+|pipefail")


class NotRead(Exception):
    """A command cannot be read; `refusal` says why in a sentence."""

    def __init__(self, refusal: str) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(slots=True)
class Word:
    """An argument as its program gets it.

    A variable or a command within it that only a shell knows stands in it as it was typed, and is in `unknown` too.
    """

    text: str = ""
    unknown: list[str] = field(default_factory=list)
    is_quoted: bool = False


@dataclass(slots=True)
class Call:
    """A program's name and its arguments.

    `given` is the text on its standard input, `file` the name of the file there. `is_piped` says that this is the
    output of the call before.
    """

    words: list[Word] = field(default_factory=list)
    given: Word | None = None
    file: str = ""
    is_piped: bool = False


class Calls:
    """The calls of a text, as they are put together: parts become words, words become calls.

    `text` is read up to `position`. `variables` has the values that the text itself gives to variables.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.parts = 0
        self.calls = [Call()]
        self.word: Word | None = None
        self.variables: dict[str, str] = {}
        # The next word if it is a redirection rather than an argument: `>`, `<` or `<<<`.
        self.redirection = ""

    def add(self, text: str, *, is_quoted: bool = False) -> Word:
        """Add text to the word, and return the word; raise NotRead if there are too many parts."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise NotRead("This command has too many quotes and escapes to be read. Paste its records instead.")
        word = self.word = self.word or Word()
        word.text += text
        word.is_quoted = word.is_quoted or is_quoted
        return word

    def expand(self, name: str, source: str, *, is_quoted: bool) -> None:
        """Add a variable to the word: its value if the text gives it one, otherwise what was typed, as unknown."""
        value = self.variables.get(name)
        # A value of several words is one argument within quotes alone.
        if value is not None and (is_quoted or not re.search(r"\s", value)):
            self.add(value, is_quoted=is_quoted)
            return
        self.add(source, is_quoted=is_quoted).unknown.append(source)

    def skip_line(self) -> None:
        """Move to the end of the line."""
        end = self.text.find("\n", self.position)
        self.position = end if end >= 0 else len(self.text)

    def end_word(self) -> None:
        """End the word, if there is one."""
        word, redirection = self.word, self.redirection
        if word is None:
            return
        self.word, self.redirection, call = None, "", self.calls[-1]
        if redirection == "<":
            call.file = word.text
        elif redirection == "<<<":
            call.given = Word(word.text + "\n", word.unknown)
        elif not redirection:
            call.words.append(word)

    def end_call(self, *, is_piped: bool = False) -> None:
        """End the call; `is_piped` says that its output is the input of the next one."""
        self.end_word()
        if not self.calls[-1].words:
            return
        if self._assigned():
            self.calls.pop()
        self.calls.append(Call(is_piped=is_piped))

    def ends(self, match: re.Match[str]) -> bool:
        """End the word or the call if a part of the text is what ends one, and say whether it is."""
        if match["blank"]:
            self.end_word()
        elif match["newline"]:
            self.end_call()
        elif match["operator"]:
            self.end_call(is_piped=match[0] == "|")
        else:
            return False
        return True

    def ended(self) -> list[Call]:
        """Return all calls, without those that only give values to variables."""
        self.end_call()
        return [call for call in self.calls if call.words]

    def _assigned(self) -> bool:
        """Return whether the call only gives values to variables, and keep the values that are known."""
        words = self.calls[-1].words
        # `$name = value`, as in PowerShell.
        if len(words) == 3 and words[1].text == "=" and words[0].unknown == [words[0].text]:
            found = [(words[0].text.lstrip("$").strip("{}").lower(), words[2].text, words[2].unknown)]
        else:
            rest = words[1:] if words[0].text in ASSIGNING else words
            rest = [word for word in rest if not SETTING.fullmatch(word.text)]
            matches = [ASSIGNMENT.fullmatch(word.text) for word in rest]
            found = [
                (each["name"], each["value"], word.unknown) for each, word in zip(matches, rest, strict=True) if each
            ]
            if len(found) < len(rest):
                return False
        self.variables |= {name: value for name, value, unknown in found if not unknown}
        return True


def refuse_unknown(word: Word, target: str = "") -> None:
    """Raise NotRead if a word has a variable or a command that only a shell knows, but for those within its target."""
    target = target if len(target) <= LONGEST_TARGET else ""
    for source in sorted(word.unknown, key=len, reverse=True):
        if source in target:
            target = target.replace(source, "", 1)
        elif source.startswith(("$(", "`", "(")):
            raise NotRead(f"Only a shell knows what {shortened(source)} prints. Write that instead.")
        else:
            raise NotRead(f"Only a shell knows the value of {shortened(source)}. Write the value instead.")
