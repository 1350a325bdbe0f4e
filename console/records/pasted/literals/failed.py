"""Texts in which no literal was found, kept while one text is detected, since several readers try the same ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

BLANKS = "; \t\r\n"
# Shorter attempts cost less than they would be looked for.
FEWEST_TOKENS = 1000
MOST_TEXTS = 16
_texts: ContextVar[list[str] | None] = ContextVar("failed", default=None)


@contextmanager
def failures_kept() -> Iterator[None]:
    """Keep the texts that cannot be read, until the end of the block."""
    token = _texts.set([])
    try:
        yield
    finally:
        _texts.reset(token)


def has_failed(text: str, start: int) -> bool:
    """Return whether what begins at an offset of a text has been tried before, and is no literal."""
    return any(
        text.startswith(failed, start) and not text[start + len(failed) :].strip(BLANKS)
        for failed in _texts.get() or ()
    )


def keep_failure(text: str, start: int, tokens: int) -> None:
    """Keep the text that begins at an offset, of which as many tokens were read in vain."""
    texts = _texts.get()
    if texts is not None and tokens >= FEWEST_TOKENS and len(texts) < MOST_TEXTS:
        texts.append(text[start:].rstrip(BLANKS))
