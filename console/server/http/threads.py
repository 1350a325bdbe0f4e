"""A thread pool for an event loop; concurrent.futures takes three times as long."""

import asyncio
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from console.work.frames import with_room

type Work = tuple[asyncio.AbstractEventLoop, "asyncio.Future[object]", Callable[..., object], tuple[object, ...]]


class Threads:
    """A pool of threads, started on demand, that end with the process."""

    def __init__(self, number: int, name: str) -> None:
        self._most, self._name = number, name
        self._begun = self._busy = 0
        self._work: SimpleQueue[Work] = SimpleQueue()

    @property
    def busy(self) -> int:
        """The number of calls without a result yet."""
        return self._busy

    async def run[Result](self, call: Callable[..., Result], *arguments: object) -> Result:
        """Run a call in one of the threads; return or raise its result.

        Raise RuntimeError if there is no thread, and none can be begun now.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()
        self._busy += 1
        try:
            self._begin_if_needed()
            self._work.put((loop, done, call, arguments))  # type: ignore[arg-type]  # Each future has its own result.
            return await done
        finally:
            self._busy -= 1

    def _begin_if_needed(self) -> None:
        """Start a thread if all are busy and the limit allows it; raise RuntimeError if there is none at all."""
        if self._begun >= min(self._busy, self._most):
            return
        try:
            Thread(target=with_room, args=(self._run,), name=f"{self._name}-{self._begun + 1}", daemon=True).start()
        except RuntimeError:
            # The system has none left. What is handed over waits for those that there are.
            if not self._begun:
                raise
        else:
            self._begun += 1

    def _run(self) -> None:
        while True:
            loop, done, call, arguments = self._work.get()
            try:
                result = call(*arguments)
            except BaseException as error:
                loop.call_soon_threadsafe(_fail, done, error)
            else:
                loop.call_soon_threadsafe(_succeed, done, result)
            # Keep none of this in memory while waiting for the next call.
            del loop, done, call, arguments


def _succeed(done: "asyncio.Future[object]", result: object) -> None:
    if not done.cancelled():
        done.set_result(result)


def _fail(done: "asyncio.Future[object]", error: BaseException) -> None:
    if not done.cancelled():
        done.set_exception(error)
