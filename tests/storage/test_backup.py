"""Backups as docs/deploy.md says, and back again: with SQLite's own copy, and with PostgreSQL's own programs."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.support.numbers import some_of, whole
from tests.support.postgresql import PACKAGE, PROGRAMS, postgresql
from tests.support.postgresql_templates import MIGRATED, copy_template
from tests.support.production import PASSWORD, Proxied, make_administrator, production_variables, serve_production
from tests.support.served import (
    DATABASE,
    MANAGE,
    clean_variables,
    free_port,
    manage,
    migrate,
    starting,
    wait_until_healthy,
)
from tests.support.small_disk import inside, small_disk

# Makes a database half as large as its disk, and keeps it open until its standard input ends.
ENLARGE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("CREATE TABLE large AS SELECT zeroblob(3000000)")
print("enlarged", flush=True)
sys.stdin.read()
"""


def people(variables: dict[str, str]) -> list[str]:
    """Return the names of all people of a console."""
    names = "SELECT username FROM auth_user ORDER BY id"
    if url := variables.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            return [name for (name,) in connection.execute(names)]
    with closing(sqlite3.connect(Path(variables["CONSOLE_DATA_DIR"], DATABASE))) as database:
        return [name for (name,) in database.execute(names)]


def refusal(*arguments: str, variables: dict[str, str]) -> str:
    command = [*inside(variables["CONSOLE_DATA_DIR"], *arguments), sys.executable, MANAGE, *arguments]
    done = subprocess.run(command, env=variables, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_sqlite_is_backed_up_while_it_serves_and_restored(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "console.backup"
    data.mkdir()
    with serve_production(data) as served:
        variables = served.variables
        person = Proxied(served).sign_in()
        (data / "imports").mkdir()
        (data / "imports" / "0a").write_bytes(b"USER_ID\nu-1\n")
        beside = tmp_path / "console.backup.imports"
        assert manage("backup", str(copy), variables=variables) == f"Wrote {copy}.\nWrote {beside}.\n"
        make_administrator(variables, "after-the-backup")
        assert person.send("/settings/")[0] == 200
    assert people(variables) == ["ada", "after-the-backup"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert {each.name: each.read_bytes() for each in beside.iterdir()} == {"0a": b"USER_ID\nu-1\n"}
    assert (stat.S_IMODE(beside.stat().st_mode), stat.S_IMODE((beside / "0a").stat().st_mode)) == (0o700, 0o600)
    # As docs/deploy.md says, with the console stopped.
    for name in ("console.sqlite3-wal", "console.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    shutil.copy(copy, data / "console.sqlite3")
    assert people(variables) == ["ada"]
    with starting(data / "serve.log", free_port(), variables) as restored:
        wait_until_healthy(restored)
        # A session of before the backup is valid too.
        assert person.at(restored).send("/settings/")[0] == 200
        assert "Settings" in Proxied(restored).sign_in("ada", PASSWORD).get("/settings/")
        restored.process.terminate()
        assert restored.process.wait(60) == 0


def test_a_backup_of_nothing_is_none(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path / "misspelt")
    said = f"CommandError: There is no database of a console in {tmp_path / 'misspelt'}: see CONSOLE_DATA_DIR.\n"
    assert refusal("backup", str(tmp_path / "copy"), variables=variables) == said
    assert not (tmp_path / "misspelt" / "console.sqlite3").exists()
    (tmp_path / "misspelt" / "console.sqlite3").touch()
    assert refusal("backup", str(tmp_path / "copy"), variables=variables) == said
    assert not (tmp_path / "copy").exists()


def test_a_backup_replaces_no_directory_and_leaves_nothing_behind(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copies" / "copy"
    (data / "imports").mkdir(parents=True)
    (data / "imports" / "0a").write_bytes(b"USER_ID\nu-1\n")
    migrate(data)
    (copy.parent / "copy.imports").mkdir(parents=True)
    said = f"CommandError: {copy}.imports already exists. Remove it, or name another file.\n"
    assert refusal("backup", str(copy), variables=clean_variables(data)) == said
    assert os.listdir(copy.parent) == ["copy.imports"]


@whole
def test_a_backup_replaces_no_file_and_leaves_none_behind(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path)
    migrate(tmp_path)
    (tmp_path / "there").write_text("kept")
    assert "already exists" in refusal("backup", str(tmp_path / "there"), variables=variables)
    assert (tmp_path / "there").read_text() == "kept"
    for place, reason in (
        ("no-directory/copy", "No such file or directory"),
        ("there/copy", "Not a directory"),
        ("x" * 256, "File name too long"),
    ):
        said = refusal("backup", str(tmp_path / place), variables=variables)
        assert said == f"CommandError: {tmp_path / place} cannot be written ({reason}).\n"
    manage("backup", str(tmp_path / ("x" * 255)), variables=variables)
    assert not list(tmp_path.glob(".backup-*"))


def test_of_two_backups_at_once_to_one_file_one_is_written(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path)
    migrate(tmp_path)
    command = [sys.executable, MANAGE, "backup", str(tmp_path / "copy")]
    both = [subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "ab"]
    printed = sorted("".join(part.decode() for part in each.communicate()) for each in both)
    assert printed[1] == f"Wrote {tmp_path / 'copy'}.\n"
    assert printed[0] in (
        f"CommandError: {tmp_path / 'copy'} cannot be written (File exists).\n",
        f"CommandError: {tmp_path / 'copy'} already exists. Name a file that does not.\n",
    )


@pytest.mark.parametrize("how", some_of(["bytes", "files"], 0))
def test_a_backup_to_a_full_disk_names_the_file_and_leaves_none_behind(tmp_path: Path, how: str) -> None:
    variables = clean_variables(tmp_path)
    migrate(tmp_path)
    with small_disk(tmp_path / "backups", megabytes=1) as disk:
        disk.fill() if how == "bytes" else disk.fill_with_files()
        before = sorted(disk.path.iterdir())
        said = refusal("backup", str(disk.path / "copy"), variables=variables)
        assert said == (
            f"CommandError: {disk.path / 'copy'} cannot be written (No space left on device). "
            "Free some space there, or name a file on another disk.\n"
        )
        assert sorted(disk.path.iterdir()) == before
        disk.free()
        assert manage("backup", str(disk.path / "copy"), variables=variables) == f"Wrote {disk.path / 'copy'}.\n"


@whole
def test_a_backup_that_meets_a_limit_on_its_way_names_the_file_and_leaves_none_behind(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path)
    migrate(tmp_path)
    (tmp_path / "backups").mkdir()
    # Larger than the shared memory of SQLite, and smaller than the copy.
    shell = 'ulimit -f 128; exec "$@"'
    command = ["bash", "-c", shell, "bash", sys.executable, MANAGE, "backup", str(tmp_path / "backups" / "copy")]
    done = subprocess.run(command, env=variables, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(f"CommandError: {tmp_path / 'backups' / 'copy'} cannot be written (")
    assert not list((tmp_path / "backups").iterdir())


def test_a_backup_that_fills_the_disk_of_the_database_is_not_begun(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=6) as disk:
        variables = clean_variables(disk.path)
        migrate(disk.path)
        # As long as it is open, SQLite's log stays.
        command = [*inside(disk.path), sys.executable, "-c", ENLARGE, str(disk.path / "console.sqlite3")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as enlarging:
            assert enlarging.stdout
            assert enlarging.stdout.readline()
            free = os.statvfs(disk.path).f_bavail
            said = refusal("backup", str(disk.path / "copy"), variables=variables)
            assert f"{disk.path / 'copy'} cannot be written (No space left on device)." in said
            assert os.statvfs(disk.path).f_bavail >= free - 8


def test_postgresql_is_backed_up_and_restored_with_its_own_programs(tmp_path: Path) -> None:
    with postgresql() as server:
        variables = production_variables(tmp_path, DATABASE_URL=server.new_database())
        copy_template(MIGRATED, variables["DATABASE_URL"])
        assert "pg_dump" in refusal("backup", str(tmp_path / "copy"), variables=variables)
        dump = str(tmp_path / "console.dump")
        program("pg_dump", "--format=custom", f"--file={dump}", variables["DATABASE_URL"])
        make_administrator(variables, "after-the-backup")
        assert people(variables) == ["ada", "after-the-backup"]
        options = ("--clean", "--if-exists", "--no-owner", "--exit-on-error")
        program("pg_restore", *options, f"--dbname={variables['DATABASE_URL']}", dump)
        assert people(variables) == ["ada"]
        empty = {**variables, "DATABASE_URL": server.new_database()}
        program("pg_restore", *options, f"--dbname={empty['DATABASE_URL']}", dump)
        assert people(empty) == ["ada"]
        assert manage("migrate", "--check", variables=empty) == ""


def program(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs."""
    libraries = PACKAGE.with_name(f"{PACKAGE.name}.libs")
    environment = {**os.environ, "LD_LIBRARY_PATH": str(libraries)}
    done = subprocess.run([PACKAGE / PROGRAMS / name, *arguments], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
