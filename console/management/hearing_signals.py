"""Signals are heard at once, also where the main thread of a process waits for nothing else."""

import os
import signal
import threading
import time

SECONDS_BETWEEN = 0.1
# Nothing sends it here: it is for data out of band on sockets, and ignored by default.
NUDGE = signal.SIGURG


def hear_every_signal() -> None:
    """Let the main thread of this process run its handlers soon after a signal; to be called by that thread.

    Python runs handlers in the main thread alone, between two of its steps. A signal that comes just before that
    thread begins to wait for a lock, or that the system gives to another thread, is heard when the wait ends: never,
    if the signal was what should end it. So another thread learns of each signal, and interrupts the wait until
    the process ends.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.signal(NUDGE, lambda _number, _frame: None)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    threading.Thread(target=_nudge_after, args=(reader, threading.get_ident()), daemon=True).start()


def _nudge_after(reader: int, main_thread: int) -> None:
    """Wait for the first signal, then interrupt what the main thread waits for, again and again."""
    os.read(reader, 1)
    while True:
        signal.pthread_kill(main_thread, NUDGE)
        time.sleep(SECONDS_BETWEEN)
