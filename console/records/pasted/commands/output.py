"""A command with what it printed, as a terminal shows both: where the command ends, and its output."""

import re

from console.records.pasted.commands.surroundings import CONTINUED, PROMPT, in_ascii, shell_of, without_prompts
from console.records.pasted.commands.words import NotRead
from console.records.pasted.wrappings.sessions import SESSION_LINE

# A command has fewer lines, and all that is tried has fewer characters.
MOST_LINES = 200
MOST_TRIED = 200_000
# Behind the line of a command that goes on.
GOES_ON = re.compile(r"(?:[\\`^|]|&&)[ \t]*\Z")
# How the answer of a service, or of curl's progress, begins; another command does not.
ANSWER = re.compile(r"\s*+(?:[\[{<]|HTTP/[0-9]|An error occurred|% Total)")


def typed_and_output(text: str, *, has_prompt: bool) -> tuple[str, str] | None:
    """Return the command that a text with line ends of LF begins with, and what it has printed; None if it has not.

    The command keeps its prompt, if it has one. None too where something else was typed below the output.
    """
    prompt = PROMPT.match(text) if has_prompt else None
    start = prompt.end() if prompt else 0
    again = prompt[0].rpartition("\n")[2].strip() if prompt else ""
    lines = text[start:].split("\n")
    count = _lines_of_command(text[:start], lines)
    if not count:
        return None
    output = lines[count:]
    while output and (not output[-1].strip() or _is_prompt(output[-1], again)):
        output.pop()
    if not output or any(_is_prompt(line, again) for line in output):
        return None
    return text[:start] + "\n".join(_typed(lines[:count])), "\n".join(output)


def _lines_of_command(prompt: str, lines: list[str]) -> int:
    """Return how many lines the command has that stands in the first of them, 0 if it does not end."""
    tried = 0
    for count in range(1, min(len(lines), MOST_LINES)):
        typed = "\n".join(_typed(lines[:count]))
        tried += len(typed)
        if tried > MOST_TRIED:
            return 0
        if GOES_ON.search(typed):
            continue
        bare, shell = without_prompts(prompt + typed) if prompt else (typed, None)
        straight = in_ascii(bare)
        try:
            calls = shell_of(straight, shell)(straight)
        except NotRead:
            continue
        if calls:
            return count
    return 0


def _typed(lines: list[str]) -> list[str]:
    """Return the lines of a command without the prompts of those that go on."""
    first, *others = lines
    is_prompted = all(CONTINUED.match(line) for line in others)
    return [first, *(CONTINUED.sub("", line, count=1) if is_prompted else line for line in others)]


def _is_prompt(line: str, again: str) -> bool:
    return SESSION_LINE.match(line) is not None or (again != "" and line.strip().startswith(again))
