"""An output that cannot be written: the local service alone ends with one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.served import ROOT, free_port


@pytest.mark.parametrize(
    ("redirected", "reason"),
    [("> /dev/full", "No space left on device"), ("| true", "Broken pipe"), (">&-", "it is closed")],
)
def test_it_ends_with_one_sentence_where_its_output_cannot_be_written(
    tmp_path: Path, redirected: str, reason: str
) -> None:
    command = f"{sys.executable} -m console.alone --port={free_port()} --data={tmp_path}"
    script = f"set -o pipefail; {command} {redirected}"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (1, f"The output cannot be written ({reason}).\n")
