"""Work on a row in a process of its own: it has a processor to itself, and gives its memory back when it ends."""

import logging
import os
import subprocess
from typing import Any

from console.storage.places import manage_command
from console.work.leases import Lease
from console.work.queues import PAUSE

SECONDS_BETWEEN_LOOKS = 0.2

log = logging.getLogger(__name__)


def run_in_own_process(name: str, lease: Lease[Any]) -> None:
    """Let a process do what was registered by a name with `register_alone`, under a lease, and wait for its end.

    It renews the lease and ends it, as a thread of the worker does. Where it dies, the row is free after a pause.
    """
    command = [*manage_command(), "run_worker", f"--parent={os.getpid()}", "--alone", name, lease.row.lease]
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    except OSError as error:
        log.warning("No process can be begun for %s (%s).", name, error.strerror)
        lease.release(PAUSE)
        return
    with process:
        while (status := _status(process)) is None:
            if lease.stopping():
                process.terminate()
    if status:
        lease.release(PAUSE, counted=True)
    lease.leave()


def _status(process: "subprocess.Popen[bytes]") -> int | None:
    try:
        return process.wait(SECONDS_BETWEEN_LOOKS)
    except subprocess.TimeoutExpired:
        return None
