"""boto3's default session, which keeps the keys of the first test that has used it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def default_session() -> Iterator[None]:
    """Let `boto3.client` read the environment variables anew during a block, and after it."""
    before = sys.modules.get("boto3")
    kept = getattr(before, "DEFAULT_SESSION", None)
    _set(None)
    try:
        yield
    finally:
        _set(kept)


def _set(session: object) -> None:
    boto3 = sys.modules.get("boto3")
    if boto3 is not None:
        boto3.DEFAULT_SESSION = session  # type: ignore[attr-defined]  # Of a module, mypy knows nothing.
