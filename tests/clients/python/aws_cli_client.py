"""The command aws, whose path is the first argument: see lines.py. It prints no status of HTTP."""

import json
import re
import subprocess
import sys
from typing import Any

from tests.clients.python.lines import Outcome, answer_lines

REFUSED = re.compile(r"An error occurred \((\w+)\) when calling the \w+ operation")
UNKNOWN = re.compile("invalid choice", re.IGNORECASE)


def call(request: dict[str, Any]) -> Outcome:
    """Call an operation."""
    operation = re.sub("(?<!^)(?=[A-Z])", "-", request["operation"]).lower()
    options = [
        "--endpoint-url",
        request["endpoint"],
        "--cli-input-json",
        json.dumps(request["input"]),
        "--no-paginate",
    ]
    command = [sys.argv[1], request["service"], operation, *options, "--output", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode == 0:
        return {"answer": json.loads(done.stdout or "{}"), "attempts": None}
    if UNKNOWN.search(done.stderr):
        return {"unknown": True}
    refused = REFUSED.search(done.stderr)
    code = refused[1] if refused else done.stderr
    return {"error": code, "class": None, "status": None, "attempts": None}


if __name__ == "__main__":
    answer_lines(call)
