"""The plugin's process: started, asked, and lost, with a `personalize-local` of this checkout."""

import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
import pytest
from freezegun import freeze_time

from pytest_personalize_local import Local, PersonalizeLocal, PersonalizeLocalError
from pytest_personalize_local.environments import installed_command, own_environment
from pytest_personalize_local.services import Service
from tests.support.served import ROOT

COMMAND = (sys.executable, str(ROOT / "tests/plugin/personalize_local.py"))

pytestmark = pytest.mark.served


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    service = Service(COMMAND)
    yield service
    service.stop()


def test_accounts_have_nothing_in_common(service: Service) -> None:
    one, other = Local(service), Local(service)
    readers = one.create_dataset("Users", AGE="int", TIER={"type": "string", "categorical": True})
    one.boto3_client("personalize-events").put_users(
        datasetArn=readers, users=[{"userId": "ada", "properties": '{"age": 36, "tier": "Gold"}'}]
    )
    assert one.records(readers) == [{"userId": "ada", "properties": {"age": 36, "tier": "Gold"}}]
    assert other.boto3_client("personalize").list_dataset_groups()["datasetGroups"] == []
    assert other.calls()[-1]["operation"] == "ListDatasetGroups"
    other.load_state(one.save_state())
    one.reset()
    with pytest.raises(PersonalizeLocalError, match="There is no dataset"):
        one.users(readers)
    copied = readers.replace(one.account, other.account)
    assert other.users(copied) == {"ada": {"age": 36, "tier": "Gold"}}


def test_tests_whose_clock_stands_still_are_served(service: Service) -> None:
    local = Local(service)
    for day in ("1999-12-31", "2049-01-14"):
        with freeze_time(day):
            readers = local.create_dataset("Users", AGE="int")
            local.boto3_client("personalize-events").put_users(
                datasetArn=readers, users=[{"userId": "ada", "properties": '{"age": 36}'}]
            )
            assert local.users(readers) == {"ada": {"age": 36}}


def test_a_long_state_goes_there_and_back(service: Service) -> None:
    local = Local(service)
    readers = local.create_dataset("Users", AGE="int", NAME=["null", "string"])
    events = local.boto3_client("personalize-events")
    for first in range(0, 200, 10):
        users = [
            {"userId": f"u-{first + each}", "properties": json.dumps({"age": 1, "name": "n" * 500})}
            for each in range(10)
        ]
        events.put_users(datasetArn=readers, users=users)
    state = local.save_state()
    assert len(state) > 100_000
    local.reset()
    local.load_state(state)
    assert len(local.users(readers)) == 200
    with pytest.raises(PersonalizeLocalError, match=r"^Line 1 of the state is not JSON in UTF-8\.$"):
        local.load_state(b"x" * 100_000)


@pytest.mark.parametrize("dataset_type", ["Users", "Items", "Interactions", "Actions", "Action_Interactions"])
def test_every_type_of_dataset_is_made_with_what_it_needs(service: Service, dataset_type: str) -> None:
    fields = {} if dataset_type.endswith("nteractions") else {"LEVEL": "int"}
    assert Local(service).create_dataset(dataset_type, **fields).endswith(f"/{dataset_type.upper()}")


def test_the_context_manager_leads_clients_there_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for _ in range(2):
        # Each has keys of its own, which boto3 would keep from the first.
        with PersonalizeLocal(command=f"{COMMAND[0]} {COMMAND[1]}") as local:
            boto3.client("personalize").create_dataset_group(name="shop")
            assert "AWS_PROFILE" not in os.environ
            assert [each["operation"] for each in local.calls()] == ["CreateDatasetGroup"]
    assert os.environ["AWS_PROFILE"] == "production"
    assert os.environ["AWS_REGION"] == "eu-west-1"
    assert "AWS_ACCESS_KEY_ID" not in os.environ
    assert boto3.DEFAULT_SESSION is None


def test_a_service_that_ends_says_what_it_has_printed() -> None:
    service = Service(COMMAND)
    local = Local(service)
    process = service._process
    process.kill()
    process.wait()
    with pytest.raises(PersonalizeLocalError, match=r"^personalize-local has ended with status -9\. It printed"):
        local.calls()
    service.stop()


