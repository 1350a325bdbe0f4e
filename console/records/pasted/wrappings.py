"""What people's tools put around a text: code fences, prompts, assignments, prose, and quotes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from console.records.entities import ENTITIES, Entity, kebab_case
from console.records.json.nodes import Array, Node, Object, quoted
from console.records.pasted.detected import Refusal
from console.records.pasted.literals.parsing import Literal, read_literal_at

# The name of a language may follow the fence; a chat has the first line of the code there.
FENCE = re.compile(
    r"^[ \t]*+(`{3,20}+|~{3,20}+)"
    r"(?:(?:[ \t]*+(?:\{[^\n`:\"}]*+\}|[a-z][a-z0-9+#.-]*+(?:[ \t][^\n`,;\t|]*+)?|[\w+#.-]*+))?[ \t\r]*+\n)?+",
    re.MULTILINE,
)
# Before each line: of a quotation, and of a comment.
PREFIXES = {
    "in a quotation": re.compile(r"^[ \t]*> ?", re.MULTILINE),
    "in a comment": re.compile(r"^[ \t]*(?://|#) ?", re.MULTILINE),
}
# Of a wiki, a tracker and a forum; some end as they begin.
BLOCK = re.compile(r"\{(?P<wiki>noformat|code|panel)(?:[:|][^{}\n]*+)?\}|\[(?P<forum>code|pre)(?:=[^\]\n]*+)?\]")
# How a mail begins a quotation.
MOST_LINES_OF_INTRODUCTION = 3
# Colours, moves of the cursor, and titles of windows (ECMA-48).
TERMINAL_CODE = re.compile(r"\x1b(?:\[[0-9;:?]*+[A-Za-z]|\][^\x07\x1b\n]*+(?:\x07|\x1b\\)|[()][A-Z0-9])")
# Of a shell and of the clients of databases, also in the following lines of what is typed there.
SESSION_LINE = re.compile(
    r"[ \t]*+(?:\$|\.\.\.>|->|PS [^>\n]*+>|\w[\w.-]*+(?:[:@][\w.~/-]++)*+(?: ?[\[(][\w ().]*+[\])])?[-=]?[>#$])"
    r"(?:[ \t\r]|$)"
)
# The number of a line, as `cat -n` and the pages of code hosts have it.
LINE_NUMBER = re.compile(r"^[ ]*([0-9]{1,6})(?:\t|[ ]{2}|$)", re.MULTILINE)
# The number of a line as grep -n writes it, or the name of its file, but no time of day.
FOUND_LINE = re.compile(
    r"(?P<file>[\w.~/-]+\.[A-Za-z]\w{1,5}:)?(?P<number>[0-9]{1,6}[:-](?![0-5][0-9](?:[:,;\t ]|$)))?(?=\S)"
)
# Right-aligned, as `nl` and `cat -n` have it.
ALIGNED_NUMBER = re.compile(r"(?=[ 0-9]{6})[ ]*+(?P<number>[0-9]{1,6})\t")
PREFIX_LEFT_OUT = "What stands before each line is left out: {} and so on."
MOST_LINES_ABOVE_INDENTED = 4
INDENTED = re.compile(r"^ +\S", re.MULTILINE)
DIFF_LINE = re.compile(r"[-+ \\@]|diff |index ")
ADDED = re.compile(r"\+(?!\+\+ |[-=+]*\+?$)")
# The last one is that of Rust's dbg!.
PROMPT = re.compile(
    r"(?:>>>|In \[[0-9]+\]:|Out\[[0-9]+\]:|=>|\[[0-9]+\] |irb\([^)\n]*\)[^\s]*[>*]|\[[\w./-]+(?::[0-9]+)+\] ) ?(?=\S)"
)
# IPython puts an output of several lines below its prompt.
ABOVE_OUTPUT = re.compile(r"\s*+Out\[[0-9]+\]:[ \t\r]*+\n")
EXPRESSION = re.compile(r"[A-Za-z_][\w.]*(?:[(\[][^=\n]*[)\]])?")
CONTINUED_PROMPT = re.compile(r"^(?:\.\.\. ?|   \.\.\.: ?)", re.MULTILINE)
ASSIGNMENT = re.compile(
    r"(?:(?:export\s+)?(?:const|let|var|final|val)\s+(?:mut\s+)?|export\s+default\s+|return\s+|module\.exports\s*=\s*"
    # A type of Java or C#.
    r"|[A-Za-z_][\w.]*(?:<[\w<>\[\],.? ]{1,80}>)?(?:\[\])?\s+(?=[A-Za-z_]\w*\s*=)|\$|@)?"
    r"(?:[A-Za-z_][\w.]*(?:\s*:\s*[\w<>\[\], |.?&]+?)?\s*(?:=|<-|:=)\s*)?(?=\S)"
)
# What programs have above their values: comments, and the packages that they use.
PREAMBLE = re.compile(
    r"(?:\s*+(?:<\?php\b|/\*(?:[^*]|\*(?!/))*+\*/|(?:(?://|\#)|(?:import|from|using|use|package|library)\b)[^\n]*+(?:\n|\Z)))++"
)
LABEL = re.compile(r"[\w .()/-]{1,60}:\s*(?=[\[{])")
BRACKETS = re.compile(r"[\[{]")
# What makes another value of the one before it: an index, a call, an operator, a pipe, a part of a call's result.
CODE_BEHIND = re.compile(
    r"[ \t]*+(?:\[[\w:., -]*+\]|%>%|\|>|->\s*+\w|[*+%][ \t]*+[\w(\[{])[^\n]*+|\s*+[?!]{0,2}\.[A-Za-z_]\w*[^\n]*+"
    r"|(?:\s*+\))++(?:\[[\w:., -]*+\]|\.(?:slice|filter|map|take|first|last|head|tail|limit|drop)\b)[^\n]*+"
)
CODE_BEFORE = re.compile(r"[^\n=]*[\w)\]][ \t]*+[*+][ \t]*+\Z")
# Behind a value that a name is given, on its line.
BEHIND_GIVEN = re.compile(r"[ \t]*+(?!//|#|--|/\*|(?:as|satisfies)\b)[^\s;,)\]}][^\n]*+")
GIVEN_A_NAME = re.compile(r"[\w)\]>][ \t]*+(?:=|<-|:=)[ \t]*+(?:new[ \t]++)?\Z")
LONGEST_CODE_BEFORE = 40
MOST_STARTS = 20
LONGEST_PROSE = 100_000


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text without what was around it, and what that was, in words."""

    text: str
    words: str
    notes: tuple[str, ...] = ()


