"""Finds the AWS CLI, version 2, for the tests, and prints its path.

First the one that CONSOLE_TEST_AWS_CLI names, then each `aws` on the PATH. Version 1 comes with the tests' packages.
"""

import os
import subprocess
import sys
from pathlib import Path


def find_aws_cli() -> str | None:
    """Return the path of an AWS CLI of version 2, or None if there is none."""
    named = os.environ.get("CONSOLE_TEST_AWS_CLI")
    if named:
        return named
    directories = os.environ.get("PATH", os.defpath).split(os.pathsep)
    paths = (Path(directory, "aws") for directory in directories if directory)
    return next((str(path) for path in paths if os.access(path, os.X_OK) and _is_version_2(path)), None)


def _is_version_2(path: Path) -> bool:
    # In no directory of ours: version managers put programs on the PATH that run in some directories only.
    done = subprocess.run([path, "--version"], capture_output=True, text=True, cwd="/")
    return done.stdout.startswith("aws-cli/2.")


if __name__ == "__main__":
    found = find_aws_cli()
    if found is None:
        sys.exit("No AWS CLI of version 2 was found.")
    print(found)
