"""A budget for concurrent work, granted in order of arrival."""

import asyncio
from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Budget:
    """A budget in bytes that tasks of an event loop take and return; a task that needs more than all takes all."""

    most: int
    _taken: int = field(default=0, init=False)
    _waiting: "deque[tuple[int, asyncio.Future[None]]]" = field(default_factory=deque, init=False)

    async def take(self, number: int, seconds: float) -> bool:
        """Take some bytes, and return whether they were available in time; taking none never waits."""
        if not number:
            return True
        number = min(number, self.most)
        if not self._waiting and self._taken + number <= self.most:
            self._taken += number
            return True
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((number, turn))
        try:
            await asyncio.wait_for(asyncio.shield(turn), seconds)
        except BaseException as error:
            if turn.done():
                self.give_back(number)
            else:
                turn.cancel()
                self._let_in()
            if isinstance(error, TimeoutError):
                return False
            raise
        return True

    def give_back(self, number: int) -> None:
        """Return some bytes to the budget."""
        self._taken -= min(number, self.most)
        self._let_in()

    def _let_in(self) -> None:
        while self._waiting:
            number, turn = self._waiting[0]
            if not turn.cancelled():
                if self._taken + number > self.most:
                    return
                self._taken += number
                turn.set_result(None)
            self._waiting.popleft()
