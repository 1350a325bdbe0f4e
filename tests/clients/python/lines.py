"""What the programs of Python's clients share: they answer lines of JSON, as tests/clients/walking.py says.

It runs with old Pythons too, as the clients do.
"""

import json
import sys
from typing import Any, Callable, Dict  # noqa: UP035  # Python 3.8 has no types in square brackets.

Outcome = Dict[str, Any]  # noqa: UP006


def answer_lines(call: Callable[[Dict[str, Any]], Outcome]) -> None:  # noqa: UP006
    """Print what comes of each request, until there are no more."""
    for line in sys.stdin:
        print(json.dumps(call(json.loads(line)), default=str), flush=True)
