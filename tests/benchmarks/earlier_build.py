"""The commit of this project that benchmarks measure today's build beside."""

import io
import subprocess
import tarfile
from pathlib import Path

from tests.support.served import ROOT

EARLIER = "e165662"


def extracted(folder: Path, *paths: str) -> Path:
    """Put the tree of the earlier commit, or some paths of it, into a folder, and return that."""
    archive = subprocess.run(["git", "archive", EARLIER, *paths], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder
