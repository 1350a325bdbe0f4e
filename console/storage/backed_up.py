"""Directories of files that a backup has beside the database: other packages enter theirs when their app is ready."""

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

# Returns where the files are; None where there are none outside of the database.
type Directory = Callable[[], Path | None]

_directories: dict[str, Directory] = {}


def add(name: str, directory: Directory) -> None:
    """Have backups copy the files of a directory, by the name that the copies get."""
    _directories[name] = directory


def directories() -> Mapping[str, Directory]:
    """Return all directories by their names."""
    return MappingProxyType(_directories)


def bytes_of(directory: Path) -> int:
    """Return how many bytes the files of a directory have."""
    total = 0
    for each in _files(directory):
        with suppress(FileNotFoundError):
            total += each.stat().st_size
    return total


def copy_files(directory: Path, into: Path) -> int:
    """Copy the files of a directory to a new one, and have them on the disk; return how many; raise OSError.

    What is removed meanwhile is left out.
    """
    into.mkdir(mode=0o700)
    copied = 0
    for each in _files(directory):
        copy = into / each.name
        with suppress(FileNotFoundError), each.open("rb") as source:
            with open(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            copied += 1
    return copied


def _files(directory: Path) -> list[Path]:
    return sorted(each for each in directory.iterdir() if each.is_file()) if directory.is_dir() else []