def unwrapped(text: str) -> Unwrapped | None:
    """Return a text without its code fence, prompt or assignment, or None if it has none; raise Refusal."""
    in_fence = fenced(text)
    if in_fence:
        return in_fence
    bare = text.strip()
    preamble = PREAMBLE.match(bare)
    if preamble and preamble.end() < len(bare) and not bare.startswith("#"):
        return Unwrapped(bare[preamble.end() :], "in a program")
    prompt = PROMPT.match(bare)
    shown = ABOVE_OUTPUT.match(text)
    if shown:
        return Unwrapped(text[shown.end() :], "after a prompt")
    if prompt:
        return Unwrapped(_behind_expression(bare[prompt.end() :]), "after a prompt")
    label = LABEL.match(bare)
    if label and not label[0].lstrip().startswith(("[", "{")):
        return Unwrapped(bare[label.end() :], "after a label")
    assignment = ASSIGNMENT.match(bare)
    if assignment and assignment.end() and assignment[0] not in ("$", "@"):
        return Unwrapped(bare[assignment.end() :].rstrip("; \n"), "in an assignment")
    return None


def fenced(text: str) -> Unwrapped | None:
    """Return what is in a code fence, whatever is written above and below it, or None if there is none; raise Refusal.

    A text with two fences is refused: nobody knows which of them is meant.
    """
    fences = _in_fences(text) if "```" in text or "~~~" in text else []
    blocks = _in_blocks(text)
    if len(fences) + len(blocks) > 1:
        raise Refusal("It has more than one block of code. Paste the one that you mean.")
    if blocks:
        return Unwrapped(blocks[0], "in a block of code")
    return Unwrapped(fences[0], "in a code fence") if fences else None


def _in_blocks(text: str) -> list[str]:
    """Return what is in each block of a wiki's or a forum's code."""
    found: list[str] = []
    position = 0
    while len(found) < MOST_STARTS and (opening := BLOCK.search(text, position)):
        closing = f"{{{opening['wiki']}}}" if opening["wiki"] else f"[/{opening['forum']}]"
        end = text.find(closing, opening.end())
        if end < 0:
            break
        found.append(text[opening.end() : end].strip("\r\n"))
        position = end + len(closing)
    return found


