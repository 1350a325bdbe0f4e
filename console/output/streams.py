"""The output of commands: if it cannot be written, as on a full disk, they end with a sentence and the status 1."""

import os
import sys
from contextlib import suppress
from io import UnsupportedOperation
from typing import Any, TextIO


class OutputError(OSError):
    """The output of a command cannot be written; the error number says why, if there is one."""

    def __str__(self) -> str:
        return f"The output cannot be written ({os.strerror(self.errno) if self.errno else 'it is closed'})."


class Output:
    """A text stream that raises OutputError if it cannot be written or does not exist."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text, and return its length in characters; raise OutputError."""
        if self._stream is None:
            raise OutputError
        try:
            return self._stream.write(text)
        except OSError as error:
            raise OutputError(*error.args) from error

    def flush(self) -> None:
        """Write buffered text; raise OutputError."""
        try:
            if self._stream is not None:
                self._stream.flush()
        except OSError as error:
            raise OutputError(*error.args) from error

    def __getattr__(self, name: str) -> Any:
        if self._stream is None:
            raise AttributeError(name)
        return getattr(self._stream, name)


def drop_output() -> None:
    """Drop unwritten output: Python would try to write it again at its end, and report the error."""
    with suppress(OSError, UnsupportedOperation, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
