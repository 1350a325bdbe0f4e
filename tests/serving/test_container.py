"""The container's files, in deploy/, fit the product and each other; no engine is needed to see that."""

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.test import Client

from console.alone import options, serving
from console.alone.data import NAME, PREFIX
from console.command_line import product
from console.local.controls.addresses import BELOW
from console.local.controls.application import CONTROLS
from console.local.controls.token import FILE
from console.local.http import addresses
from console.server.management.commands.serve import SECONDS_TO_END
from console.storage.database import postgresql
from tests.support.documents import blocks, documented_settings, section, text_of
from tests.support.installed import local_service_of_tree, pinned
from tests.support.served import ROOT

CONTAINERFILE = text_of("deploy/Containerfile").replace("\\\n", " ")
COMPOSE: Mapping[str, Any] = yaml.safe_load(text_of("deploy/compose.yaml"))
SERVICES: Mapping[str, Any] = COMPOSE["services"]
OWN = ("console", "worker", "local")
# What Compose puts into the file from the file .env.
PASSWORD = re.compile(r"\$\{DATABASE_PASSWORD:\?[^}]+\}")


def instructions(name: str) -> list[str]:
    """Return what follows each instruction of a name in the Containerfile."""
    return re.findall(rf"^{name} +(.*)$", CONTAINERFILE, re.MULTILINE)


def only(name: str) -> str:
    (found,) = instructions(name)
    return found


def words(name: str) -> list[str]:
    """Return the JSON array of an instruction, or of the end of one, which no shell comes between."""
    read: list[str] = yaml.safe_load(only(name))
    return read


def health() -> Any:
    """Return the health check of the image as a module."""
    made = ModuleType("container_health")
    exec(text_of("deploy/container-health"), vars(made))
    return made


def test_what_containers_run_is_a_command_of_the_product() -> None:
    commands = {name: SERVICES[name]["command"] for name in OWN}
    assert words("CMD") == commands["console"]
    assert [each[0] for each in commands.values()] == [
        "personalize-console",
        "personalize-console",
        "personalize-local",
    ]
    console = product.parser().parse_args(commands["console"][1:])
    assert (console.command, console.host, console.port) == ("serve", "0.0.0.0", "8000")
    worker = product.parser().parse_args(commands["worker"][1:])
    assert (worker.command, worker.arguments) == ("manage", ["run_worker"])
    assert "run_worker" in get_commands()
    local = options.read_options(commands["local"][1:])
    assert (local.host, local.port) == ("0.0.0.0", options.PORT)
    scripts = re.findall(r"^(personalize-[a-z]+) = ", text_of("pyproject.toml"), re.MULTILINE)
    assert sorted({each[0] for each in commands.values()}) == sorted(scripts)


def test_documented_commands_of_containers_are_commands_of_the_product() -> None:
    text = section("docs/deploy.md", "In containers")
    listed = re.findall(r"^\| `(personalize-\S+ [^`…]+)` \|", text, re.MULTILINE)
    typed = re.findall(r"\b(?:exec console|personalize-console) (personalize-.+)$", text, re.MULTILINE)
    assert (len(listed), len(typed)) == (4, 4)
    for program, *arguments in map(shlex.split, [*listed, *typed]):
        if program == "personalize-local":
            assert options.read_options(arguments).host == "0.0.0.0"
        else:
            found = product.parser().parse_args(arguments)
            assert found.arguments[0] in get_commands() if found.command == "manage" else found.host == "0.0.0.0"


def test_ports_are_those_of_the_product_and_published_for_this_machine_alone() -> None:
    assert only("EXPOSE").split() == ["8000", str(options.PORT)]
    assert [SERVICES[name]["ports"] for name in OWN] == [["127.0.0.1:8000:8000"], [], ["127.0.0.1:4567:4567"]]
    assert "ports" not in SERVICES["database"]
    assert "proxy_pass http://127.0.0.1:8000;" in text_of("deploy/nginx-site")


def test_a_container_writes_to_its_volume_and_to_temporary_files_alone() -> None:
    assert words("VOLUME") == ["/data"]
    variables = dict(each.split("=", 1) for each in instructions("ENV")[-1].split())
    # Both programs keep their data below it.
    assert (variables["HOME"], variables["XDG_DATA_HOME"]) == ("/data", "/data")
    assert variables["PATH"].startswith("/opt/personalize-console/bin:")
    (user,) = set(re.findall(r"--uid (\d+)", CONTAINERFILE))
    assert (only("USER"), instructions("WORKDIR")[-1]) == (f"{user}:{user}", "/data")
    for name in OWN:
        service = SERVICES[name]
        assert service["volumes"][0].partition(":")[2] == "/data"
        assert (service["read_only"], service["tmpfs"], service["cap_drop"]) == (True, ["/tmp"], ["ALL"])
    named = {each.partition(":")[0] for service in SERVICES.values() for each in service["volumes"]}
    assert {each for each in named if not each.startswith(".")} == set(COMPOSE["volumes"])


