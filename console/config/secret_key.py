"""The secret key that the data directory keeps, where CONSOLE_SECRET_KEY names none."""

import contextlib
import os
import secrets
import sys
import tempfile
from pathlib import Path

SHORTEST_SECRET = 50


def kept_secret(path: Path) -> str:
    """Return the secret that a file keeps; make the file, readable by its owner alone, if it is not there."""
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
        sys.exit(
            f"{path} cannot be used ({error.strerror}). Set CONSOLE_SECRET_KEY, or name another CONSOLE_DATA_DIR."
        )
    if len(found.strip()) < SHORTEST_SECRET:
        sys.exit(
            f"{path} has no secret of {SHORTEST_SECRET} characters or more. Delete it, and the console "
            "makes a new one."
        )
    return found
