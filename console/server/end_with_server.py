"""Processes of the server that answer requests end with the server, however its end came about."""

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import wait
from threading import Thread

SECONDS_TO_END = 5


def end_with_server() -> None:
    """Let this process end once the server that began it has; do nothing in one that no server began.

    A server that is killed ends none of its processes: they would keep its port, and run no jobs.
    Ctrl-C in a terminal reaches all of them, and then the server ends them by SIGTERM. Granian's processes lock
    themselves out at the second of two signals, so that the first is not for them.
    """
    server = multiprocessing.parent_process()
    if server is not None:
        if wait([server.sentinel], 0):
            # Not yet serving: nothing of a caller's is lost.
            os._exit(1)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        Thread(target=_end_after, args=(server.sentinel,), daemon=True).start()


def _end_after(ended: int) -> None:
    """Wait for the end of what a sentinel is for, then end: calls that are under way get some seconds."""
    wait([ended])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_END)
    os.kill(os.getpid(), signal.SIGKILL)
