"""The README says what there is: every setting, operation, command and address in it works."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from console.local.operations import OPERATIONS
from console.personalize.environments import read_environments
from console.records.record_input import judge_record_input
from tests.clients.test_put_users import AWS
from tests.records.literal_schemas import users_schema
from tests.support.served import ROOT, Served

README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    """Return the README's blocks of code in a language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    return [code for each, code in found if each == language]


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    sources = [*ROOT.glob("console/**/*.py"), *ROOT.glob("scripts/*.py"), *ROOT.glob("tests/load/*.py")]
    read = {
        name
        for path in sources
        for name in re.findall(
            r'(?:text|words|number|whole_number|flag|get|key_text)\(\s*"(CONSOLE_\w+|DATABASE_URL)"', path.read_text()
        )
    }
    documented = set(re.findall(r"^\| `(CONSOLE_\w+|DATABASE_URL)`", README, re.MULTILINE))
    assert documented == read


def test_every_served_operation_is_documented() -> None:
    table = README.partition("| it does | it does not |")[2].partition("## Settings")[0]
    served = {
        name
        for row in table.splitlines()
        for name in re.findall(r"\b[A-Z]\w+\b", row.split("|")[1] if "|" in row else "")
        if name in OPERATIONS
    }
    assert served == set(OPERATIONS)


def test_the_shapes_of_record_input_are_accepted() -> None:
    shapes = blocks("json")[0]
    schema = users_schema(AGE="int", MEMBERSHIP_TYPE="categorical string")
    assert judge_record_input(schema, shapes).problems == ()


def test_the_file_of_environments_can_be_read(tmp_path: Path) -> None:
    (file,) = blocks("toml")
    path = tmp_path / "environments.toml"
    path.write_text(file)
    assert [environment.name for environment in read_environments(path)] == ["staging", "production"]


def test_the_commands_for_the_local_service_work(served: Served, tmp_path: Path) -> None:
    here = "http://127.0.0.1:8000"
    exports = next(block for block in blocks("") if "export AWS_ENDPOINT_URL" in block).replace(here, served.url)
    (code,) = [block.replace(here, served.url) for block in blocks("python")]
    (tmp_path / "sample.py").write_text(code)
    script = f"{exports}\n{AWS.with_name('python')} {tmp_path / 'sample.py'}\n"
    path = f"{AWS.parent}:{served.variables['PATH']}"
    done = subprocess.run(
        ["sh", "-e", "-c", script], env={**served.variables, "PATH": path}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    stored = served.local_users("arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/USERS")
    assert {"userId": "u-1", "properties": {"subscriptionModel": "Ads|Monthly"}} in stored
    assert {"userId": "u-2", "properties": {"subscriptionModel": "Ads"}} in stored


def test_the_policies_allow_what_the_console_calls_and_nothing_else() -> None:
    policies = [json.loads(block) for block in blocks("json") if "Statement" in block]
    allowed = {
        action
        for policy in policies
        for statement in policy["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    source = (ROOT / "console/personalize/calls.py").read_text()
    # What it puts is the operation of a type of dataset.
    called = set(re.findall(r'@asks\("(\w+)"', source)) - {"GetCallerIdentity"} | {"PutUsers"}
    assert len(called) == 10
    # GetCallerIdentity needs no permission, and boto3 calls AssumeRole.
    assert allowed == {f"personalize:{operation}" for operation in called} | {"sts:AssumeRole"}


@pytest.mark.parametrize(
    "command",
    [
        "backup",
        "check_environments",
        "check_sign_in",
        "lift_lock_out",
        "local_keys",
        "local_users",
        "prepare_demo",
        "redact_submissions",
        "reset_demo",
        "run_worker",
        "serve",
    ],
)
def test_every_command_has_a_help(command: str, served: Served) -> None:
    done = subprocess.run(
        [AWS.with_name("python"), ROOT / "manage.py", command, "--help"],
        env=served.variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0


def test_pictures_and_files_that_are_named_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).is_file(), target


def test_the_version_of_python_is_the_one_that_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.12"
    assert (ROOT / ".python-version").read_text() == "3.13\n"


def test_requirements_name_no_registry() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert "http" not in re.sub(r"^\S+==", "", text, flags=re.MULTILINE)
        assert "index-url" not in text


def test_packages_of_node_are_pinned_without_a_registry() -> None:
    for folder in ("tests/benchmarks/swagger_ui", "tests/clients/javascript", "tests/lighthouse"):
        packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]
        assert len(packages) > 1
        for name, package in packages.items():
            assert name == "" or package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name


def test_json_in_the_readme_is_json() -> None:
    for block in blocks("json"):
        json.loads(block)
