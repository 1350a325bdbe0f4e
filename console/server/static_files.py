"""Static files as served: named by content, compressed, and cached by browsers forever.

`console/config/wsgi.py` has them collected before it serves, where that was not done since they changed, so that it
takes no command of its own. Until then, as in tests without a server, they have their plain names.
"""

import fcntl
import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any, override

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from console.storage.data_directory import private_files


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # It has no types.
    """WhiteNoise's storage, in which modules import each other by the names that files are served by.

    Nothing is bundled: pages link each style sheet, and preload each module that their scripts import. A first visit
    to Create user record(s) takes 254 KB in 38 requests, and 0.45 and 0.44 of Swagger UI's time to an editable field,
    in two runs on a busy machine. With bundles it took 223 KB in 10 requests, and 0.44 and 0.32 in the same runs.
    """

    support_js_module_import_aggregation = True

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._urls: dict[str, str] = {}

    @override
    def url(self, name: str, force: bool = False) -> str:
        """Return the URL of a file, cached, since every page uses twenty of them."""
        if not self.hashed_files:
            return str(super().url(name, force))
        if name not in self._urls:
            self._urls[name] = super().url(name, force)
        return self._urls[name]

    @override
    def stored_name(self, name: str) -> str:
        stored: str = super().stored_name(name) if self.hashed_files else name
        return stored


def collect_static_files() -> None:
    """Collect the static files unless they are up to date; one process does so for all.

    Raise OSError if they cannot be written.
    """
    path, fingerprint = Path(f"{settings.STATIC_ROOT}-files-collected"), _fingerprint()
    if _are_collected(path, fingerprint):
        return
    with private_files(), path.open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        if _are_collected(path, fingerprint):
            return
        # The process may end before this is complete.
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
    """Return a digest of the files' names, sizes and times, and of the code that collects them."""
    digest = hashlib.sha256(f"{version('django')} {version('whitenoise')}".encode())
    sources = [storage.path(name) for finder in get_finders() for name, storage in finder.list([])]
    for path in [*sources, __file__]:
        found = Path(path).stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
