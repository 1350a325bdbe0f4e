"""Reserves memory for Python's call frames, so that a thread does not request it from the system in a loop.

CPython keeps the frames of a thread in chunks of 16 KiB. A call that finds no room in one has the system map a new
chunk, and its return gives that back. Where a loop is as deep as that, each of its calls takes hundreds of times as
long: pages took three times as long.
"""

from collections.abc import Callable

# Slots of a 264 KB frame: its chunk is the next power of two, which leaves 248 KB for the frames above. Memory that
# nothing writes to is never allocated.
SLOTS = 33_000


def with_room[**Given, Result](call: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """Run a call with memory reserved for its frames and those of its callees; return or raise its result.

    It is for the first call of a thread.
    """
    return call(*given, **named)


with_room.__code__ = with_room.__code__.replace(co_stacksize=SLOTS)
