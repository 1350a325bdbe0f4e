"""The files for a team's machine, in deploy/, fit the console and each other."""

import re
import subprocess
import sys
from pathlib import Path

from console.management.commands.serve import SECONDS_TO_END
from tests.production import SECRET_KEY
from tests.served import MANAGE, ROOT, clean_variables

DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "personalize-console.service").read_text()
SITE = (DEPLOY / "nginx-site").read_text()
ENVIRONMENT = (DEPLOY / "environment").read_text()
README = (ROOT / "README.md").read_text()


def settings_of(text: str) -> dict[str, str]:
    """Return the settings of an environment file; each value stands in single quotes, for systemd and shells alike."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = [re.fullmatch(r"([A-Z_]+)='([^'\\]*)'", line) for line in lines]
    assert all(found)
    return {each[1]: each[2] for each in found if each}


def test_the_console_starts_with_the_environment_file_once_it_has_a_secret(tmp_path: Path) -> None:
    own = {**settings_of(ENVIRONMENT), "CONSOLE_DATA_DIR": str(tmp_path), "CONSOLE_ENVIRONMENTS": ""}
    for secret, code in (("", 1), (SECRET_KEY, 0)):
        variables = clean_variables(tmp_path, **{**own, "CONSOLE_SECRET_KEY": secret})
        command = [sys.executable, MANAGE, "check", "--deploy", "--fail-level", "WARNING"]
        done = subprocess.run(command, env=variables, capture_output=True, text=True)
        assert (done.returncode, "CONSOLE_SECRET_KEY" in done.stderr) == (code, code == 1)


def test_settings_of_the_environment_file_are_documented() -> None:
    documented = set(re.findall(r"^\| `(CONSOLE_\w+|DATABASE_URL)`", README, re.MULTILINE))
    own = {name for name in settings_of(ENVIRONMENT) if name.startswith(("CONSOLE_", "DATABASE_"))}
    assert own <= documented


def test_the_service_waits_for_submissions_that_are_under_way() -> None:
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)
    assert int(seconds) > SECONDS_TO_END
    # Else each process of the server would get the signal itself.
    assert "\nKillMode=mixed\n" in UNIT


def test_the_proxy_asks_where_the_service_listens() -> None:
    (host, port) = re.findall(r"^ExecStart=.* serve --host=(\S+) --port=(\d+)$", UNIT, re.MULTILINE)[0]
    assert f"proxy_pass http://{host}:{port};" in SITE
    assert f"http://{host}:{port}/readyz" in README


def test_the_proxy_takes_what_the_console_reads_and_replaces_what_clients_say_of_tls() -> None:
    # Django's limit is 16 MiB.
    assert "client_max_body_size 17m;" in SITE
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in SITE
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in SITE


def test_the_readme_names_each_file() -> None:
    section = README.partition("## Running it for a team\n")[2].partition("\n## ")[0]
    for path in DEPLOY.iterdir():
        assert f"deploy/{path.name}" in section


def test_the_script_for_commands_reads_the_environment_file(tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    environment.write_text("DJANGO_SETTINGS_MODULE='console.production'\nCONSOLE_ALLOWED_HOSTS='$HOME `id` \"x\"'\n")
    (tmp_path / "setpriv").write_text('#!/bin/sh\nenv\necho "$@"\n')
    (tmp_path / "setpriv").chmod(0o755)
    variables = clean_variables(tmp_path, CONSOLE_ENVIRONMENT_FILE=str(environment))
    variables["PATH"] = f"{tmp_path}:{variables['PATH']}"
    done = subprocess.run([DEPLOY / "manage", "check", "two words"], env=variables, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert 'CONSOLE_ALLOWED_HOSTS=$HOME `id` "x"' in lines
    assert lines[-1].endswith("--no-new-privs .venv/bin/python manage.py check two words")
    assert f"PWD={ROOT}" in lines
