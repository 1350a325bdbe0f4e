"""The documents say what there is: every setting, operation, command, link and file in them exists and works."""

import json
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from console.alone import options
from console.command_line import product
from console.local.operations import OPERATIONS
from console.personalize.environments import read_environments
from console.records.entities import ENTITIES, INTERACTIONS
from console.records.record_input import validate_record_input
from console.records.schemas.schema import read_entity_schema
from tests.clients.test_put_users import AWS
from tests.records.literal_schemas import users_schema
from tests.support.documents import DOCUMENTS, LINK, anchors, blocks, documented_settings, prose, section, text_of
from tests.support.served import ROOT, Served

EVERYTHING = "\n".join(path.read_text() for path in DOCUMENTS)
# A path of the repository in code font: a folder of it, or a file in one.
PATH = re.compile(
    r"`((?:console|deploy|docs|findings|requirements|scripts|static|templates|tests)/[\w./*-]*"
    r"|[\w-]+/[\w/-]+\.(?:css|html|js|md|py|toml|txt))`"
)
# Documents leave these out.
PARENTS = ("", "console/", "templates/")
SHELL = "sh"


def commands_of(program: str) -> list[str]:
    """Return the lines of the documents' shell blocks that run a program, from its first argument on."""
    lines = [line for text in blocks(EVERYTHING, SHELL) for line in text.replace("\\\n", " ").splitlines()]
    found = [re.fullmatch(rf"(?:\w+=\S+ )*{program} (.+)", line) for line in lines]
    return [each[1] for each in found if each]


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    sources = [*ROOT.glob("console/**/*.py"), *ROOT.glob("scripts/*.py"), *ROOT.glob("tests/load/*.py")]
    sources.append(ROOT / "tests/support/numbers.py")
    read = {
        name
        for path in sources
        for name in re.findall(
            r'(?:text|words|number|whole_number|flag|get|key_text|time_zone)\(\s*"(CONSOLE_\w+|DATABASE_URL)"',
            path.read_text(),
        )
    }
    # That of `make run`.
    assert re.search(r"^PORT \?= 8000$", text_of("Makefile"), re.MULTILINE)
    assert documented_settings() == read | {"PORT"}


def test_settings_that_documents_name_exist() -> None:
    named = set(re.findall(r"\bCONSOLE_[A-Z_]+[A-Z]\b", EVERYTHING))
    assert len(named) > 20
    assert named <= documented_settings()


def test_every_served_operation_is_documented() -> None:
    rows = section("docs/local-service.md", "Operations").partition("\n\nGetRecommendations, ")[0].splitlines()
    documented = [name for row in rows[3:] for name in row.split("|")[1].strip().split(", ")]
    assert sorted(documented) == sorted(OPERATIONS)
    for name in ("README.md", "docs/local-service.md"):
        assert f"{len(OPERATIONS)} operations" in text_of(name)


def test_every_command_of_the_console_is_documented() -> None:
    own = {path.stem for path in ROOT.glob("console/*/management/commands/[!_]*.py")}
    assert len(own) > 10
    assert own == {name for name in own if re.search(rf"manage(?:\.py)? {name}\b|`{name}`", EVERYTHING)}


@pytest.mark.parametrize(
    "command", [*commands_of(r"\.venv/bin/python manage\.py"), *commands_of("deploy/manage")], ids=str.split
)
def test_documented_commands_take_their_arguments(command: str) -> None:
    name, *arguments = shlex.split(command)
    app = get_commands()[name]
    parser = (load_command_class(app, name) if isinstance(app, str) else app).create_parser("manage.py", name)
    parser.parse_args(arguments)


def test_documented_commands_of_the_wheel_take_their_arguments() -> None:
    alone, whole = commands_of(r"(?:\S+/)?personalize-local"), commands_of(r"(?:\S+/)?personalize-console")
    assert alone == ["--memory"]
    assert options.read_options(shlex.split(alone[0])).in_memory
    assert [product.parser().parse_args(shlex.split(each)).command for each in whole] == ["run", "serve"]


