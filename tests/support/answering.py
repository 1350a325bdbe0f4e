"""An HTTP server of the standard library that answers in a thread of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer

# Its own half a second would be most of what these tests take.
SECONDS_BETWEEN_LOOKS = 0.01


@contextmanager
def answering_in_thread(server: ThreadingHTTPServer) -> Iterator[ThreadingHTTPServer]:
    """Let a server answer while the block runs, and close it then; who still reads an answer is left."""
    server.daemon_threads = True
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(SECONDS_BETWEEN_LOOKS,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
