"""S3 URIs and their local files: `s3://bucket/key` is a file below the data directory."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from console.local.jobs.errors import JobFailure

SCHEME = "s3://"
BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# A key could name them in S3, but not the path of a file.
NEVER_IN_A_KEY = re.compile(r"[\x00-\x1f\x7f\\]")
CSV_ENDING = ".csv"


class LocationError(ValueError):
    """An S3 URI that cannot have a local file; the text says what is expected."""


@dataclass(frozen=True, slots=True)
class Location:
    """An S3 URI: its text, its path below the root, and whether it ends like a folder."""

    text: str
    path: Path
    ends_as_folder: bool


def root() -> Path:
    """Return the directory that contains one directory for each bucket; create it if it is missing."""
    path = Path(settings.CONSOLE_DATA_DIR) / "s3"
    path.mkdir(parents=True, exist_ok=True)
    return path.resolve()


def read_location(text: str) -> Location:
    """Return the location of an S3 URI, without accessing the disk; raise LocationError."""
    if not text.startswith(SCHEME):
        raise LocationError("Expected s3://bucket/key, and no other protocol.")
    bucket, _, key = text.removeprefix(SCHEME).partition("/")
    if not BUCKET.fullmatch(bucket):
        raise LocationError("Expected the name of a bucket after s3://, of letters, digits, dots and hyphens.")
    if NEVER_IN_A_KEY.search(key):
        raise LocationError("Expected a key without backslashes and control characters.")
    ends_as_folder = not key or key.endswith("/")
    parts = key.removesuffix("/").split("/") if key else []
    if any(part in ("", ".", "..") for part in parts):
        raise LocationError("Expected a key whose parts between slashes are not empty, and neither . nor ...")
    return Location(text, Path(bucket, *parts), ends_as_folder)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A CSV file that a job reads: its path, and its name in messages, relative to the location's folder."""

    path: Path
    name: str


def csv_files(location: Location, *, sub_folders: bool = False) -> list[InputFile]:
    """Return the file of a location, or the CSV files of a folder in name order; raise JobFailure.

    A folder may be named with its last slash or without. `sub_folders` takes the files of its sub folders too, however
    deep they are: data deletion jobs do (developer guide, "Deleting users"), and import jobs leave them out (developer
    guide, "Importing bulk data with a dataset import job").
    """
    with failures_of(location.text):
        path = inside_root(location)
        if path.is_file() and not location.ends_as_folder:
            return [InputFile(path, path.name)]
        if not path.is_dir():
            raise JobFailure(f"There is no object {location.text}: the file would be {_shown(location)}.")
        names = sorted(each for each in _names(path, location, sub_folders=sub_folders) if _is_csv(each))
        files = [InputFile(_inside(path / name, location), name) for name in names]
        found = [each for each in files if each.path.is_file()]
    if not found:
        whole = f"The folder {location.text}{' with its sub folders' if sub_folders else ''}"
        raise JobFailure(f"{whole} has no CSV files: their names end in {CSV_ENDING}.")
    return found


def size_of(files: Iterable[InputFile], location: Location) -> int:
    """Return the total size of some files of a location in bytes; raise JobFailure."""
    with failures_of(location.text):
        return sum(each.path.stat().st_size for each in files)


def _is_csv(name: str) -> bool:
    return name.lower().endswith(CSV_ENDING)


def _names(folder: Path, location: Location, *, sub_folders: bool) -> Iterator[str]:
    """Yield the paths of the files in a folder and its subfolders, relative to it; raise JobFailure.

    A folder that a symbolic link leads to is read once: links may lead in circles, which keys in S3 cannot.
    """
    seen: set[Path] = set()
    waiting = [""]
    while waiting:
        way = waiting.pop()
        real = _inside(folder / way, location)
        if real in seen:
            continue
        seen.add(real)
        for each in real.iterdir():
            yield f"{way}{each.name}"
            if sub_folders and each.is_dir():
                waiting.append(f"{way}{each.name}/")


def inside_root(location: Location) -> Path:
    """Return the resolved path of a location; raise JobFailure if symbolic links lead out of the root."""
    return _inside(root() / location.path, location)


def folder_to_write_to(location: Location) -> Path:
    """Return the folder of a location, created if missing; raise JobFailure, which names what is in the way."""
    with failures_of(location.text):
        folder = inside_root(location)
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir():
        raise JobFailure(f"{address(nearest)} is a file. Expected a folder, or nothing of that name.")
    with failures_of(address(nearest)):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def address(path: Path) -> str:
    """Return the S3 URI of a path below the root."""
    return f"{SCHEME}{path.relative_to(root()).as_posix()}"


@contextmanager
def failures_of(what: str) -> Iterator[None]:
    """Raise JobFailure for an OSError of the block; `what` names the file or folder in its sentence."""
    try:
        yield
    except OSError as error:
        raise JobFailure(f"{what} cannot be used ({error.strerror or type(error).__name__}).") from error


def _inside(path: Path, location: Location) -> Path:
    try:
        real = path.resolve()
    except RuntimeError as error:
        # Links that lead to one another, before Python 3.13.
        raise JobFailure(f"{location.text} is a symbolic link that leads to itself.") from error
    if not real.is_relative_to(root()):
        raise JobFailure(f"{location.text} has a symbolic link that leads out of the folder s3 in the data directory.")
    return real


def _shown(location: Location) -> str:
    """Return the path of a location's file as shown to clients, which need not know local paths."""
    return f"{Path('s3', location.path)} in the data directory"
