"""Texts that cannot be read as literals, remembered during one detection: several readers try the same ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

BLANKS = "; \t\r\n"
# Trying a shorter text again costs less than looking it up.
FEWEST_TOKENS = 1000
MOST_TEXTS = 16
_texts: ContextVar[list[str] | None] = ContextVar("failed", default=None)


@contextmanager
def failures_kept() -> Iterator[None]:
    """Remember the texts that cannot be read, until the end of the block."""
    token = _texts.set([])
    try:
        yield
    finally:
        _texts.reset(token)


def has_failed(text: str, start: int) -> bool:
    """Return whether the text from an offset on was tried before, and could not be read."""
    return any(
        text.startswith(failed, start) and not text[start + len(failed) :].strip(BLANKS)
        for failed in _texts.get() or ()
    )


def keep_failure(text: str, start: int, tokens: int) -> None:
    """Remember that the text from an offset on cannot be read; `tokens` is how many were read before it failed."""
    texts = _texts.get()
    if texts is not None and tokens >= FEWEST_TOKENS and len(texts) < MOST_TEXTS:
        texts.append(text[start:].rstrip(BLANKS))
