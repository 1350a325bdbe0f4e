"""Static files as they are served: joined, named by their contents, compressed, and kept by browsers for good.

`console/config/wsgi.py` has them collected before it serves, where that was not done since they changed, so that it
takes no command of its own. Until then, as in tests without a server, they have their plain names.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from console.config import joining
from console.config.joining import joined_scripts, joined_styles
from console.storage.data_directory import private_files

# The files that pages load, of those that import others.
STYLES = ("frame/console.css", "records/create_records.css")
SCRIPTS = ("frame/console.js", "records/record_input.js", "datasets/schema_input.js")


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # It has no types.
    """WhiteNoise's storage, which joins files before it names them."""

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        joined = InMemoryStorage()

        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                text: str = file.read().decode()
            return text

        texts = {name: joined_styles(name, read) for name in STYLES}
        texts |= {name: joined_scripts(name, read) for name in SCRIPTS}
        for name, text in texts.items():
            joined.save(name, ContentFile(text.encode()))
            paths[name] = (joined, name)
        yield from super().post_process(paths, **options)

    def stored_name(self, name: str) -> str:
        stored: str = super().stored_name(name) if self.hashed_files else name
        return stored


def collect_static_files() -> None:
    """Collect the static files, unless they were collected as they are now; one process does so for all.

    Raise OSError if they cannot be written.
    """
    path, fingerprint = Path(f"{settings.STATIC_ROOT}-files-collected"), _fingerprint()
    if _are_collected(path, fingerprint):
        return
    with private_files(), path.open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        if _are_collected(path, fingerprint):
            return
        # What is begun here may not be finished.
        mark.truncate(0)
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.seek(0)
        mark.truncate()
        mark.write(fingerprint)


def _are_collected(mark: Path, fingerprint: str) -> bool:
    # Written last, the manifest is there if the files are.
    is_there = Path(settings.STATIC_ROOT, StaticFilesStorage.manifest_name).exists()
    return is_there and mark.exists() and mark.read_text() == fingerprint


def _fingerprint() -> str:
    """Return what tells the present files from others: names, sizes and times, and what makes them."""
    digest = hashlib.sha256(f"{version('django')} {version('whitenoise')}".encode())
    sources = [storage.path(name) for finder in get_finders() for name, storage in finder.list([])]
    for path in [*sources, __file__, joining.__file__]:
        found = Path(path).stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
