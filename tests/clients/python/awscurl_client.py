"""The command awscurl: see plain.py. It prints headers as a dictionary of Python, and no status."""

import subprocess
import sys
from ast import literal_eval
from collections.abc import Mapping
from pathlib import Path

from tests.clients.python.plain import SIGNED_AS, answer_with

AWSCURL = str(Path(sys.executable).with_name("awscurl"))


def send(url: str, headers: dict[str, str], body: bytes) -> tuple[int | None, Mapping[str, str], str]:
    """Send a signed request."""
    given = [each for name, value in headers.items() for each in ("-H", f"{name}: {value}")]
    command = [AWSCURL, "--service", SIGNED_AS, "-X", "POST", "-d", body.decode(), *given, "-i", url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise OSError(done.stderr.splitlines()[-1])
    head, _blank, text = done.stdout.partition("\n\n")
    answered = literal_eval(head)
    return None if "x-amzn-errortype" in answered else 200, answered, text


if __name__ == "__main__":
    answer_with(send)
