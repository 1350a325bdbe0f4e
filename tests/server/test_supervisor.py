"""A command that is kept running beside another, with real processes."""

import time
from pathlib import Path

import pytest

from console.server.supervisor import kept_running

pytestmark = pytest.mark.served


def test_begins_a_command_again_that_ends_but_not_in_a_hurry(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    began = time.monotonic()
    with kept_running(["sh", "-c", f"echo mark >> {marks}"]):
        while not marks.exists() or marks.read_text() != "mark\n" * 3:
            assert time.monotonic() - began < 30
            time.sleep(0.01)
    # At once, after half a second, and after one more; the next would come two seconds later.
    assert time.monotonic() - began > 1.5
    time.sleep(2.5)
    assert marks.read_text() == "mark\n" * 3


def test_ends_a_command_that_does_not_want_to(tmp_path: Path) -> None:
    process = tmp_path / "process"
    script = f"trap '' TERM; echo $$ > {process}; while true; do sleep 0.1; done"
    with kept_running(["sh", "-c", script]):
        while not process.exists() or not process.read_text():
            time.sleep(0.01)
        began = time.monotonic()
    assert time.monotonic() - began < 8
    assert not Path(f"/proc/{process.read_text().strip()}").exists()
