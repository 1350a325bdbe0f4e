"""Plans of Terraform, each of whose lines that adds something has a plus sign before it."""

import re

from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, Unwrapped

ADDED = re.compile(r"(?<! )(?P<indent> *+)\+ (?=[\w\"{\[])")
CLOSING = re.compile(r"\s*[\]})]+,?\s*")
TITLE = re.compile(r"(?:Changes to Outputs:|Terraform will perform the following actions:|Plan: .*|\s*)")
FOOTER = re.compile(r"^(?:You can apply this plan\b|\u2500{10}|Note: You didn't use the -out option\b)", re.MULTILINE)
MEMBER = re.compile(r"\s*[\w\"]+\s+= ")
# A value not known before, and a resource, which has other values than records.
RESOURCE = re.compile(r"\(known after apply\)|^ *\+ resource \"", re.MULTILINE)


def without_plan(text: str) -> Unwrapped | None:
    """Return the values that a plan of Terraform adds, without the marks before lines; None of any other text."""
    if len(text) > LONGEST_PROSE or not ADDED.search(text):
        return None
    lines = [line.rstrip() for line in FOOTER.split(text, maxsplit=1)[0].split("\n")]
    bare = []
    added = 0
    for line in lines:
        match = ADDED.match(line)
        if match:
            bare.append(f"{match['indent']}  {line[match.end() :]}")
            added += bool(MEMBER.match(bare[-1]))
        elif CLOSING.fullmatch(line):
            bare.append(line)
        elif not TITLE.fullmatch(line):
            return None
    if added < 2 or RESOURCE.search(text) or not any(CLOSING.fullmatch(line) for line in lines if line):
        return None
    return Unwrapped("\n".join(bare), "in a plan of Terraform")
