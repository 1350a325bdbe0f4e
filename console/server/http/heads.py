"""Limits on the size and duration of request heads, which Granian receives."""

from granian.http import HTTP1Settings

MILLISECONDS = 30_000
# A body is received in pieces of that size too.
MOST_BYTES = 16 * 1024


def bounds_of_heads() -> HTTP1Settings:
    """Return the settings of Granian that limit heads, and with them clients that stall."""
    return HTTP1Settings(header_read_timeout=MILLISECONDS, max_buffer_size=MOST_BYTES)