def test_the_options_of_the_local_service_alone_are_documented() -> None:
    rows = section("docs/local-service.md", "Alone, for tests")
    documented = set(re.findall(r"^\| `(--[a-z-]+)", rows, re.MULTILINE))
    shown = set(re.findall(r"^  (--[a-z-]+)", options.parser().format_help(), re.MULTILINE))
    assert documented == shown


def test_commands_that_prose_names_exist() -> None:
    named = set(re.findall(r"\bmanage\.py ([a-z_]+)", EVERYTHING))
    assert {"backup", "check_environments", "run_worker"} <= named
    assert named <= set(get_commands())


def test_every_target_of_make_is_documented_and_every_documented_one_exists() -> None:
    shown = set(re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.MULTILINE))
    documented = set(re.findall(r"(?:`|^|\b[A-Z]+=\S+ )make ([a-z-]+)", EVERYTHING, re.MULTILINE))
    assert documented == shown


def test_shell_blocks_can_be_typed_into_a_shell() -> None:
    for block in blocks(EVERYTHING, SHELL):
        done = subprocess.run(["sh", "-n"], input=block, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), block


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_and_headings(path: Path) -> None:
    for target in LINK.findall(prose(path.read_text())):
        if not target.startswith("https://"):
            file, _hash, heading = target.partition("#")
            linked = path.parent / file if file else path
            assert linked.is_file(), target
            assert not heading or heading in anchors(linked), target


def test_the_readme_leads_to_every_document() -> None:
    linked = {ROOT / target for target in LINK.findall(text_of("README.md")) if "#" not in target}
    assert {path for path in DOCUMENTS if path.name != "README.md"} <= linked
    assert len(text_of("README.md").splitlines()) <= 110


def test_paths_that_documents_name_exist() -> None:
    named = PATH.findall(EVERYTHING)
    assert len(named) > 30
    # Made by `make screenshots`.
    named.remove("docs/screenshots/")
    assert [each for each in named if not any(any(ROOT.glob(parent + each)) for parent in PARENTS)] == []


def test_contributing_says_what_is_in_every_package() -> None:
    packages = {f"console/{path.parent.name}/" for path in ROOT.glob("console/*/__init__.py")}
    assert len(packages) > 8
    rows = section("CONTRIBUTING.md", "Where things are")
    assert packages == set(re.findall(r"^\| `(console/\w+/)`", rows, re.MULTILINE))


def test_documents_that_the_code_names_exist() -> None:
    patterns = ("console/**/*.py", "deploy/*", "scripts/*", "templates/**/*.html", "Makefile")
    sources = [path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()]
    named = {name for path in sources for name in re.findall(r"docs/[\w-]+\.md", path.read_text())}
    assert {"docs/deploy.md", "docs/sign-in.md"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_labels_that_documents_name_are_on_the_pages() -> None:
    paths = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("console/**/*.py"), *ROOT.glob("static/*/*.js")]
    shown = "\n".join(path.read_text() for path in paths if "vendor" not in path.parts)
    # In the middle of a sentence, what is bold is a label.
    texts = [
        re.sub(r"\n(?=[^\n|#-])", " ", prose(path.read_text()))
        for path in (ROOT / "README.md", *ROOT.glob("docs/*.md"))
    ]
    named = {
        re.sub(" +", " ", label) for text in texts for label in re.findall(r"(?<=[\w,;:>|] )\*\*([^*]+)\*\*", text)
    }
    assert len(named) > 30
    # Of Keycloak's and Django's own pages.
    others = {"Group Membership", "Log entries"}
    assert sorted(label for label in named - others if label not in shown) == []


def test_the_shapes_of_record_input_are_accepted() -> None:
    (shapes,) = blocks(section("docs/records.md", "Record input"), "json")
    schema = users_schema(AGE="int", MEMBERSHIP_TYPE="categorical string")
    assert validate_record_input(schema, shapes).problems == ()


