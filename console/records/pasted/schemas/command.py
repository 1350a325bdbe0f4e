"""The schema that a command of the AWS CLI gives to `aws personalize create-schema`."""

import re
from itertools import pairwise

from console.records.pasted.commands.surroundings import in_ascii, shell_of, without_prompts
from console.records.pasted.commands.words import Call, Word

OPERATION = "create-schema"
COMMAND = re.compile(rf"\bpersonalize\s+(?:[\\`^][ \t]*\n\s*)?{OPERATION}\b")
# The address of a file, local or remote.
PLACE = re.compile(r"(?:fileb?|s3|https?)://")
OPTIONS = ("--schema", "--cli-input-json")


def schema_argument(text: str) -> tuple[str, Word] | None:
    """Return the option that has the schema, and its value as the CLI gets it, or None; raise NotRead.

    None also of a file's name: the file may be in the text too.
    """
    if not COMMAND.search(text):
        return None
    bare, prompt = without_prompts(text.replace("\r\n", "\n").strip())
    straight = in_ascii(bare)
    calls = shell_of(straight, prompt)(straight)
    found = [given for call in calls if (given := _given(call))]
    return found[0] if len(found) == 1 else None


def _given(call: Call) -> tuple[str, Word] | None:
    if OPERATION not in [word.text for word in call.words]:
        return None
    for before, word in pairwise(call.words):
        name, equals, value = word.text.partition("=")
        if before.text in OPTIONS and not PLACE.match(word.text):
            return before.text, word
        if name in OPTIONS and equals and not PLACE.match(value):
            return name, Word(value, word.unknown)
    return None
