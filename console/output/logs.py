"""Log formats: JSON lines in production, readable lines elsewhere, and never any typed text.

Neither query strings nor bodies, cookies or headers are logged, and of exceptions only their kinds and where they were
raised: the message of one may contain the value that it is about.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, override

from django.db import OperationalError

from console.output.user_information import without_user_information

# These say why a file, a network or a database cannot be used, and contain no value of a row.
TELLING = (OSError, OperationalError)
# The query string of an address: Django names the page that a refused form came from.
QUERY = re.compile(r"\?\S+")
TRACEBACK = "Traceback, without the exceptions' messages:"
# The extra members of a line about a request.
MEASURED = ("status", "milliseconds")


@dataclass(slots=True)
class CurrentRequest:
    """The request that a thread answers: its id, its path without the query, and who sent it, once that is known."""

    id: str
    path: str
    person_id: int | None = None


_current: ContextVar[CurrentRequest | None] = ContextVar("current_request", default=None)


def current_request() -> CurrentRequest | None:
    """Return the request that this thread is answering, or None."""
    return _current.get()


@contextmanager
def answering(request: CurrentRequest) -> Iterator[CurrentRequest]:
    """Add a request to all log lines of a block, and yield it."""
    token = _current.set(request)
    try:
        yield request
    finally:
        _current.reset(token)


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON; `time` is UTC as in RFC 3339."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": shareable(record.getMessage()),
            "process": record.process,
        }
        request = current_request()
        if request:
            line |= {"request_id": request.id, "person_id": request.person_id, "path": request.path}
        line |= {name: getattr(record, name) for name in MEASURED if hasattr(record, name)}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["exception"] = exception_lines(error)
        return json.dumps(line, ensure_ascii=False)


class LineFormatter(logging.Formatter):
    """Writes a record as a line to read, and below it the exception, if there is one."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        # Not Django's or Python's own text of an exception, which has its message.
        record.message, record.asctime = record.getMessage(), self.formatTime(record)
        line = shareable(self.formatMessage(record))
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else "\n  ".join([line, TRACEBACK, *exception_lines(error)])


def shareable(text: str) -> str:
    """Return a text with query strings and user information removed from its URLs."""
    return without_user_information(QUERY.sub("?…", text))


def exception_lines(error: BaseException) -> list[str]:
    """Return an exception's type and where it was raised, then the same of its causes, one line after another."""
    lines: list[str] = []
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        message = shareable(f": {each}") if isinstance(each, TELLING) else ""
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}{message}")
        frames = traceback.extract_tb(each.__traceback__)
        lines += [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in reversed(frames)]
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return lines


def defect_in_words(error: BaseException) -> str:
    """Return the log's text for an unexpected error: its type, and where it was raised.

    Its text may repeat values of records, as those of databases do.
    """
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
