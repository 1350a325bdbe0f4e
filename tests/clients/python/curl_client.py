"""The command curl, which signs by itself: see plain.py."""

import os
import subprocess
from collections.abc import Mapping

from tests.clients.python.plain import SIGNED_AS, answer_with

COMMAND = [
    *("curl", "--silent", "--show-error", "--dump-header", "-", "--data-binary", "@-"),
    *("--aws-sigv4", f"aws:amz:{os.environ['AWS_REGION']}:{SIGNED_AS}"),
    *("--user", f"{os.environ['AWS_ACCESS_KEY_ID']}:{os.environ['AWS_SECRET_ACCESS_KEY']}"),
]


def send(url: str, headers: dict[str, str], body: bytes) -> tuple[int, Mapping[str, str], str]:
    """Send a signed request."""
    given = [each for name, value in headers.items() for each in ("--header", f"{name}: {value}")]
    done = subprocess.run([*COMMAND, *given, url], input=body, capture_output=True, timeout=60)
    if done.returncode:
        raise OSError(done.stderr.decode())
    head, _blank, text = done.stdout.decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    return int(first.split(" ")[1]), dict(line.split(": ", 1) for line in lines), text


if __name__ == "__main__":
    answer_with(send)