def test_the_shapes_of_interactions_are_accepted() -> None:
    (shapes,) = blocks(section("docs/records.md", "Interactions"), "json")
    fields = [
        {"name": "USER_ID", "type": "string"},
        {"name": "ITEM_ID", "type": "string"},
        {"name": "TIMESTAMP", "type": "long"},
        {"name": "DEVICE", "type": ["null", "string"]},
    ]
    schema = read_entity_schema(INTERACTIONS, json.dumps({"type": "record", "name": "Events", "fields": fields}))
    first, second = validate_record_input(schema, shapes).records
    assert first.as_request_member()["sentAt"] == 1795946400
    assert second.as_request_member() == {
        "itemId": "film-2",
        "eventType": "Watch",
        "sentAt": 1795946460,
        "properties": '{"device":"Phone"}',
    }


def test_the_file_of_environments_can_be_read(tmp_path: Path) -> None:
    (file,) = blocks(text_of("docs/aws.md"), "toml")
    path = tmp_path / "environments.toml"
    path.write_text(file)
    assert [environment.name for environment in read_environments(path)] == ["staging", "production"]


def test_the_commands_for_the_local_service_work(served: Served, tmp_path: Path) -> None:
    here = "http://127.0.0.1:8000"
    connect = section("docs/local-service.md", "Connect a client")
    exports = blocks(connect, SHELL)[0].replace(here, served.url)
    assert exports.startswith("export AWS_ENDPOINT_URL")
    (code,) = [block.replace(here, served.url) for block in blocks(connect, "python")]
    (tmp_path / "sample.py").write_text(code)
    script = f"{exports}\n{AWS.with_name('python')} {tmp_path / 'sample.py'}\n"
    path = f"{AWS.parent}:{served.variables['PATH']}"
    done = subprocess.run(
        ["sh", "-e", "-c", script], env={**served.variables, "PATH": path}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    stored = served.local_records("arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/USERS")
    assert {"userId": "u-1", "properties": {"subscriptionModel": "Ads|Monthly"}} in stored
    assert {"userId": "u-2", "properties": {"subscriptionModel": "Ads"}} in stored


def test_the_commands_record_the_event_that_the_document_shows(served: Served) -> None:
    events = section("docs/local-service.md", "Record events")
    (script,), (printed,) = blocks(events, SHELL), blocks(events, "json")
    path = f"{AWS.parent}:{served.variables['PATH']}"
    command = ["sh", "-e", "-c", script.replace("http://127.0.0.1:8000", served.url)]
    done = subprocess.run(command, env={**served.variables, "PATH": path}, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    stored = served.local_records("arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/INTERACTIONS")
    assert json.loads(printed) in stored


def test_the_policies_allow_what_the_console_calls_and_nothing_else() -> None:
    policies = [json.loads(block) for block in blocks(text_of("docs/aws.md"), "json")]
    allowed = {
        action
        for policy in policies
        for statement in policy["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    source = "".join(path.read_text() for path in ROOT.glob("console/personalize/*.py"))
    # What it puts is the operation of a type of dataset.
    puts = {f"personalize:{entity.operation}" for entity in ENTITIES.values()}
    asked = re.findall(r'@asks\("(\w+)"(?:, "(\w+)")?\)', source)
    # It needs no permission.
    called = {f"{service or 'personalize'}:{name}" for name, service in asked} - {"sts:GetCallerIdentity"} | puts
    assert len(called) == 35
    # boto3 calls AssumeRole, and AWS itself passes a job's role.
    assert allowed == called | {"sts:AssumeRole", "iam:PassRole"}


def test_the_version_of_python_is_the_one_that_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.12"
    assert (ROOT / ".python-version").read_text() == "3.13\n"
    assert "Python 3.12 or newer" in text_of("README.md")


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
