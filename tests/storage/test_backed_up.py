"""Files that a backup has beside the database: console/storage/backed_up.py."""

from pathlib import Path

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
