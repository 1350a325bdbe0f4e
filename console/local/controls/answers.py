"""Responses of the controls."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO, Any

PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, whose body is bytes, a file, or chunks generated while they are sent."""

    body: bytes | IO[bytes] | Iterable[bytes]
    content_type: str = "application/json"
    status: int = HTTPStatus.OK
    headers: dict[str, str] = field(default_factory=dict)


def as_json(content: dict[str, Any], status: int = HTTPStatus.OK, headers: dict[str, str] | None = None) -> Answer:
    """Return a response of one line of JSON."""
    # A lone surrogate of a request is written as JSON's own escape, as it came.
    body = json.dumps(content, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"
    return Answer(body, status=status, headers=headers or {})


def in_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield lines with line breaks, in batches."""
    piece = bytearray()
    for line in lines:
        piece += line.encode(errors="backslashreplace") + b"\n"
        if len(piece) >= PIECE:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)
