"""The values of a process's metrics: in memory, and in a file that the other processes of the server read.

prometheus_client maps such files into memory without allocating them: where the disk is full, writing to the map
raises a bus error, which ends the process (POSIX, mmap). Here they are written by pwrite, which fails with an error
instead, whatever the file system does. Then the values stay in memory, no part of the file is left, and it is made
again, with all that was counted meanwhile, once there is room.
"""

import logging
import os
import struct
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from prometheus_client.mmap_dict import MmapedDict, mmap_key

from console.storage.disk import write_all

# prometheus_client's own name for the directory.
DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
SECONDS_TO_NEXT_TRY = 5.0
# The form of a file is that of prometheus_client.mmap_dict: the number of bytes that are used, then of each value the
# length of its key, the key, a double and the time of it, which only gauges need.
USED = struct.Struct("ii")
LENGTH = struct.Struct("i")
VALUE = struct.Struct("dd")
# Errors raised for an incomplete file, as after a power failure.
NOT_WHOLE = (RuntimeError, struct.error, ValueError)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class ValueFile:
    """The values of a kind of metric, `counter` or `histogram`, by their keys; `path` is None without a file."""

    kind: str
    values: dict[str, float] = field(default_factory=dict)
    path: Path | None = None
    _descriptor: int = -1
    _used: int = 0
    _positions: dict[str, int] = field(default_factory=dict)
    _next_try: float = 0.0

    def add(self, key: str, amount: float) -> None:
        """Add to the value of a key, which begins with 0."""
        self.values[key] = self.values.get(key, 0.0) + amount
        try:
            self._write(key)
        except OSError as error:
            self._give_up(error)

    def _write(self, key: str) -> None:
        if self.path is None:
            if time.monotonic() >= self._next_try:
                self._create()
        elif key in self._positions:
            write_all(self._descriptor, VALUE.pack(self.values[key], 0.0), self._positions[key])
        else:
            entry = self._entry(key)
            write_all(self._descriptor, entry, self._used)
            self._used += len(entry)
            # Last: nobody reads a part of the entry.
            write_all(self._descriptor, USED.pack(self._used, 0), 0)

    def _create(self) -> None:
        """Create the file with all values; on an OSError, which is raised, no part of the file stays."""
        directory = Path(os.environ[DIRECTORY])
        directory.mkdir(exist_ok=True)
        # The process before that had this id may have left its file, whose numbers count.
        path = directory / f"{self.kind}_{os.getpid()}-{time.time_ns()}.db"
        part = path.with_suffix(".part")
        self._positions.clear()
        self._used = USED.size
        entries = b"".join(map(self._entry_in_order, self.values))
        try:
            self._descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            write_all(self._descriptor, USED.pack(self._used, 0) + entries, 0)
            part.rename(path)
        except OSError:
            self._close()
            _remove(part)
            raise
        self.path = path

    def _entry_in_order(self, key: str) -> bytes:
        entry = self._entry(key)
        self._used += len(entry)
        return entry

    def _entry(self, key: str) -> bytes:
        """Return the bytes of a value that is written where the used ones end, and remember its position."""
        encoded = key.encode()
        padded = encoded + b" " * (8 - (len(encoded) + LENGTH.size) % 8)
        self._positions[key] = self._used + LENGTH.size + len(padded)
        return LENGTH.pack(len(encoded)) + padded + VALUE.pack(self.values[key], 0.0)

    def _give_up(self, error: OSError) -> None:
        """Go on in memory, and leave no file: its numbers would stand still."""
        self._next_try = time.monotonic() + SECONDS_TO_NEXT_TRY
        if self.path is not None:
            log.warning("Metrics of this process stay in memory (%s): others do not show them.", error.strerror)
            _remove(self.path)
        self.path = None
        self._close()

    def _close(self) -> None:
        if self._descriptor >= 0:
            with suppress(OSError):
                os.close(self._descriptor)
        self._descriptor = -1

    def forget(self) -> None:
        """Start over in a forked process: the counts and the file are its parent's."""
        self._close()
        self.path, self._next_try = None, 0.0
        self.values = dict.fromkeys(self.values, 0.0)


_files: dict[str, ValueFile] = {}
_lock = Lock()


class FileValue:
    """A value as the metrics of prometheus_client use it; see its values.ValueClass."""

    # It asks for this: values of one process have the time of their creation, too.
    _multiprocess = True

    def __init__(
        self,
        kind: str,
        metric: str,
        name: str,
        labels: Sequence[str],
        label_values: Sequence[str],
        documentation: str,
        **_options: object,
    ) -> None:
        self._kind = kind
        self._key = mmap_key(metric, name, list(labels), list(label_values), documentation)
        # A bucket that nothing was counted in is shown as well.
        self.inc(0.0)

    def inc(self, amount: float) -> None:
        """Add to the value."""
        with _lock:
            if self._kind not in _files:
                _files[self._kind] = ValueFile(self._kind)
            _files[self._kind].add(self._key, amount)

    def get(self) -> float:
        """Return what this process has counted."""
        with _lock:
            return _files[self._kind].values[self._key]


def all_values() -> Iterator[tuple[str, str, float]]:
    """Yield kind, key and value of all processes: this one's from memory, the others' as far as they can be read."""
    with _lock:
        own = [(each.kind, key, value) for each in _files.values() for key, value in each.values.items()]
        own_paths = {each.path for each in _files.values()}
    yield from own
    for path in sorted(Path(os.environ[DIRECTORY]).glob("*.db")):
        if path not in own_paths:
            yield from _values_of(path)


def _values_of(path: Path) -> Iterable[tuple[str, str, float]]:
    kind = path.name.partition("_")[0]
    try:
        found = MmapedDict.read_all_values_from_file(path)  # type: ignore[no-untyped-call]  # It has no types.
        return [(kind, key, value) for key, value, _time, _position in found]
    except FileNotFoundError:
        # Its process has given it up a moment ago.
        return []
    except (OSError, *NOT_WHOLE) as error:
        log.warning("Metrics of another process cannot be read (%s).", type(error).__name__)
        return []


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _begin_anew() -> None:
    global _lock
    _lock = Lock()
    for each in _files.values():
        each.forget()


os.register_at_fork(after_in_child=_begin_anew)
