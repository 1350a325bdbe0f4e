"""Threads of a system that has none left."""

from threading import Thread
from typing import override


class NoThread(Thread):
    """A thread that cannot be started."""

    @override
    def start(self) -> None:
        raise RuntimeError("can't start new thread")
