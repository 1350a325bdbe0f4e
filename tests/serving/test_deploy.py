"""The files for a team's machine, in deploy/, fit the console and each other."""

import os
import re
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from django.conf import settings
from django.urls import reverse

from console.server.management.commands.serve import SECONDS_TO_END
from console.submissions.presses.sending import MOST_SECONDS_TO_RECORD
from tests.support.documents import documented_settings, text_of
from tests.support.postgresql import PACKAGE, PASSWORD, PROGRAMS, USER, PostgreSQL, postgresql
from tests.support.production import SECRET_KEY
from tests.support.served import MANAGE, ROOT, clean_variables
from tests.support.small_disk import inside, small_disk

DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "personalize-console.service").read_text()
SITE = (DEPLOY / "nginx-site").read_text()
ENVIRONMENT = (DEPLOY / "environment").read_text()
DOCUMENT = text_of("docs/deploy.md")


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
    own = {name for name in settings_of(ENVIRONMENT) if name.startswith(("CONSOLE_", "DATABASE_"))}
    assert own <= documented_settings()


def test_the_service_waits_for_submissions_that_are_under_way() -> None:
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)
    assert int(seconds) > SECONDS_TO_END
    # The worker's calls, and what it waits for a database that is away.
    assert SECONDS_TO_END >= settings.CONSOLE_AWS_SECONDS + MOST_SECONDS_TO_RECORD
    # Else each process of the server would get the signal itself.
    assert "\nKillMode=mixed\n" in UNIT


def test_the_proxy_asks_where_the_service_listens() -> None:
    (host, port) = re.findall(r"^ExecStart=.* serve --host=(\S+) --port=(\d+)$", UNIT, re.MULTILINE)[0]
    assert f"proxy_pass http://{host}:{port};" in SITE
    assert f"http://{host}:{port}/readyz" in DOCUMENT


def test_the_proxy_takes_what_the_console_reads_and_replaces_what_clients_say_of_tls() -> None:
    # The console's limit is 6 MiB.
    assert "client_max_body_size 7m;" in SITE
    assert "location ~ /export-records/$ {\n        proxy_read_timeout 10m;" in SITE
    for name, names in (("export_records", {"group": "g"}), ("export_environment_records", {})):
        assert reverse(name, kwargs={"environment": "local", **names}).endswith("/export-records/")
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in SITE
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in SITE


def test_the_proxy_logs_no_addresses_that_people_ask_for() -> None:
    assert "\n    access_log off;\n" in SITE
    assert re.search(r"\n    error_log \S+ crit;\n", SITE)


def test_each_zone_of_the_proxy_has_a_name_of_its_own() -> None:
    # nginx does not start where connections and sessions of TLS share one.
    zones = re.findall(r"(?:zone=|shared:)([a-z-]+):", SITE)
    assert sorted(zones) == ["personalize-console", "personalize-console-tls"]


