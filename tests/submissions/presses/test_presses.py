"""A press of several calls takes no rows of another for its own where its connection breaks while they are written.

The rows cannot be removed again, so that each case has a process and a database of its own.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.served import clean_variables, manage, migrate


@pytest.mark.served
@pytest.mark.parametrize(
    ("meanwhile", "expected"),
    [
        ("another", ["retired", 0, ["created", "created"]]),
        ("lambda: None", ["new", 2, ["sending", "sending"]]),
    ],
    ids=["another press was earlier", "nobody else was there"],
)
def test_a_press_whose_connection_breaks(meanwhile: str, expected: list[Any], tmp_path: Path) -> None:
    migrate(tmp_path)
    code = (
        "import json; from tests.submissions.presses.breaking_presses import another, use_and_rows; "
        f"print(json.dumps(use_and_rows({meanwhile})))"
    )
    printed = manage("shell", "--no-imports", "-c", code, variables=clean_variables(tmp_path))
    assert json.loads(printed) == expected
