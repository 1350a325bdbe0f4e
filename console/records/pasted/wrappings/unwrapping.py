"""What people's tools put around a text: code fences, prompts, assignments, labels and preambles."""

import re

from console.records.pasted.wrappings.fences import fenced
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, MOST_STARTS, Unwrapped

# The last one is that of Rust's dbg!.
PROMPT = re.compile(
    r"(?:>>>|\$[0-9]+ ==>|===>|=(?= ?[\[{])|In \[[0-9]+\]:|Out\[[0-9]+\]:|=>|\[[0-9]+\] |irb\([^)\n]*\)[^\s]*[>*]"
    r"|\[[\w./-]+(?::[0-9]+)+\] ) ?(?=\S)"
)
# IPython puts an output of several lines below its prompt.
ABOVE_OUTPUT = re.compile(r"\s*+Out\[[0-9]+\]:[ \t\r]*+\n")
EXPRESSION = re.compile(r"[A-Za-z_][\w.]*(?:[(\[][^=\n]*[)\]])?")
CONTINUED_PROMPT = re.compile(r"^(?:\.\.\. ?|   \.\.\.: ?)", re.MULTILINE)
ASSIGNMENT = re.compile(
    r"(?:(?:export\s+)?(?:const|let|var|final|val)\s+(?:mut\s+)?|export\s+default\s+|return\s+|module\.exports\s*=\s*"
    # A type of Java or C#.
    r"|[A-Za-z_][\w.]*(?:<[\w<>\[\],.? ]{1,80}>)?(?:\[\])?[ \t]++(?=[A-Za-z_]\w*+\s*+=)|\$|@)?"
    r"(?:[A-Za-z_][\w.]*+(?:\s*+:\s*+[\w<>\[\],|.?&]++(?:[ ][\w<>\[\],|.?&]++)*+)?\s*+(?:=|<-|:=)\s*+)?(?=\S)"
)
# Lines above a program's values: comments and imports.
PREAMBLE = re.compile(
    r"(?:\s*+(?:<\?php\b|/\*(?:[^*]|\*(?!/))*+\*/|(?:(?://|\#)|(?:import|from|using|use|package|library)\b)[^\n]*+(?:\n|\Z)))++"
)
# A heredoc of a shell, HCL or Ruby, up to a line with its name and marks that close what is around it; in PHP, code
# may follow the name.
HERE_DOCUMENT = re.compile(
    r"<<(?:(?P<php><)|[-~])?(?P<quote>['\"]?)(?P<name>[A-Z_a-z]\w*+)(?P=quote)[ \t\r]*+\n(?P<text>(?s:.*?))"
    r"\n[ \t]*+(?P=name)(?(php)\b|(?=[ \t\r;,)\]}]*+(?:\n|\Z)))"
)
# A request or a response as HTTP has it, and as files of REST clients write it; its body stands below a blank line.
HTTP_MESSAGE = re.compile(
    r"(?:(?:\#|//)[^\n]*+\n|[ \t\r]*+\n)*+"
    r"(?:(?:POST|PUT|PATCH) \S++(?: HTTP/[0-9.]+)?|HTTP/[0-9.]+ [0-9]{3}[^\n]*?)[ \t\r]*+\n"
    r"(?:[A-Za-z][\w-]*+:[^\n]*+\n)++[ \t\r]*+\n(?=\s*+\S)"
)
LABEL = re.compile(
    r"[\w .()/-]{1,60}:\s*(?=[\[{])|[0-9]+-element [^\n]{1,2000}:[ \t\r]*\n|/[\w./-]{1,200}\.php:[0-9]+:[ \t\r]*\n"
)


def unwrapped(text: str) -> Unwrapped | None:
    """Return a text without its code fence, prompt or assignment, or None if it has none; raise Refusal."""
    in_fence = fenced(text)
    if in_fence:
        return in_fence
    bare = text.strip()
    documents = here_documents(bare)
    if len(documents) == 1:
        return Unwrapped(documents[0]["text"], "in a text of several lines")
    message = HTTP_MESSAGE.match(bare)
    if message:
        return Unwrapped(bare[message.end() :], "in an HTTP message")
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


def here_documents(text: str) -> list[re.Match[str]]:
    """Return the texts that end with a line that has their name alone; none of a text with more of them than are read.

    Each that does not end is looked for to the end of the text.
    """
    if len(text) > LONGEST_PROSE or text.count("<<") > MOST_STARTS:
        return []
    return list(HERE_DOCUMENT.finditer(text))


def _behind_expression(text: str) -> str:
    """Return what a prompt has shown of an expression in its first line, or the text where it is what was typed."""
    first, _end, shown = text.partition("\n")
    is_typed = CONTINUED_PROMPT.search(shown) or not shown.strip() or not EXPRESSION.fullmatch(first.strip())
    return CONTINUED_PROMPT.sub("", text) if is_typed else shown
