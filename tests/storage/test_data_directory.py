"""Nobody but its owner reads the data directory, whatever the umask, and nothing else is closed to anybody."""

import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from console.storage import data_directory
from tests.support.numbers import some_of, whole
from tests.support.served import MANAGE, ROOT, clean_variables, free_port, prepare, wait_until_healthy
from tests.support.served import Served as Server

COMMANDS = [
    ("check",),
    ("migrate", "--verbosity=0"),
    ("prepare_demo",),
    ("local_keys", "list"),
    ("check_environments",),
    ("redact_submissions", "--days=90"),
    ("local_records", "arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/USERS"),
    ("collectstatic", "--noinput"),
]


def run(data: Path, *arguments: str, umask: int = 0, **variables: str) -> tuple[int, str]:
    """Run a management command whose files everybody could read, and return its status and what it prints."""
    command = [sys.executable, MANAGE, *arguments]
    done = subprocess.run(command, env=clean_variables(data, **variables), umask=umask, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def make(path: Path, permissions: int, *, is_file: bool = False) -> None:
    """Make a directory or a file, whatever the umask of the tests."""
    path.touch() if is_file else path.mkdir()
    path.chmod(permissions)


def open_to_others(directory: Path) -> list[str]:
    """Return what somebody else could enter, read or write, a directory itself included."""
    found = (directory, *directory.rglob("*"))
    return [f"{each} {mode(each):o}" for each in found if mode(each) != (0o700 if each.is_dir() else 0o600)]


def old_directory(parent: Path) -> Path:
    """Return a data directory as an older version has left it."""
    data = parent / "data"
    prepare_into = parent / "new"
    prepare_into.mkdir()
    prepare(prepare_into, clean_variables(prepare_into))
    shutil.copytree(prepare_into, data)
    for name in ("secret-key", "static-files-collected", "turn-to-write", "console.sqlite3-wal", "backup.sqlite3"):
        (data / name).touch()
    (data / "secret-key").write_text("x" * 60)
    os.mkfifo(data / "wake-worker")
    for name in ("s3/bucket/deeper/users.csv", "static/css/a.css", "static/a.css.gz", "metrics-127.0.0.1-8000/1.db"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).touch()
    for each in (data, *data.rglob("*")):
        each.chmod(0o777 if each.is_dir() else 0o666)
    return data


@pytest.mark.parametrize("command", some_of(COMMANDS, 0, 2, -1), ids=lambda each: each[0])
def test_a_command_makes_nothing_that_others_read(tmp_path: Path, command: tuple[str, ...]) -> None:
    data = tmp_path / "deep" / "data"
    run(data, *command)
    assert open_to_others(data) == []
    assert (data / "secret-key").exists()


@pytest.mark.parametrize("command", [("check",), ("local_keys", "list")], ids=lambda each: each[0])
def test_what_is_there_already_is_closed_at_the_next_start(tmp_path: Path, command: tuple[str, ...]) -> None:
    data = old_directory(tmp_path)
    assert run(data, *command)[0] == 0
    assert open_to_others(data) == []


@whole
def test_a_server_and_its_jobs_and_a_backup_make_nothing_that_others_read(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    assert run(data, "prepare_demo")[0] == 0
    variables = clean_variables(data)
    log = tmp_path / "serve.log"
    with log.open("ab") as output:
        command = [sys.executable, MANAGE, "serve", f"--port={port}"]
        process = subprocess.Popen(command, env=variables, umask=0, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(Server(f"http://127.0.0.1:{port}", variables, log, process))
        urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/").close()
        assert run(data, "backup", str(data / "copy.sqlite3"))[0] == 0
        assert run(data, "backup", str(tmp_path / "copy.sqlite3"))[0] == 0
        assert open_to_others(data) == []
        names = {each.name for each in data.iterdir()}
        assert {"console.sqlite3-wal", "console.sqlite3-shm", f"metrics-127.0.0.1-{port}", "static"} <= names
        assert mode(tmp_path / "copy.sqlite3") == 0o600
    finally:
        process.terminate()
        process.wait(30)


def test_the_owner_alone_uses_it(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        owner, data = "nobody", tmp_path / "data"
        data.mkdir()
        os.chown(data, pwd.getpwnam("nobody").pw_uid, -1)
    else:
        owner, data = "root", Path("/")
    status, said = run(data, "check")
    me = pwd.getpwuid(os.geteuid()).pw_name
    assert status == 1
    assert said == (
        f"The data directory {data} belongs to {owner}, and this process runs as {me}. Run it as {owner}, or name "
        "another in CONSOLE_DATA_DIR.\n"
    )


def test_in_a_directory_of_another_account_that_can_be_written_to_there_is_room_for_one() -> None:
    shared, is_root = Path("/tmp"), os.geteuid() == 0
    if is_root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        with pytest.raises(
            SystemExit, match=f"belongs to root, .* in CONSOLE_DATA_DIR, such as {shared}/personalize-"
        ):
            data_directory.data_directory(shared)
    finally:
        if is_root:
            os.seteuid(0)


@pytest.mark.parametrize(
    "kind", some_of(["as /tmp", "as /tmp, empty", "home", "home with a database", "with other files"], 0, 3)
)
def test_what_is_for_other_things_too_is_neither_closed_nor_used(tmp_path: Path, kind: str) -> None:
    data = tmp_path / "shared"
    data.mkdir()
    if kind != "as /tmp, empty":
        for name in ("Documents", "static"):
            make(data / name, 0o755)
    if kind == "home with a database":
        make(data / "console.sqlite3", 0o644, is_file=True)
    data.chmod(0o1777 if kind.startswith("as /tmp") else 0o755)
    before = mode(data)
    home = data if kind.startswith("home") else tmp_path
    status, said = run(data, "check", HOME=str(home))
    assert status == 1
    assert f"Other accounts of this machine can enter the data directory {data}, " in said
    assert f"such as {data}/personalize-console." in said
    assert "Traceback" not in said
    assert mode(data) == before
    assert [mode(each) for each in data.iterdir() if each.is_dir()] == [0o755] * (0 if "empty" in kind else 2)
    assert run(data / "personalize-console", "check")[0] == 0
    assert mode(data / "personalize-console") == 0o700


def test_a_directory_of_the_system_is_not_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "srv"
    make(data, 0o755)
    monkeypatch.setattr(data_directory, "OF_THE_SYSTEM", {data})
    with pytest.raises(SystemExit, match="Other accounts of this machine can enter"):
        data_directory.data_directory(data)
    assert mode(data) == 0o755
    monkeypatch.setattr(data_directory, "OF_THE_SYSTEM", set())
    assert data_directory.data_directory(data) == data
    assert mode(data) == 0o700


def test_the_directory_of_the_code_is_not_closed() -> None:
    before = mode(ROOT)
    if before & 0o077:
        status, said = run(ROOT, "check")
        assert (status, "it is used for other things too" in said, mode(ROOT)) == (1, True, before)


def test_a_private_home_is_used_and_its_other_files_are_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "home"
    data.mkdir(mode=0o700)
    make(data / "Documents", 0o644, is_file=True)
    make(data / "s3", 0o755)
    make(data / "s3" / "tool", 0o755, is_file=True)
    make(data / "console.sqlite3", 0o644, is_file=True)
    assert run(data, "check", HOME=str(data))[0] == 0
    assert [mode(data / name) for name in ("Documents", "s3", "s3/tool", "console.sqlite3")] == [
        0o644,
        0o755,
        0o755,
        0o600,
    ]


def test_an_empty_volume_is_taken(tmp_path: Path) -> None:
    data = tmp_path / "volume"
    (data / "lost+found").mkdir(parents=True)
    data.chmod(0o2775)
    assert run(data, "check")[0] == 0
    assert mode(data) & 0o777 == 0o700


def test_links_are_not_followed(tmp_path: Path) -> None:
    data, outside = tmp_path / "data", tmp_path / "outside"
    (data / "s3" / "bucket").mkdir(parents=True)
    make(outside, 0o755)
    make(outside / "file", 0o644, is_file=True)
    (data / "s3" / "bucket" / "file").symlink_to(outside / "file")
    (data / "s3" / "bucket" / "folder").symlink_to(outside)
    (data / "static").symlink_to(outside)
    assert run(data, "check")[0] == 0
    assert (mode(outside), mode(outside / "file")) == (0o755, 0o644)


def test_the_units_of_systemd_agree() -> None:
    for unit in (ROOT / "deploy").glob("*.service"):
        text = unit.read_text()
        assert re.search(r"^UMask=0077$", text, re.MULTILINE), unit
        assert ("StateDirectory=" in text) == ("StateDirectoryMode=0700" in text), unit
    for script in ("backup", "manage"):
        assert re.search(r"^umask 077$", (ROOT / "deploy" / script).read_text(), re.MULTILINE), script
