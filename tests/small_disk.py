"""A small file system of the tests' own, which they fill to the last byte or to the last file."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PIECE = b"\0" * 65536


@dataclass(frozen=True)
class SmallDisk:
    """A file system that is mounted at a path."""

    path: Path

    def fill(self) -> None:
        """Leave room for no byte more; what was filled before stays so."""
        with (self.path / "filling").open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(PIECE)
            except OSError:
                pass
        assert os.statvfs(self.path).f_bavail == 0

    def fill_with_files(self) -> None:
        """Leave room for no file more."""
        (self.path / "files").mkdir(exist_ok=True)
        while os.statvfs(self.path).f_favail:
            Path(self.path, "files", str(os.statvfs(self.path).f_favail)).touch()

    def free(self) -> None:
        """Take away what fills it."""
        (self.path / "filling").unlink(missing_ok=True)
        shutil.rmtree(self.path / "files", ignore_errors=True)

    @contextmanager
    def full(self) -> Iterator[None]:
        """Keep it full during the context."""
        self.fill()
        try:
            yield
        finally:
            self.free()

    @contextmanager
    def without_files(self) -> Iterator[None]:
        """Leave room for no file more during the context."""
        self.fill_with_files()
        try:
            yield
        finally:
            self.free()

    def remount(self, how: str) -> None:
        """Make it read-only, `ro`, or `rw` again."""
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.path)], check=True)


@contextmanager
def small_disk(path: Path, *, megabytes: int = 24, files: int = 2000) -> Iterator[SmallDisk]:
    """Mount a file system in memory at a path, which is made, with room for some MB (of 1,048,576 bytes) and files.

    In the end what is on it is at the path without it: logs are looked at later.
    """
    path.mkdir()
    options = f"mode=0700,size={megabytes}m,nr_inodes={files}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)], check=True)
    disk, kept = SmallDisk(path), path.with_name(f"{path.name}-kept")
    try:
        yield disk
    finally:
        disk.free()
        shutil.copytree(path, kept, ignore=_pipes)
        # Also where a process that is about to end still has a file of it open.
        subprocess.run(["umount", "--lazy", str(path)], check=True)
    path.rmdir()
    kept.rename(path)


def _pipes(directory: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(directory, name).is_fifo()]