def _in_fences(text: str) -> list[str]:
    """Return what is in each code fence, whose end may stand behind the last line of the code, as in a chat."""
    found: list[str] = []
    position = 0
    for _start in range(MOST_STARTS):
        opening = FENCE.search(text, position)
        if opening is None:
            break
        end = re.compile(rf"(?<![`~]){opening[1]}[`~]*+[ \t\r]*+$", re.MULTILINE).search(text, opening.end())
        if end:
            found.append(text[opening.end() : end.start()].rstrip(" \t").removesuffix("\n").removesuffix("\r"))
        position = (end or opening).end()
    return found


def _behind_expression(text: str) -> str:
    """Return what a prompt has shown of an expression in its first line, or the text where it is what was typed."""
    first, _end, shown = text.partition("\n")
    is_typed = CONTINUED_PROMPT.search(shown) or not shown.strip() or not EXPRESSION.fullmatch(first.strip())
    return CONTINUED_PROMPT.sub("", text) if is_typed else shown


def without_prefixes(text: str) -> Unwrapped | None:
    """Return a text without what stands before each of its lines: the mark of a quotation, a comment or a diff.

    Of a diff the lines of its new side are returned. None if a line has no such mark.
    """
    lines = text.strip("\r\n").split("\n")
    if len(lines) < 2:
        return None
    introduced = _without_introduction(lines) if len(text) <= LONGEST_PROSE else None
    if introduced:
        return introduced
    for words, prefix in PREFIXES.items():
        if all(prefix.match(line) for line in lines if line.strip()):
            return Unwrapped(prefix.sub("", text), words)
    numbers = [match[1] for line in lines if (match := LINE_NUMBER.match(line))]
    bare = LINE_NUMBER.sub("", text)
    if bare.lstrip().startswith(("[", "{")) and numbers == [str(number) for number in range(1, len(lines) + 1)]:
        return Unwrapped(bare, "behind the numbers of lines")
    found = _without_places(lines)
    if found:
        return found
    if any(ADDED.match(line) for line in lines) and all(DIFF_LINE.match(line) for line in lines if line.strip()):
        return Unwrapped("\n".join(_new_side(lines)), "in the new lines of a diff")
    return None


def without_indent(text: str, is_heading: Callable[[str], bool]) -> Unwrapped | None:
    """Return a text without the spaces before each line from its heading on; None if there are none.

    `is_heading` says of a line whether it is one.
    """
    if not INDENTED.search(text):
        return None
    lines = text.split("\n")
    first = max((number for number, line in enumerate(lines) if line.strip() and line[0] != " "), default=-1) + 1
    tops = range(first, min(len(lines), first + MOST_LINES_ABOVE_INDENTED))
    top = next((number for number in tops if is_heading(lines[number].strip())), None)
    if top is None:
        return None
    width = min(len(line) - len(line.lstrip(" ")) for line in lines[top:] if line.strip())
    bare = "\n".join([*lines[:top], *(line[width:] for line in lines[top:])])
    return Unwrapped(bare, "", ("The spaces that all rows begin with are left out.",))


def _without_places(lines: list[str]) -> Unwrapped | None:
    """Return lines without their numbers or the name of their file, as grep and nl write them, if all have them."""
    written = [line for line in lines if line.strip()]
    for pattern in (FOUND_LINE, ALIGNED_NUMBER):
        found = [match for line in written if (match := pattern.match(line)) and match[0]]
        if len(found) < len(written) or len({match.groupdict().get("file") for match in found}) > 1:
            continue
        numbers = [match["number"] for match in found if match["number"]]
        counted = [int(number.strip(":-")) for number in numbers]
        is_counted = all(one < other for one, other in pairwise(counted))
        # Lines around those that grep has found have a hyphen; a year has one as well.
        if (numbers and not is_counted) or (numbers and all(number.endswith("-") for number in numbers)):
            continue
        if len(numbers) in (0, len(found)):
            bare = "\n".join(pattern.sub("", line, count=1) for line in lines)
            note = PREFIX_LEFT_OUT.format(quoted(found[0][0].strip()))
            return Unwrapped(bare, "behind the places of its lines", (note,))
    return None


