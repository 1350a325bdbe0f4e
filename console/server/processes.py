"""Restart Granian's processes, however they end and however often, for as long as the server runs."""

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from granian.server.mp import MPServer

from console.server.ending import ENDING

log = logging.getLogger(__name__)

# A process that lasts so long has started well: when it ends, another takes its place at once.
SECONDS_TO_LAST = 10.0
# Otherwise there is a pause, which grows by half a second, one, two and so on.
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0


class Processes(MPServer):
    """Granian's server of processes.

    It would end for good where a process ends twice within six seconds, or where none can be begun.
    """

    # Called when the processes are to end, before they have.
    when_stopping: Callable[[], None] | None = None
    _pause = 0.0

    def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
        """Start all processes; if one cannot be started, stop all and raise OSError or RuntimeError."""
        try:
            super()._spawn_workers(spawn_target, target_loader)  # type: ignore[no-untyped-call]  # It has no types.
        except (OSError, RuntimeError):
            # Python waits for those that are there before it ends.
            self._stop_workers()
            raise

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        """Restart each process that has ended, until the server stops."""
        ended: set[int] = set()
        while not self.interrupt_signal:
            if not ended:
                self.main_loop_interrupt.wait()
                self.main_loop_interrupt.clear()
                ended = self._take_ended()
            if ended:
                self._wait(self._next_pause(ended))
            # Others may have ended in the pause.
            ended |= self._take_ended()
            if not self.interrupt_signal:
                ended = {each for each in sorted(ended) if not self._begin_anew(each, spawn_target, target_loader)}

    def _begin_anew(self, index: int, spawn_target: Any, target_loader: Any) -> bool:
        """Replace a process that has ended; return False if none can be started now."""
        begun = self._spawn_worker(idx=index, target=spawn_target, callback_loader=target_loader)
        try:
            begun.start()  # type: ignore[no-untyped-call]  # It has no types.
        except (OSError, RuntimeError) as error:
            # The machine has no memory, process, thread or file left for it. Where only the thread that would watch it
            # is missing, it is not to stay.
            log.warning("A process that answers requests cannot be begun (%s). It is tried again.", error)
            if begun.inner.pid is not None:
                begun.inner.kill()
                begun.inner.join()
            # As one that has ended at once.
            self.wrks[index].birth = time.monotonic()
            return False
        self.wrks[index].inner.join()
        self.wrks[index] = begun
        return True

    def shutdown(self, exit_code: int = 0) -> None:
        """End the processes and everything else, and end this process if there is an exit code."""
        try:
            super().shutdown(exit_code)  # type: ignore[no-untyped-call]  # It has no types.
        except SystemExit:
            # Granian takes it for a failure where a process has ended that was not begun anew, and its threads may
            # tell of that until the last moment.
            if exit_code:
                raise

    def _stop_workers(self) -> None:
        """End the processes without waiting for stalled clients."""
        if self.when_stopping:
            self.when_stopping()
        for each in self.wrks:
            # One that has no handler yet ends at once, and nobody is to take that for a failure.
            each.interrupt_by_parent = True
            with suppress(ProcessLookupError):
                if each.inner.is_alive():
                    os.kill(each.inner.pid, ENDING)
        super()._stop_workers()  # type: ignore[no-untyped-call]  # It has no types.

    def _take_ended(self) -> set[int]:
        ended = set()
        while self.interrupt_children:
            ended.add(self.interrupt_children.pop())
        return ended

    def _next_pause(self, ended: set[int]) -> float:
        now = time.monotonic()
        lasted = all(now - self.wrks[each].birth >= SECONDS_TO_LAST for each in ended)
        self._pause = 0.0 if lasted else min(LONGEST_PAUSE, 2 * self._pause or FIRST_PAUSE)
        return self._pause

    def _wait(self, seconds: float) -> None:
        """Wait for some seconds, or until the server should end."""
        until = time.monotonic() + seconds
        while not self.interrupt_signal and (left := until - time.monotonic()) > 0:
            self.main_loop_interrupt.wait(left)
            if not self.interrupt_signal:
                self.main_loop_interrupt.clear()
