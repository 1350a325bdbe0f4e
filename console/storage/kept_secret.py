"""Secrets that the data directory keeps, each in a file of its own."""

import contextlib
import os
import secrets
import sys
import tempfile
from pathlib import Path

SHORTEST_SECRET = 50


def kept_secret(path: Path, instead: str) -> str:
    """Return the secret that a file keeps; make the file, readable by its owner alone, if it is not there.

    End with a sentence if it cannot be used; `instead` says there what people may do.
    """
    try:
        if not path.exists():
            # Written aside and linked, so that nobody ever reads half of it.
            with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
                file.write(secrets.token_urlsafe(50))
                file.flush()
                with contextlib.suppress(FileExistsError):
                    os.link(file.name, path)
        found = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        # A crash may leave of a file what was never written to it.
        found = ""
    except OSError as error:
        sys.exit(f"{path} cannot be used ({error.strerror}). {instead}")
    if len(found.strip()) < SHORTEST_SECRET:
        sys.exit(
            f"{path} has no secret of {SHORTEST_SECRET} characters or more. Delete it, and the console "
            "makes a new one."
        )
    return found