def _without_introduction(lines: list[str]) -> Unwrapped | None:
    """Return a quotation without its marks and the lines above it that say who wrote it, as in a mail."""
    prefix = PREFIXES["in a quotation"]
    first = next((number for number, line in enumerate(lines) if prefix.match(line)), 0)
    above = [line.strip() for line in lines[:first] if line.strip()]
    if not 0 < len(above) <= MOST_LINES_OF_INTRODUCTION or not above[-1].endswith(":"):
        return None
    if not all(prefix.match(line) for line in lines[first:] if line.strip()):
        return None
    bare = prefix.sub("", "\n".join(lines[first:]))
    return Unwrapped(bare, "in a quotation", (f"Left out above the quotation: {quoted(' '.join(above))}.",))


def without_colours(text: str) -> Unwrapped | None:
    """Return a text without the codes of a terminal, such as those of colours; None if it has none."""
    if "\x1b" not in text:
        return None
    bare = TERMINAL_CODE.sub("", text)
    return Unwrapped(bare, "in colours", ("The codes of colours are left out.",)) if bare != text else None


def in_session(text: str) -> Unwrapped | None:
    """Return the one output below what was typed into a shell or a client; None if there are more or none."""
    if len(text) > LONGEST_PROSE:
        return None
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if not SESSION_LINE.match(first):
        return None
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
    return Unwrapped("\n".join(found[0]), "in a session", (f"Left out around the output: {quoted(' '.join(typed))}.",))


def _new_side(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith(" ") or ADDED.match(line):
            yield line[1:]


def call_in(text: str) -> Literal | None:
    """Return the request that a program sends by an SDK, as the panel Request shows it; None if there is none."""
    for entity in ENTITIES.values():
        for match in islice(calls_of(entity, text), MOST_STARTS):
            # What stands behind the request may be a function, which is called with the answer.
            for start in (match.start(), match.end()):
                literal = read_literal_at(text, start, keeps_code=True)
                if literal:
                    return literal
    return None


def calls_of(entity: Entity, text: str) -> Iterator[re.Match[str]]:
    """Yield where a text calls the operation of a type of dataset by an SDK, or has what is given to it."""
    method = kebab_case(entity.operation).replace("-", "_")
    own = entity.operation[0].lower() + entity.operation[1:]
    of_call = rf"(?:{method}|{own}|{entity.operation}(?:Command|Request|Async)?(?:\.builder)?)\s*+\("
    return re.finditer(rf"\b(?:{of_call}|{entity.operation}(?:Input|Request)\s*+(?=\{{))", text)


def in_prose(text: str) -> Literal | None:
    """Return the one value with brackets that a text has among its words, or None; raise Refusal if it has two.

    Brackets that are no value, as in a line of a log, are words.
    """
    if len(text) > LONGEST_PROSE:
        return None
    found = [literal for literal in _values(text) if literal]
    if len(found) > 1:
        raise Refusal("It has more than one value in brackets among its words. Paste the one that you mean.")
    if found:
        _check_code_around(text, found[0])
    return found[0] if found else None


def _check_code_around(text: str, literal: Literal) -> None:
    """Raise Refusal if code makes another value of a literal: `[…][:1]`, `users = […] + others`."""
    before = text[max(0, literal.start - LONGEST_CODE_BEFORE) : literal.start]
    code = CODE_BEFORE.search(before) or CODE_BEHIND.match(text, literal.end)
    if code is None and GIVEN_A_NAME.search(before):
        code = BEHIND_GIVEN.match(text, literal.end)
    if code:
        raise Refusal(
            f"Code stands beside its records, which may change them: {quoted(code[0].strip())}. "
            "Print the records as JSON, or leave the code out."
        )


def _values(text: str) -> Iterator[Literal]:
    """Yield values with a member or an item; the text around them has no brackets that are open."""
    position, starts = 0, 0
    while starts < MOST_STARTS and (match := BRACKETS.search(text, position)):
        starts += 1
        literal = read_literal_at(text, match.start(), keeps_code=True)
        position = literal.end if literal else text.find("]", match.end()) + 1
        if literal is None and (match[0] == "{" or not position or "{" in text[match.start() : position]):
            return
        if literal and _has_object(literal.node):
            yield literal


def _has_object(node: Node) -> bool:
    if isinstance(node, Array):
        return any(_has_object(each) for each in node.items)
    return isinstance(node, Object) and bool(node.members)
