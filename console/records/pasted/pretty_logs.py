"""Logs as pino-pretty prints them: a line with level and message, and the values of the entry indented below it."""

import re

from console.records.json.nodes import quoted
from console.records.json.writing import json_text
from console.records.pasted.detected import Found
from console.records.pasted.json_texts import read_json_text
from console.records.pasted.reader import found_without
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, PREFIX_LEFT_OUT, Unwrapped
from console.records.schemas.schema import Schema

ENTRY = re.compile(r"(?:\[[^\]\n]+\] |[0-9][^\n]{9,40}? )?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\b[^\n]*")
MEMBER = re.compile(r" {4}(?P<name>[^\s:\"][^:\n]*): (?P<value>\S.*)")
INNER = "     "
MOST_LINES = 5000


def read_pretty_log(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that the entries of a log have as indented values, or None; raise Refusal."""
    return found_without(_entries(text), (("JSON", read_json_text),), schema, target)


def _entries(text: str) -> Unwrapped | None:
    """Return the values of all entries as JSON, or None of another text."""
    lines = [line.rstrip() for line in text.strip().split("\n") if line.strip()]
    if len(text) > LONGEST_PROSE or not 1 < len(lines) <= MOST_LINES or not ENTRY.fullmatch(lines[0]):
        return None
    entries: list[list[str]] = []
    for line in lines:
        member = MEMBER.fullmatch(line)
        if member and entries:
            entries[-1].append(f"{json_text(member['name'])}: {member['value']}")
        elif ENTRY.fullmatch(line):
            entries.append([])
        elif entries and entries[-1] and line.startswith((INNER, "    }", "    ]")):
            entries[-1][-1] += f"\n{line}"
        else:
            return None
    objects = [f"{{{', '.join(each)}}}" for each in entries if each]
    note = PREFIX_LEFT_OUT.format(quoted(lines[0]))
    return Unwrapped(f"[{', '.join(objects)}]", "in the entries of a log", (note,)) if objects else None