if shutil.which("nginx") and shutil.which("openssl"):

    def test_nginx_understands_the_site(tmp_path: Path) -> None:
        names = {"-keyout": "certificate-key.pem", "-out": "certificate.pem"}
        files = [word for option, name in names.items() for word in (option, str(tmp_path / name))]
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=console.example.com", *files]
        subprocess.run(made, check=True, capture_output=True)
        site = SITE.replace("/etc/personalize-console", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
        # Only root may listen at the ports of the site, and this machine may have no IPv6.
        site = re.sub(r"listen \[::\]:\d+.*;", "", site).replace("listen 80;", "listen 18080;").replace("443", "18443")
        (tmp_path / "site").write_text(site)
        logs = f"pid {tmp_path}/pid; error_log {tmp_path}/error.log;"
        (tmp_path / "nginx.conf").write_text(f"{logs} events {{}} http {{ include {tmp_path}/site; }}")
        command = ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


if shutil.which("systemd-analyze"):

    def test_systemd_understands_the_units(tmp_path: Path) -> None:
        program = "/opt/personalize-console/.venv/bin/python"
        for path in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
            # The programs are not on this machine, which systemd would say.
            text = re.sub(
                rf"=(?:{program}|/usr/bin/curl|/opt/personalize-console/deploy/backup)\b",
                "=/bin/true",
                path.read_text(),
            )
            (tmp_path / path.name).write_text(text)
        units = sorted(tmp_path.iterdir())
        assert len(units) == 5
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
        said = [line for line in done.stderr.splitlines() if "personalize-console" in line]
        assert (done.returncode, said) == (0, [])


def test_the_document_uses_each_file() -> None:
    for path in DEPLOY.glob("[!.]*"):
        assert f"deploy/{path.name}" in DOCUMENT or f"deploy/*{path.suffix} " in DOCUMENT


def test_the_service_has_started_when_it_can_do_its_work() -> None:
    (host, port) = re.findall(r"^ExecStart=.* serve --host=(\S+) --port=(\d+)$", UNIT, re.MULTILINE)[0]
    (asked,) = re.findall(r"^ExecStartPost=/usr/bin/curl .* (http://\S+)$", UNIT, re.MULTILINE)
    assert asked == f"http://{host}:{port}/readyz"


def test_each_timer_is_for_a_service_and_is_switched_on() -> None:
    timers = sorted(DEPLOY.glob("*.timer"))
    (enabled,) = re.findall(r"^systemctl enable --now (.*\.timer)$", DOCUMENT, re.MULTILINE)
    assert sorted(enabled.split()) == [each.name for each in timers]
    for each in timers:
        assert each.with_suffix(".service").is_file()
        assert "\nOnCalendar=" in each.read_text()


def test_the_redaction_runs_as_the_console_does_after_the_documented_days() -> None:
    redaction = (DEPLOY / "personalize-console-redact.service").read_text()
    for name in (
        "User",
        "Group",
        "EnvironmentFile",
        "WorkingDirectory",
        "StateDirectory",
        "StateDirectoryMode",
        "UMask",
    ):
        of_both = [re.findall(rf"^{name}=(.*)$", each, re.MULTILINE) for each in (redaction, UNIT)]
        assert of_both[0] == of_both[1] != []
    assert re.findall(r"manage\.py redact_submissions --days (\d+)$", redaction, re.MULTILINE) == ["90"]
    assert "submissions more than 90 days old" in " ".join(DOCUMENT.split())


def test_the_backup_may_write_where_it_is_made_and_nowhere_else() -> None:
    unit = (DEPLOY / "personalize-console-backup.service").read_text()
    (directory,) = re.findall(r"^ExecStart=/opt/personalize-console/deploy/backup (\S+)$", unit, re.MULTILINE)
    assert f"\nProtectSystem=strict\nReadWritePaths={directory}\n" in unit
    assert f"install -d -m 700 -o postgres {directory}\n" in DOCUMENT


def test_backups_are_whole_for_their_owner_alone_and_go_after_30_days(tmp_path: Path) -> None:
    for name, days in (("console-old.dump", 32), ("console-recent.dump", 29), ("notes.txt", 400)):
        then = time.time() - days * 24 * 60 * 60
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (then, then))
    others = {tmp_path / "console-recent.dump", tmp_path / "notes.txt"}
    with postgresql() as server:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE console")
        assert back_up(server, tmp_path) == (0, "")
        (made,) = set(tmp_path.iterdir()) - others
        with small_disk(tmp_path / "full", megabytes=1) as disk, disk.full():
            code, said = back_up(server, disk.path)
            assert code == 1
            assert re.search(rf"The backup {disk.path}/console-\w+\.dump was not written: see above\.", said)
            assert [each.name for each in disk.path.iterdir()] == ["filling"]
        shutil.rmtree(disk.path)
    assert re.fullmatch(r"console-\d{8}T\d{6}Z\.dump", made.name)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert made.read_bytes().startswith(b"PGDMP")
    # Without a server there is no backup, and the service fails.
    code, said = back_up(server, tmp_path)
    assert code != 0
    assert "pg_dump: error: " in said
    assert set(tmp_path.iterdir()) == {made, *others}


def back_up(server: PostgreSQL, directory: Path) -> tuple[int, str]:
    """Run the script for backups, and return its exit status and what it says."""
    own = {"PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": USER, "PGPASSWORD": PASSWORD}
    path = f"{PACKAGE / PROGRAMS}:{os.environ['PATH']}"
    libraries = {"LD_LIBRARY_PATH": str(PACKAGE.with_name(f"{PACKAGE.name}.libs"))}
    variables = {**os.environ, **own, **libraries, "PATH": path}
    done = subprocess.run(
        [*inside(directory), DEPLOY / "backup", directory], env=variables, capture_output=True, text=True
    )
    return done.returncode, done.stderr


def test_the_script_for_commands_has_the_environment_file_and_nothing_of_roots(tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    environment.write_text("DJANGO_SETTINGS_MODULE='console.production'\nCONSOLE_ALLOWED_HOSTS='$HOME `id` \"x\"'\n")
    # As setpriv does with --reset-env, but for becoming another user.
    options = "--reuid=personalize-console --regid=personalize-console --init-groups --no-new-privs --reset-env"
    (tmp_path / "setpriv").write_text(
        f'#!/bin/sh\n[ "$1 $2 $3 $4 $5" = "{options}" ] || exit 9\nshift 5\nexec env -i PATH="$PATH" "$@"\n'
    )
    (tmp_path / "setpriv").chmod(0o755)
    copy = tmp_path / "copy"
    (copy / "deploy").mkdir(parents=True)
    (copy / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(DEPLOY / "manage", copy / "deploy")
    (copy / ".venv" / "bin" / "python").write_text('#!/bin/sh\nenv\numask\nprintf "%s|" "$@"\n')
    (copy / ".venv" / "bin" / "python").chmod(0o755)
    variables = clean_variables(tmp_path, CONSOLE_ENVIRONMENT_FILE=str(environment), AWS_PROFILE="of-root")
    variables["PATH"] = f"{tmp_path}:{variables['PATH']}"
    command = [str(copy / "deploy" / "manage"), "check", "two words"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert 'CONSOLE_ALLOWED_HOSTS=$HOME `id` "x"' in lines
    assert "DJANGO_SETTINGS_MODULE=console.production" in lines
    assert f"PWD={copy}" in lines
    assert "AWS_PROFILE=of-root" not in lines
    assert lines[-2:] == ["0077", "manage.py|check|two words|"]
