"""What a shell, a client of a database or the console of a language has printed below what was typed there."""

import re

from console.records.json.nodes import plain_value, quoted
from console.records.pasted.literals.parsing import read_literal, read_literal_at
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, MOST_STARTS, Unwrapped

# Prompts of shells, database clients, Ruby and Python, including those of continuation lines.
SESSION_LINE = re.compile(
    r"[ \t]*+(?:\$|\.\.\.>|->|>(?=[ ]\S)|php >|PS [^>\n]*+>"
    r"|(?:\[[0-9]+\] )?\w[\w.-]*\([\w:.#<>-]+\)(?::[0-9]+)*+[>*]|[0-9]+(?:\.[0-9]+)+ :[0-9]+ [>?]+"
    r"|>>>|\.\.\.:?(?= |$)|In \[[0-9]+\]:"
    r"|\w[\w.-]*+(?:[:@][\w.~/-]++)*+(?: ?(?:\[[\w ().]*+\]|\([A-Za-z][\w .]*+\)))?[-=]?[>#$])"
    # A tab is between the values of a row, whose first one may end so.
    r"(?:[ \r]|$)"
)
# Before what Ruby, and PHP's psysh, show of a value, also in a comment of a document.
ECHO = re.compile(r"^(?:(?:#|//) ?)?=> ?(?:\r?\n)?(?=[^\s=])", re.MULTILINE)
NOTHING_SHOWN = ("nil", "null", "None", "true")
LONGEST_TYPED = 2000
BRACKET = re.compile(r"[\[{]")


def in_session(text: str) -> Unwrapped | None:
    """Return the one output below what was typed into a shell or a client; None if there are more or none."""
    if len(text) > LONGEST_PROSE:
        return None
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if not SESSION_LINE.match(first):
        return _below_code(text)
    while lines[-1].strip() in ("", ">") and len(lines) > 1:
        # The prompt that waits for more, which is the mark of a quotation elsewhere.
        lines.pop()
    outputs: list[list[str]] = [[]]
    typed: list[str] = []
    for line in lines:
        if SESSION_LINE.match(line):
            typed.append(line.strip())
            outputs.append([])
        else:
            outputs[-1].append(line)
    found = [output for output in outputs if any(line.strip() for line in output)]
    if len(found) != 1:
        return None
    shown, beside = _shown("\n".join(found[0]))
    typed = [*typed, *beside]
    return Unwrapped(shown, "in a session", (f"Left out around the output: {quoted(' '.join(typed))}.",))


def _shown(output: str) -> tuple[str, list[str]]:
    """Return what an output shows of a value, or what stands above it where that is none, and what is left out."""
    echoes = list(ECHO.finditer(output))
    if len(echoes) != 1:
        return output, []
    above, value = output[: echoes[0].start()], output[echoes[0].end() :]
    if not above.strip():
        return value, []
    if value.strip() in NOTHING_SHOWN:
        return above, [f"=> {value.strip()}"]
    return value, [" ".join(above.split())]


def _below_code(text: str) -> Unwrapped | None:
    """Return the value that is shown below code without a prompt, behind the mark of an echo, or None."""
    echoes = list(ECHO.finditer(text))
    if len(echoes) != 1 or not 0 < echoes[0].start() <= LONGEST_TYPED:
        return None
    above = text[: echoes[0].start()]
    value = text[echoes[0].end() :]
    if not above.strip() or _has_other_values(above, value):
        return None
    note = f"Left out above the output: {quoted(' '.join(above.split()))}."
    return Unwrapped(value, "in a session", (note,))


def _has_other_values(above: str, shown: str) -> bool:
    """Return whether a text above a value has another object: what it was before, perhaps."""
    own = read_literal(shown)
    position = 0
    for _start in range(MOST_STARTS):
        match = BRACKET.search(above, position)
        if match is None:
            return False
        other = read_literal_at(above, match.start())
        position = other.end if other else match.end()
        is_own = own is not None and other is not None and plain_value(own.node) == plain_value(other.node)
        if other and not is_own and "{" in above[match.start() : other.end]:
            return True
    return True
