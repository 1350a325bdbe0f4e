"""Checking files of many rows, beside an earlier version of this project and beside frictionless, in one run.

And sending users at all of AWS's rate.
"""

import json
import os
import resource
import subprocess
import sys
import venv
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.checking import write_rows
from tests.benchmarks.earlier_build import extracted
from tests.support.served import ROOT

ROWS = int(os.environ.get("CONSOLE_BENCH_ROWS", 1_000_000))
# The others take a minute and more for all of them.
ROWS_OF_OTHERS = ROWS // 10
LEAST_TIMES_EARLIER, LEAST_TIMES_FRICTIONLESS = 8, 20
MOST_KILOBYTES = 400_000
USERS_SENT, LEAST_USERS_A_SECOND = 4_000, 98
ROUNDS = 3
FRICTIONLESS = "frictionless==5.19.0"
TYPES_OF_FIELDS = {
    "USER_ID": "string",
    "AGE": "int",
    "SCORE": "double",
    "VIP": "boolean",
    "MEMBER_SINCE": "long",
    "MEMBERSHIP_TYPE": "string",
    "CITY": "string",
}
TYPES = {"string": "string", "int": "integer", "double": "number", "boolean": "boolean", "long": "integer"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A long file, and a shorter one for those that take long."""
    folder = tmp_path_factory.mktemp("files")
    for name, count in (("long.csv", ROWS), ("short.csv", ROWS_OF_OTHERS)):
        write_rows(folder / name, count)
    return folder / "long.csv", folder / "short.csv"


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of the earlier version, as its commit has them."""
    return extracted(tmp_path_factory.mktemp("earlier"), "console")


def run(path: Path, *more: str) -> tuple[float, int]:
    """Check a file in a process of its own; return the rows a second and its memory in kilobytes."""
    module = ROOT / "tests" / "benchmarks" / "checking.py"
    here = {**os.environ, "PYTHONPATH": more[0] if more else str(ROOT)}
    command = [sys.executable, str(module), str(path), *more]
    printed = subprocess.run(command, capture_output=True, check=True, env=here, cwd=more[0] if more else ROOT).stdout
    rows, seconds, kilobytes = json.loads(printed)
    return rows / seconds, kilobytes


def seconds_of_children() -> float:
    """Return the seconds of processor that processes took which this one has begun and waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_checking_a_file_beside_the_earlier_version(
    benchmark: BenchmarkFixture, files: tuple[Path, Path], earlier: Path
) -> None:
    now, before, memory = [], [], []

    def both() -> None:
        rate, kilobytes = run(files[0])
        now.append(rate)
        memory.append(kilobytes)
        before.append(run(files[1], str(earlier))[0])

    benchmark.pedantic(both, rounds=ROUNDS)  # type: ignore[no-untyped-call]  # It has no types.
    ratio = median(now) / median(before)
    benchmark.extra_info |= {"rows_per_second": round(median(now)), "times": round(ratio, 1), "kilobytes": max(memory)}
    print(f"{median(now):.0f} rows a second, {ratio:.1f} times the earlier version, at most {max(memory)} kB")
    assert ratio >= LEAST_TIMES_EARLIER
    assert max(memory) < MOST_KILOBYTES


def test_checking_a_file_beside_frictionless(
    benchmark: BenchmarkFixture, files: tuple[Path, Path], tmp_path: Path
) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    venv.create(tmp_path / "venv", with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "-q", FRICTIONLESS], check=True)
    schema = tmp_path / "schema.json"
    fields = [{"name": name, "type": TYPES[type_]} for name, type_ in TYPES_OF_FIELDS.items()]
    schema.write_text(json.dumps({"fields": fields, "missingValues": [""]}))
    now, others = [], []

    def both() -> None:
        now.append(run(files[0])[0])
        # As of this project, those of the processor: the machine may have more to do.
        began = seconds_of_children()
        command = [
            str(python.parent / "frictionless"),
            "validate",
            "--trusted",
            "--schema",
            str(schema),
            str(files[1]),
        ]
        subprocess.run(command, check=True, capture_output=True)
        others.append(ROWS_OF_OTHERS / (seconds_of_children() - began))

    benchmark.pedantic(both, rounds=1)  # type: ignore[no-untyped-call]  # It has no types.
    ratio = median(now) / median(others)
    benchmark.extra_info["times"] = round(ratio, 1)
    print(f"{ratio:.1f} times frictionless, which does {median(others):.0f} rows a second")
    assert ratio >= LEAST_TIMES_FRICTIONLESS


@pytest.mark.parametrize("workers", [1, 2])
def test_sending_at_the_whole_rate(benchmark: BenchmarkFixture, workers: int, tmp_path: Path) -> None:
    here = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "console.config.settings",
        "CONSOLE_DATA_DIR": str(tmp_path),
        "CONSOLE_LOCAL_CREATE_SECONDS": "0",
    }
    command = [sys.executable, "-m", "tests.benchmarks.sending", str(USERS_SENT), str(workers)]

    def send() -> list[float]:
        printed = subprocess.run(command, capture_output=True, check=True, env=here, cwd=ROOT).stdout
        figures: list[float] = json.loads(printed)
        return figures

    whole, steady, throttled = benchmark.pedantic(send, rounds=1)  # type: ignore[no-untyped-call]  # It has no types.
    benchmark.extra_info |= {"users_per_second": round(whole, 1), "steady": round(steady, 1), "throttled": throttled}
    print(f"{whole:.1f} users a second, {steady:.1f} of them once it runs, {throttled} calls were throttled")
    assert whole >= LEAST_USERS_A_SECOND
    assert steady >= LEAST_USERS_A_SECOND
