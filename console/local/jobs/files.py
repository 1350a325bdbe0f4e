"""The files of jobs for the console's pages: inputs to write, and files to download.

A download is a file that its job reads, or has written, and of which no part of the way is a symbolic link.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import IO

from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import (
    CSV_ENDING,
    SCHEME,
    failures_of,
    folder_to_write_to,
    read_location,
    root,
)
from console.local.models import DATASET_EXPORT_JOB, DATASET_IMPORT_JOB, Job

# The bucket of what the console writes.
BUCKET = "personalize-console"
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file of a job: its name, its size in bytes, and its role in the job."""

    name: str
    size: int
    role: str


def write_job_input(key: str, content: bytes) -> str:
    """Write an input file for a job, replacing one with the same key, and return its S3 URI; raise JobFailure."""
    location = read_location(f"{SCHEME}{BUCKET}/{key}")
    folder = folder_to_write_to(read_location(location.text.rpartition("/")[0] + "/"))
    aside = folder / f".{token_hex(8)}.part"
    with failures_of(location.text):
        try:
            aside.write_bytes(content)
            aside.replace(folder / location.path.name)
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
    return location.text


def remove_job_input(location: str) -> None:
    """Remove a file that `write_job_input` has written, unless a job has it; one that cannot be removed stays."""
    if not Job.objects.filter(location=location).exists():
        with suppress(OSError):
            (root() / read_location(location).path).unlink(missing_ok=True)


def job_files(arn: str) -> list[JobFile]:
    """Return the files of an import or export job that may be downloaded now, at most MOST_LISTED, by its ARN."""
    return [JobFile(path.name, path.stat().st_size, role) for path, role in _files(arn)][:MOST_LISTED]


def open_job_file(arn: str, name: str) -> IO[bytes]:
    """Open a file of an import or export job by its name; raise FileNotFoundError if the job has none, and OSError."""
    path = next((path for path, _role in _files(arn) if path.name == name), None)
    if path is None:
        raise FileNotFoundError(name)
    # Refuse a link that has replaced the file since.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise FileNotFoundError(name)
    return file


def _files(arn: str) -> Iterator[tuple[Path, str]]:
    """Yield the files of a job, with the role of each."""
    job = Job.objects.filter(arn=arn, kind__in=(DATASET_IMPORT_JOB, DATASET_EXPORT_JOB)).first()
    if job is None:
        return
    with suppress(JobFailure, OSError):
        path = root() / read_location(job.location).path
        if job.kind == DATASET_EXPORT_JOB:
            named = [(path / f"{job.name}{CSV_ENDING}", "Output")]
        else:
            named = [(each, "Input") for each in _inputs(path)]
            if job.warnings_file:
                named.append((root() / read_location(job.warnings_file).path, "Warnings"))
        yield from (each for each in named if _is_own_file(each[0]))


def _inputs(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.iterdir() if each.name.lower().endswith(CSV_ENDING))


def _is_own_file(path: Path) -> bool:
    """Return whether a path is a file below the root, reached without symbolic links."""
    return path.is_file() and path.resolve() == path
