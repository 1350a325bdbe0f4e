"""Deliver signals promptly while the main thread of a process blocks or forks."""

import os
import signal
import threading
import time

SECONDS_BETWEEN = 0.1
# Nothing sends it here: it is for data out of band on sockets, and ignored by default.
NUDGE = signal.SIGURG


def hear_every_signal() -> None:
    """Make the main thread of this process run its handlers soon after a signal; call this from that thread.

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
    """Wait for the first signal, then keep interrupting the main thread's waits."""
    os.read(reader, 1)
    while True:
        signal.pthread_kill(main_thread, NUDGE)
        time.sleep(SECONDS_BETWEEN)


def hear_signals_across_forks() -> None:
    """Make signals end each forked process from its first moment on.

    Until it has handlers of its own it would run those of the server, and never hear that it is to end; and Python
    forgets a signal that comes while it forks, so that the system has to keep it until then.
    """
    ending = (signal.SIGINT, signal.SIGTERM)

    def block() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, ending)

    def unblock() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ending)

    def end_at_once_when_told() -> None:
        for each in ending:
            signal.signal(each, signal.SIG_DFL)
        unblock()

    os.register_at_fork(before=block, after_in_parent=unblock, after_in_child=end_at_once_when_told)
