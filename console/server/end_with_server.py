"""Ends the server's worker processes with the server, however it ends."""

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import wait
from threading import Thread

SECONDS_TO_END = 5


def end_with_server() -> None:
    """End this process once the server that started it has ended; do nothing if none did.

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
    """Wait for a sentinel's process to end, then end this one: calls in progress get some seconds."""
    wait([ended])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_END)
    os.kill(os.getpid(), signal.SIGKILL)
