"""A command that is kept running beside another, with real processes."""

import errno
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from console.server import supervisor
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


def test_the_log_says_how_a_command_has_ended(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    marks = tmp_path / "marks"
    script = f"echo mark >> {marks}; if [ $(wc -l < {marks}) = 1 ]; then kill -KILL $$; else exec sleep 60; fi"
    with kept_running(["sh", "-c", script]):
        deadline = time.monotonic() + 30
        while not marks.exists() or marks.read_text() != "mark\n" * 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    # Its end with the server is none that anybody has to know of. What other tests have left running logs here as well.
    said = [each.getMessage() for each in caplog.records if each.name == supervisor.__name__]
    assert said == ["The worker beside the server has ended (signal 9). It is begun again."]


def test_ends_a_command_that_does_not_want_to(tmp_path: Path) -> None:
    process = tmp_path / "process"
    script = f"trap '' TERM; echo $$ > {process}; while true; do sleep 0.1; done"
    with kept_running(["sh", "-c", script]):
        while not process.exists() or not process.read_text():
            time.sleep(0.01)
        began = time.monotonic()
    assert time.monotonic() - began < 8
    assert not Path(f"/proc/{process.read_text().strip()}").exists()


def test_gives_a_command_the_time_that_it_is_given_from_when_it_was_told(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    script = f"trap 'sleep 7; echo ended > {marks}; exit' TERM; echo begun > {marks}; while true; do sleep 0.1; done"
    with kept_running(["sh", "-c", script], seconds_to_end=20) as tell_to_end:
        while not marks.exists() or not marks.read_text():
            time.sleep(0.01)
        began = time.monotonic()
        tell_to_end()
        # What else has to end takes its time.
        time.sleep(3)
    assert marks.read_text() == "ended\n"
    assert 7 <= time.monotonic() - began < 9.5


def test_tries_again_where_the_command_cannot_be_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(supervisor, "LONGEST_WAIT", 0.05)
    marks, begin, refusals = tmp_path / "marks", subprocess.Popen, [2]

    def popen(*arguments: Any, **options: Any) -> "subprocess.Popen[bytes]":
        if marks.exists() and refusals[0]:
            refusals[0] -= 1
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable")
        return begin(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", popen)
    began = time.monotonic()
    with kept_running(["sh", "-c", f"echo mark >> {marks}"]):
        while not marks.exists() or marks.read_text() != "mark\n" * 2:
            assert time.monotonic() - began < 30
            time.sleep(0.01)
    assert caplog.text.count("cannot be begun (Resource temporarily unavailable)") == 2
