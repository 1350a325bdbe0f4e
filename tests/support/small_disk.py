"""A small file system of the tests' own, which they fill to the last byte or to the last file.

It is mounted in a mount namespace of its own, for accounts other than root with a user namespace, so that nothing stays
mounted when the tests are killed. A process keeps it: the tests reach it through /proc, and what they start has to be
started in the namespace, by `inside`.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PIECE = b"\0" * 65536
ROOT = Path(__file__).resolve().parent.parent.parent
# The path of a file in the mount namespace of a process, as proc(5) has it.
IN_NAMESPACE = re.compile(r"/proc/(\d+)/root/")
# It ends with its standard input.
KEEPER = 'mount -t tmpfs -o "$1" tmpfs "$2" && echo mounted && exec cat'
NEITHER = "needs root, or an account that may make user namespaces, to mount a small file system: {}"


@dataclass(frozen=True)
class SmallDisk:
    """A file system that is mounted at a path; `place` is the same path as processes say it that resolve links."""

    path: Path
    place: Path

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
        subprocess.run([*inside(self.path), "mount", "-o", f"remount,bind,{how}", str(self.place)], check=True)


def inside(*paths: str | Path) -> list[str]:
    """Return what a command begins with to see the small disk that one of the paths leads to; nothing without one."""
    for each in paths:
        for path in (str(each), *map(str, Path(each).parents)):
            found = IN_NAMESPACE.match(os.readlink(path)) if os.path.islink(path) else None
            if found:
                user = ["--user", "--preserve-credentials"] if _has_own_users(found[1]) else []
                return ["nsenter", f"--target={found[1]}", *user, "--mount", "--wd", "--"]
    return []


def _has_own_users(process: str) -> bool:
    return os.readlink(f"/proc/{process}/ns/user") != os.readlink("/proc/self/ns/user")


@contextmanager
def small_disk(path: Path, *, megabytes: int = 24, files: int = 2000) -> Iterator[SmallDisk]:
    """Mount a file system in memory at a path, which is made, with room for some MB (of 1,048,576 bytes) and files.

    In the end what is on it is at the path without it: logs are looked at later. Skip the test where nothing can be
    mounted.
    """
    options = f"mode=0700,size={megabytes}m,nr_inodes={files}"
    kept = path.with_name(f"{path.name}-kept")
    with _mounted(path, options) as disk:
        try:
            yield disk
        finally:
            disk.free()
            shutil.copytree(path, kept, ignore=_pipes)
    kept.rename(path)


@contextmanager
def _mounted(path: Path, options: str) -> Iterator[SmallDisk]:
    place = path.with_name(f"{path.name}-mounted")
    place.mkdir()
    with _namespace(place, options) as keeper:
        path.symlink_to(f"/proc/{keeper}/root{place}")
        yield SmallDisk(path, place)
        path.unlink()
    place.rmdir()


@contextmanager
def _namespace(place: Path, options: str) -> Iterator[int]:
    """Mount it in a namespace of its own, and give the id of the process that keeps that."""
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = ["unshare", *user, "--mount", "sh", "-c", KEEPER, "sh", options, str(place)]
    pipe = subprocess.PIPE
    try:
        keeper = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    except FileNotFoundError as error:
        pytest.skip(NEITHER.format(error))
    with keeper:
        assert keeper.stdin
        assert keeper.stdout
        assert keeper.stderr
        if keeper.stdout.readline() != "mounted\n":
            pytest.skip(NEITHER.format(keeper.stderr.read().strip()))
        try:
            yield keeper.pid
        finally:
            keeper.stdin.close()


def _pipes(directory: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(directory, name).is_fifo()]