def test_settings_of_containers_are_those_of_the_console() -> None:
    (made,) = re.findall(r"^cat > deploy/\.env <<END\n(.*?)^END$", text_of("docs/deploy.md"), re.DOTALL | re.MULTILINE)
    own = {line.partition("=")[0] for line in made.splitlines()}
    assert {"CONSOLE_SECRET_KEY", "CONSOLE_ALLOWED_HOSTS", "DATABASE_PASSWORD"} <= own
    environment = SERVICES["console"]["environment"]
    settings = own | set(environment)
    assert settings - documented_settings() == {"DATABASE_PASSWORD", "DJANGO_SETTINGS_MODULE"}
    assert environment["DJANGO_SETTINGS_MODULE"] == "console.production"
    assert SERVICES["worker"]["environment"] == environment
    mounted = [each for each in SERVICES["console"]["volumes"] if each.startswith("./")]
    assert mounted == ["./.aws:/etc/personalize-console:ro"]
    assert "`CONSOLE_ENVIRONMENTS=/etc/personalize-console/environments.toml`" in text_of("docs/deploy.md")
    # Nothing that is secret is committed, or gets into an image.
    assert {"deploy/.env", "deploy/.aws/"} <= set(text_of(".gitignore").splitlines())


def test_the_console_connects_to_the_database_beside_it() -> None:
    server = SERVICES["database"]["environment"]
    assert PASSWORD.fullmatch(server["POSTGRES_PASSWORD"])
    url, count = PASSWORD.subn("-it_is_9", SERVICES["console"]["environment"]["DATABASE_URL"])
    found = postgresql(url)
    assert count == 1
    assert (found["NAME"], found["USER"]) == (server["POSTGRES_DB"], server["POSTGRES_USER"])
    assert (found["HOST"], found["PORT"], found["PASSWORD"]) == ("database", 5432, "-it_is_9")
    assert list(SERVICES["console"]["depends_on"]) == ["database"]


def test_containers_are_left_the_time_that_they_take_to_end() -> None:
    seconds = {name: int(SERVICES[name]["stop_grace_period"].removesuffix("s")) for name in OWN}
    assert only("STOPSIGNAL") == "SIGTERM"
    assert SECONDS_TO_END < seconds["console"] == seconds["worker"]
    assert f"\nTimeoutStopSec={seconds['console']}\n" in text_of("deploy/personalize-console.service")
    assert seconds["local"] > serving.SECONDS_TO_END + serving.SECONDS_TO_STOP_WORK
    # A program that is the first process of a container hears no signal that it does not ask for.
    assert all(SERVICES[name]["init"] is True for name in OWN)


def test_the_image_is_built_from_pinned_packages_and_from_nothing_else_of_the_repository() -> None:
    assert only("ARG") == f"BASE=python:{text_of('.python-version').strip()}-slim"
    assert [each.split()[0] for each in instructions("FROM")] == ["${BASE}", "${BASE}"]
    installs = [each for line in instructions("RUN") for each in line.split("&&") if " install " in each]
    pip = [each for each in installs if "pip" in each]
    assert len(pip) == 3
    assert all("--require-hashes -r requirements/" in each or "--no-deps --no-index /wheel/" in each for each in pip)
    copied = [each.split() for each in instructions("COPY") if not each.startswith("--from=")]
    sources = {name for each in copied for name in each[:-1] if not name.startswith("--")}
    assert [name for name in sorted(sources) if not (ROOT / name).exists()] == []
    ignored = text_of(".dockerignore").splitlines()
    assert "*" in ignored
    lets = {line[1:] for line in ignored if line.startswith("!")}
    assert {re.sub(r"^requirements/.*", "requirements", name) for name in sources} == lets
    builders = dict(pinned("build"))
    assert "hatchling" in builders
    assert builders.items() <= dict(pinned("test")).items()


def test_the_health_check_asks_where_the_product_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    check = health()
    assert only("HEALTHCHECK").endswith(' CMD ["container-health"]')
    assert {SERVICES[name]["healthcheck"]["test"][1] for name in ("console", "local")} == {"container-health"}
    assert (check.CONSOLE, Client().get("/healthz").status_code) == ("http://127.0.0.1:8000/healthz", 200)
    assert f"http://127.0.0.1:{options.PORT}{addresses.PREFIX}{BELOW}/health" == check.LOCAL
    assert "GET" in CONTROLS["/health"]
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / FILE).write_text("made-at-the-start")
    *_others, last = check.requests()
    assert last.get_header("Authorization") == "Bearer made-at-the-start"
    assert f'"{PREFIX}*/{FILE}"' in text_of("deploy/container-health")


def test_the_health_check_tells_a_service_that_answers_from_one_that_has_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    check = health()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with local_service_of_tree(f"--data={tmp_path / NAME}") as service:
        check.LOCAL = f"{service.printed['endpoint_url']}/_local/health"
        *_others, asked = check.requests()
        assert check.is_answered(asked)
        asked.add_header("Authorization", "Bearer of-another-service")
        assert not check.is_answered(asked)
    *_others, asked = check.requests()
    assert not check.is_answered(asked)


def test_shell_blocks_of_containers_name_files_that_exist() -> None:
    text = "\n".join(blocks(section("docs/deploy.md", "In containers"), "sh"))
    assert set(re.findall(r"--file (\S+)", text)) == {"deploy/Containerfile", "deploy/compose.yaml"}
    assert set(re.findall(r"--tag (\S+)", text)) == {SERVICES[name]["image"] for name in OWN}
