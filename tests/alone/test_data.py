"""The data of `personalize-local`: whose directory it takes, and what is left of it."""

import fcntl
import os
from pathlib import Path

import pytest

from console.alone import data


def test_what_is_in_memory_goes_and_so_does_what_a_killed_process_has_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "IN_MEMORY", tmp_path)
    for name in ("personalize-local-left", "personalize-local-used", "others"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("content")
    lock = os.open(tmp_path / "personalize-local-used", os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with data.dropped_data() as directory:
        assert directory.parent == tmp_path
        assert directory.stat().st_mode & 0o777 == 0o700
        (directory / "file").write_text("content")
        assert sorted(os.listdir(tmp_path)) == sorted([directory.name, "others", "personalize-local-used"])
    os.close(lock)
    assert sorted(os.listdir(tmp_path)) == ["others", "personalize-local-used"]


def test_without_a_file_system_in_memory_it_is_a_directory_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "IN_MEMORY", tmp_path / "missing")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with data.dropped_data() as directory:
        assert directory.parent == tmp_path
    assert os.listdir(tmp_path) == []


def test_a_directory_is_taken_once_at_a_time_and_stays(tmp_path: Path) -> None:
    with data.kept_data(tmp_path / "data") as directory:
        (directory / "personalize-local.sqlite3").write_text("content")
        with pytest.raises(SystemExit) as refused, data.kept_data(tmp_path / "data"):
            pass
        assert refused.value.code == (
            f"Another personalize-local uses the data directory {directory}. Stop it, or name another directory with "
            "--data, or keep the data in memory with --memory."
        )
    with data.kept_data(tmp_path / "data") as directory:
        assert os.listdir(directory) == ["personalize-local.sqlite3"]


def test_a_directory_of_a_console_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "console.sqlite3").touch()
    with pytest.raises(SystemExit) as refused, data.kept_data(tmp_path):
        pass
    assert refused.value.code == f"{tmp_path} is the data directory of a console. Name another with --data."


def test_a_directory_that_cannot_be_made_is_refused_with_the_name_of_the_option(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit) as refused, data.kept_data(tmp_path / "file" / "data"):
        pass
    assert refused.value.code == (
        f"The data directory {tmp_path}/file/data cannot be used (Not a directory). Name another with --data."
    )
