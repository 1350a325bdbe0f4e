"""The data directory is for its owner alone: nobody else on the machine enters it, or reads a file that is in it.

Whatever is made later is private by the umask that `manage.py` sets. What is there already is closed at each start:
only what the console has made, and nothing that others have put there.
"""

import os
import pwd
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatch
from pathlib import Path

from console.storage.disk import NO_ROOM
from console.storage.places import CODE, default_data

DEFAULT = default_data("personalize-console")
PRIVATE_UMASK = 0o077
OTHERS = 0o077
FOR_OWNER = {stat.S_IFDIR: 0o700, stat.S_IFREG: 0o600, stat.S_IFIFO: 0o600, stat.S_IFSOCK: 0o600}
# Files that only a data directory of this console has.
MARKS = ("console.sqlite3", "secret-key", "static-files-collected", "personalize-local.sqlite3")
MADE_HERE = (
    *MARKS,
    "*.sqlite3*",
    "static",
    "s3",
    "metrics-*",
    "turn-to-write",
    "spare-room-*",
    "outcomes",
    "redactions",
    "event-rates",
    "controls-token",
    "calls",
    "wake-worker",
    # Nothing writes it any more; installations that were upgraded have it.
    "requests-under-way",
)
# Entries of the file system, or of other programs that use the directory as a home.
OF_NOBODY = ("lost+found", ".*")
# Directories of the Filesystem Hierarchy Standard 3.0 that may well be empty.
OF_THE_SYSTEM = {
    Path(each)
    for each in ("/home", "/media", "/mnt", "/opt", "/root", "/run", "/srv", "/usr/local", "/var", "/var/opt")
}
SETTING = "in CONSOLE_DATA_DIR"


def data_directory(path: Path, setting: str = SETTING) -> Path:
    """Return a directory, made if it is not there, that nobody but its owner can enter.

    Stop with a sentence if it cannot be used, belongs to somebody else, or is not the console's to close; `setting`
    says there where people name another one.
    """
    try:
        path.mkdir(FOR_OWNER[stat.S_IFDIR], parents=True, exist_ok=True)
        _check_owner(path, setting)
        _check_writable(path)
        _make_private(path, setting)
    except OSError as error:
        sys.exit(f"The data directory {path} cannot be used ({error.strerror}). Name another {setting}.")
    return path


def made(directory: Path) -> Path:
    """Return a directory in the data directory, made if it is not there; stop with a sentence if it cannot be."""
    try:
        directory.mkdir(FOR_OWNER[stat.S_IFDIR], exist_ok=True)
    except OSError as error:
        sys.exit(f"{directory} cannot be made ({error.strerror}). Name another data directory in CONSOLE_DATA_DIR.")
    return directory


@contextmanager
def private_files() -> Iterator[None]:
    """Let what is made in a block be for its owner alone; of all threads, so that it is for the start of a process."""
    before = os.umask(PRIVATE_UMASK)
    try:
        yield
    finally:
        os.umask(before)


def _check_writable(path: Path) -> None:
    """Raise OSError if no file can be made in a directory. One whose disk is full may still be read."""
    try:
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise


def _check_owner(path: Path, setting: str) -> None:
    owner, account = path.stat().st_uid, os.geteuid()
    if owner != account:
        # A volume of a container may be root's, and writable for the console's group.
        has_room = account != 0 and os.access(path, os.W_OK | os.X_OK, effective_ids=True)
        example = f", such as {path / 'personalize-console'}" if has_room else ""
        sys.exit(
            f"The data directory {path} belongs to {_name_of(owner)}, and this process runs as {_name_of(account)}. "
            f"Run it as {_name_of(owner)}, or name another {setting}{example}."
        )


def _name_of(account: int) -> str:
    try:
        return pwd.getpwuid(account).pw_name
    except KeyError:
        return f"the account {account}"


def _make_private(path: Path, setting: str) -> None:
    """Close a directory to others, and all that the console has made in it. Raises OSError."""
    foreign = sorted(each for each in os.listdir(path) if not _is_any_of(each, (*MADE_HERE, *OF_NOBODY)))
    is_own = _is_own(path, foreign)
    if path.stat().st_mode & OTHERS:
        if not is_own:
            sys.exit(_not_its_own(path, foreign, setting))
        path.chmod(FOR_OWNER[stat.S_IFDIR])
        if path.stat().st_mode & OTHERS:
            sys.exit(
                f"The data directory {path} is on a file system where other accounts can read all files. Name a "
                f"directory of its own {setting}."
            )
    for entry in os.scandir(path):
        # A directory that is used for other things too may have another one of a name such as static.
        if _is_any_of(entry.name, MADE_HERE) and (is_own or not entry.is_dir(follow_symlinks=False)):
            _close(entry)


def _is_own(path: Path, foreign: list[str]) -> bool:
    """Return whether a directory is the console's alone, and not one that others need, as /tmp or a person's home."""
    if path.stat().st_mode & stat.S_ISVTX or path in {*CODE.parents, CODE, *OF_THE_SYSTEM}:
        return False
    has_marks = any((path / mark).exists() for mark in MARKS)
    return path == DEFAULT or not foreign or (has_marks and path not in _homes())


def _homes() -> Iterator[Path]:
    yield Path.home().resolve()
    with suppress(KeyError):
        yield Path(pwd.getpwuid(os.geteuid()).pw_dir).resolve()


def _not_its_own(path: Path, foreign: list[str], setting: str) -> str:
    reason = f"it is used for other things too, such as {foreign[0]}" if foreign else "it is used for other things too"
    return (
        f"Other accounts of this machine can enter the data directory {path}, and the console does not close it to "
        f"them: {reason}. Name a directory of its own {setting}, such as {path / 'personalize-console'}."
    )


def _close(entry: "os.DirEntry[str]") -> None:
    """Take a file or a directory with all that is in it from everybody but its owner; links are not followed."""
    with suppress(FileNotFoundError):
        status = entry.stat(follow_symlinks=False)
        kind = stat.S_IFMT(status.st_mode)
        if kind not in FOR_OWNER or status.st_uid != os.geteuid():
            return
        mode = stat.S_IMODE(status.st_mode)
        if mode & ~FOR_OWNER[kind]:
            os.chmod(entry.path, mode & FOR_OWNER[kind])
        if kind == stat.S_IFDIR:
            for each in os.scandir(entry.path):
                _close(each)


def _is_any_of(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
