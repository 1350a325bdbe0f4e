"""Server-sent events, as a browser or curl shows a stream of them (the section "Server-sent events" of HTML)."""

import re

from console.records.pasted.wrappings.unwrapped import Unwrapped

LINE = re.compile(r"(?:(?P<data>data):[ ]?(?P<text>.*)|(?:event|id|retry):.*|:.*)\r?")
MOST_LINES = 5000


def without_event_fields(text: str) -> Unwrapped | None:
    """Return the data of a stream of events, without the names of their fields; None if a line is none of one."""
    lines = [line for line in text.strip().split("\n") if line.strip()]
    if len(lines) > MOST_LINES or not text.lstrip().startswith(("data:", "event:", "id:", "retry:", ":")):
        return None
    found = [LINE.fullmatch(line) for line in lines]
    data = [each["text"] for each in found if each and each["data"] and each["text"].strip() != "[DONE]"]
    if not all(found) or not any(each.lstrip().startswith(("{", "[")) for each in data):
        return None
    return Unwrapped(
        "\n".join(data), "in a stream of events", ("The names of the fields of each event are left out.",)
    )
