"""Signals that Python would hear too late: console.server.signals.py."""

import subprocess
import sys

# The signal is given to a thread that is not the main one, as the system may do: Python's handlers run in the main one.
PROGRAM = """
import signal, threading
from console.server.signals import hear_every_signal

ended = threading.Event()
signal.signal(signal.SIGTERM, lambda number, frame: ended.set())
hear_every_signal()
other = lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
threading.Timer(0.5, other).start()
ended.wait()
print("The handler ran.")
"""


def test_a_signal_ends_a_wait_also_when_another_thread_got_it() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=30)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "The handler ran.\n", "")


# The signal comes as soon as there is a process to send it to, and that one would run a handler of the other.
FORKING_PROGRAM = """
import os, signal, time
from console.server.signals import hear_signals_across_forks

signal.signal(signal.SIGTERM, lambda number, frame: None)
hear_signals_across_forks()
for _ in range(200):
    child = os.fork()
    if not child:
        time.sleep(20)
        os._exit(0)
    os.kill(child, signal.SIGTERM)
    _child, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGTERM
os.kill(os.getpid(), signal.SIGTERM)
print("All have ended, and this one has its own handler.")
"""


def test_a_signal_ends_a_process_that_was_just_forked() -> None:
    ended = subprocess.run([sys.executable, "-c", FORKING_PROGRAM], capture_output=True, text=True, timeout=60)
    said = "All have ended, and this one has its own handler.\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, said, "")
