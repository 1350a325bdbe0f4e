"""What makes the programs of clients, each by the tools of its language, once for all processes of a run.

What is made stays below var/tests/: the tools themselves see what is older than its sources.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.made_once import made_once
from tests.support.served import ROOT

MADE = ROOT / "var" / "tests"
JAVA = ROOT / "tests" / "clients" / "java"
GO = ROOT / "tests" / "clients" / "go"
RUST = ROOT / "tests" / "clients" / "rust"
REQUIREMENTS = ROOT / "tests" / "clients" / "python" / "requirements"
# Those that the first botocore with PutUsers runs on.
OLD_PYTHONS = ("python3.11", "python3.10", "python3.9", "python3.8", "python3")


def need(command: str, advice: str) -> str:
    """Return the path of a command; fail the test with a sentence if the machine does not have it."""
    found = shutil.which(command)
    if found is None:
        pytest.fail(f"{command} is needed to test this client, and was not found. {advice}", pytrace=False)
    return found


def run(command: Sequence[str], directory: Path, **variables: str) -> None:
    """Run a tool to its end; fail the test with what it prints if it fails."""
    done = subprocess.run(command, cwd=directory, env={**os.environ, **variables}, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}", pytrace=False)


def java_classes() -> str:
    """Return the class path of the SDK for Java and of the programs, which Maven compiles."""
    made_once("java", _compile_java)
    target = MADE / "java"
    return os.pathsep.join([str(target / "classes"), str(target / "libraries" / "*")])


def _compile_java(_made: Path) -> None:
    advice = "Install a JDK of version 17 or newer, and Maven (on Debian: apt-get install default-jdk-headless maven)."
    need("javac", advice)
    maven = need("mvn", advice)
    run([maven, "--batch-mode", "--quiet", f"-Dmade={MADE / 'java'}", "prepare-package"], JAVA)


def go_program(name: str) -> str:
    """Return the path of a program in Go, which is compiled."""
    made_once("go", _compile_go)
    return str(MADE / "go" / name)


def _compile_go(_made: Path) -> None:
    go = need("go", "Install Go of version 1.24 or newer, from its makers or with golang of a newer Debian.")
    run([go, "build", "-o", f"{MADE / 'go'}/", "./..."], GO)


def rust_program() -> str:
    """Return the path of the program in Rust, which is compiled: for the first time, that takes minutes."""
    made_once("rust", _compile_rust)
    return str(MADE / "rust" / "debug" / "console-client-tests")


def _compile_rust(_made: Path) -> None:
    cargo = need("cargo", "Install Rust of version 1.95 or newer with Cargo, as with rustup.")
    run([cargo, "build", "--quiet", "--locked"], RUST, CARGO_TARGET_DIR=str(MADE / "rust"))


def python_of(name: str, *, old: bool = False) -> Path:
    """Return the Python of a virtual environment with the packages that a file of requirements pins."""
    python = old_python() if old else sys.executable
    requirements = REQUIREMENTS / f"{name}.txt"
    mark = hashlib.sha256(f"{python} {requirements.read_text()}".encode()).hexdigest()
    environment = MADE / "environments" / name
    made_once(f"environment-{name}", lambda _made: _make_environment(environment, python, requirements, mark))
    return environment / "bin" / "python"


def _make_environment(environment: Path, python: str, requirements: Path, mark: str) -> None:
    marked = environment / "installed"
    if marked.exists() and marked.read_text() == mark:
        return
    shutil.rmtree(environment, ignore_errors=True)
    run([python, "-m", "venv", str(environment)], ROOT)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--no-deps", "--require-hashes", "-r", str(requirements)], ROOT)
    marked.write_text(mark)


def old_python() -> str:
    """Return the path of a Python that the first botocore with PutUsers runs on; fail the test if there is none."""
    places = [*os.environ.get("PATH", os.defpath).split(os.pathsep), *map(str, _of_pyenv())]
    for name in OLD_PYTHONS:
        for place in places:
            path = shutil.which(name, path=place)
            if path and _is_old(path):
                return path
    pytest.fail(
        "The first botocore with PutUsers runs on Python 3.8 to 3.11, and none was found. Install one, as with pyenv.",
        pytrace=False,
    )


def _of_pyenv() -> list[Path]:
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return sorted(root.glob("versions/*/bin"))


def _is_old(path: str) -> bool:
    # Its own version, with what it needs to make a virtual environment.
    asked = "import ensurepip, sys; print(*sys.version_info[:2])"
    done = subprocess.run([path, "-c", asked], capture_output=True, text=True, cwd="/")
    return bool(re.fullmatch(r"3 (8|9|10|11)\n", done.stdout))


def aws_cli_2() -> str:
    """Return the path of the AWS CLI, version 2, that is pinned: it comes in a layer of AWS Lambda."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.fail("The AWS CLI of version 2 that is pinned runs on Linux on x86-64 alone.", pytrace=False)
    environment = python_of("aws_cli_2").parent.parent
    made_once("aws-cli-2", lambda _made: _unpack_aws_cli(environment))
    (found,) = environment.glob("awscli/v2/*/dist/aws")
    return str(found)


def _unpack_aws_cli(environment: Path) -> None:
    # It goes with the environment, where that is made again.
    if (environment / "awscli").exists():
        return
    (package,) = environment.glob("lib/python*/site-packages/aws_cdk/asset_awscli_v2/_jsii/*.tgz")
    with tarfile.open(package) as files:
        layer = files.extractfile("package/lib/layer.zip")
        assert layer is not None
        with ZipFile(layer) as zipped, tempfile.TemporaryDirectory(dir=environment) as begun:
            zipped.extractall(begun)
            Path(begun, "awscli").rename(environment / "awscli")
    for program in environment.glob("awscli/v2/*/dist/aws"):
        program.chmod(0o755)
