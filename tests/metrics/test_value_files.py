"""Metrics in files of several processes, on a disk that is full."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.served import ROOT
from tests.support.small_disk import inside, small_disk

# Counts a submission of the environment that each line names, and answers with the counts of all processes.
PROCESS = """
import re, sys
from console.metrics import value_files
value_files.SECONDS_TO_NEXT_TRY = 0
from console.metrics import counters, metrics

for line in sys.stdin:
    counters.count_submission(line.strip(), "created", attempts=1, milliseconds=30)
    text = metrics.in_text_format().decode()
    found = re.findall(r'console_submissions_total{environment="(.+)",outcome="created"} (.+)', text)
    print(*sorted(f"{name}={count}" for name, count in found), flush=True)
"""


@contextmanager
def process(directory: Path) -> Iterator["subprocess.Popen[str]"]:
    """Begin a process that counts."""
    variables = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(directory)}
    command = [*inside(directory), sys.executable, "-c", PROCESS]
    with subprocess.Popen(
        command, cwd=ROOT, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as begun:
        yield begun
        assert begun.stdin is not None
        begun.stdin.close()
        assert begun.wait(30) == 0


def count(counting: "subprocess.Popen[str]", environment: str) -> list[str]:
    """Let a process count a submission of an environment, and return the counts of all processes as it says them."""
    assert counting.stdin is not None
    assert counting.stdout is not None
    counting.stdin.write(f"{environment}\n")
    counting.stdin.flush()
    return counting.stdout.readline().split()


def test_processes_count_on_a_full_disk_and_share_their_counts_once_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        directory = disk.path / "metrics"
        with process(directory) as one, process(directory) as other:
            assert count(one, "a") == ["a=1.0"]
            assert count(other, "a") == ["a=2.0"]
            with disk.full():
                for number in range(100):
                    counts = count(one, f"full-{number}")
                    # What a file that was given up has left may make room for another one.
                    disk.fill()
                assert "full-99=1.0" in counts
                # Those of the first are in its memory alone.
                assert not [each for each in count(other, "a") if each.startswith("full")]
                assert not list(directory.glob("*.part"))
            assert "full-0=1.0" in count(one, "c")
            counts = count(other, "c")
            assert "c=2.0" in counts
            assert counts.count("full-99=1.0") == 1
            assert "a=3.0" in counts


@pytest.mark.parametrize("how", ["bytes", "files", "read-only"])
def test_a_process_that_begins_on_a_disk_that_takes_nothing_leaves_nothing_there(tmp_path: Path, how: str) -> None:
    with small_disk(tmp_path / "disk") as disk:
        directory = disk.path / "metrics"
        directory.mkdir()
        if how == "bytes":
            disk.fill()
        elif how == "files":
            disk.fill_with_files()
        else:
            disk.remount("ro")
        with process(directory) as one:
            assert count(one, "a") == ["a=1.0"]
            assert count(one, "a") == ["a=2.0"]
            assert not list(directory.iterdir())
            if how == "read-only":
                disk.remount("rw")
            disk.free()
            assert count(one, "a") == ["a=3.0"]
            assert sorted(each.name.partition("_")[0] for each in directory.iterdir()) == ["counter", "histogram"]
            with process(directory) as other:
                assert count(other, "a") == ["a=4.0"]


def test_a_file_that_is_cut_short_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "counter_1-1.db").write_bytes(b"\x40\0\0\0\0\0\0\0\xff\xff")
    (tmp_path / "histogram_1-1.db").touch()
    with process(tmp_path) as one:
        assert count(one, "a") == ["a=1.0"]