def test_a_service_that_does_not_start_says_what_it_has_printed(tmp_path: Path) -> None:
    command = tmp_path / "broken"
    command.write_text("#!/bin/sh\necho no database >&2\nexit 3\n")
    command.chmod(0o700)
    with pytest.raises(PersonalizeLocalError) as error:
        Service([str(command)])
    assert str(error.value) == f"{command} did not start: it ended with status 3. It printed:\nno database"
    # The next test does not wait for it again.
    for _ in range(2):
        with (
            pytest.raises(PersonalizeLocalError, match=r"ended with status 3\."),
            PersonalizeLocal(command=str(command)),
        ):
            pass
        command.unlink(missing_ok=True)
    with pytest.raises(PersonalizeLocalError) as error:
        Service([str(tmp_path / "missing")])
    assert str(error.value) == f"{tmp_path}/missing cannot be started: No such file or directory."


USING = """
def test_one(personalize_local): ...
def test_other(personalize_local): ...
def test_lost(personalize_local):
    personalize_local._service._process.kill()
    personalize_local._service._process.wait()
"""


def outcome(folder: Path, command: str, *tests: str) -> str:
    """Return what pytest prints of tests whose service a command starts."""
    (folder / "test_using.py").write_text(USING)
    pytest_ = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rN",
        # In the order that is given.
        "-p",
        "no:randomly",
        "-p",
        "pytest_personalize_local.plugin",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [*pytest_, "-o", f"personalize_local_command={command}", "--rootdir=.", *tests],
        cwd=folder,
        env={**own_environment(), "PYTHONPATH": str(ROOT / "pytest-personalize-local/src"), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_a_test_gets_a_sentence_with_the_output_where_the_service_does_not_run(tmp_path: Path) -> None:
    said = outcome(
        tmp_path, "sh -c 'echo no room >&2; exit 4'", "test_using.py::test_one", "test_using.py::test_other"
    )
    assert said.count("did not start: it ended with status 4. It printed:\nno room\n") == 2
    assert "Traceback" not in said
    said = outcome(tmp_path, " ".join(COMMAND), "test_using.py::test_lost", "test_using.py::test_one")
    assert said.count("personalize-local has ended with status -9. It printed") == 2


STARTING = f"""
import time
from pytest_personalize_local.services import Service
print(Service({COMMAND!r})._process.pid, flush=True)
time.sleep(600)
"""


def test_a_service_ends_with_the_process_that_has_started_it() -> None:
    starting = subprocess.Popen(
        [sys.executable, "-c", STARTING], cwd=ROOT / "pytest-personalize-local/src", stdout=subprocess.PIPE, text=True
    )
    with starting:
        assert starting.stdout is not None
        pid = int(starting.stdout.readline())
        starting.kill()
    until = time.monotonic() + 60
    while is_running(pid):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Return whether a process runs; one that nobody has waited for has ended."""
    status = Path(f"/proc/{pid}/status")
    try:
        return "State:\tZ" not in status.read_text()
    except FileNotFoundError:
        return False


def wheel_of(directory: Path, printed: str) -> Path:
    """Return a wheel, written by hand, whose command `personalize-local` prints something."""
    path = directory / "fake_local-1-py3-none-any.whl"
    entry = "[console_scripts]\npersonalize-local = fake_local:run\n"
    files = {
        "fake_local.py": f"def run():\n    print({printed!r})\n",
        "fake_local-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: fake-local\nVersion: 1\n",
        "fake_local-1.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "fake_local-1.dist-info/entry_points.txt": entry,
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
        file.writestr("fake_local-1.dist-info/RECORD", "".join(f"{name},,\n" for name in files))
    return path


def test_a_requirement_is_installed_once_however_many_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_LOG", str(tmp_path / "pip.log"))
    wheel = str(wheel_of(tmp_path, "one"))
    with ThreadPoolExecutor(3) as pool:
        first, *others = pool.map(lambda _: installed_command(wheel, "personalize-local"), range(3))
    assert others == [first, first]
    assert (tmp_path / "pip.log").read_text().count("Successfully installed fake-local-1") == 1
    with pytest.raises(PersonalizeLocalError, match=r"did not start: it ended with status 0\. It printed:\none$"):
        Service([first])
    # Another wheel of the same name is another one.
    wheel_of(tmp_path, "other")
    assert installed_command(wheel, "personalize-local") != first


def test_what_cannot_be_installed_says_what_pip_has_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    missing = str(tmp_path / "missing-1-py3-none-any.whl")
    with pytest.raises(PersonalizeLocalError, match=r"could not be installed\. The output was:\n(.|\n)*missing-1-py3"):
        installed_command(missing, "personalize-local")
    assert [path.suffix for path in (tmp_path / "cache/pytest-personalize-local").iterdir()] == [".lock"]
