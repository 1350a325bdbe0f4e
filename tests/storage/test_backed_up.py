"""Files that a backup has beside the database: console/storage/backed_up.py."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from console.storage import backed_up
from console.storage.backed_up import bytes_of, copy_files


def test_copies_files_and_no_directories(tmp_path: Path) -> None:
    source, copy = tmp_path / "source", tmp_path / "copy"
    (source / "inner").mkdir(parents=True)
    (source / "a").write_bytes(b"12345")
    (source / "gone").symlink_to(tmp_path / "nothing")
    assert (bytes_of(source), bytes_of(tmp_path / "nothing")) == (5, 0)
    assert copy_files(source, copy) == 1
    assert [(each.name, each.read_bytes()) for each in copy.iterdir()] == [("a", b"12345")]


def test_imports_are_entered(tmp_path: Path) -> None:
    assert "imports" in backed_up.directories()


@pytest.mark.usefixtures("transactional_db")
def test_what_is_there_already_is_not_replaced_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a").write_bytes(b"12345")
    monkeypatch.setattr(backed_up, "_directories", {"files": lambda: source})
    copy = tmp_path / "copies" / "copy"
    (copy.parent / "copy.files").mkdir(parents=True)
    with pytest.raises(CommandError, match="File exists"):
        call_command("backup", str(copy), stdout=StringIO())
    assert os.listdir(copy.parent) == ["copy.files"]
    (copy.parent / "copy.files").rmdir()
    said = StringIO()
    call_command("backup", str(copy), stdout=said)
    assert said.getvalue() == f"Wrote {copy}.\nWrote {copy}.files.\n"
    assert (copy.parent / "copy.files" / "a").read_bytes() == b"12345"
