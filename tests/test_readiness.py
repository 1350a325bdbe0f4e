"""A real PostgreSQL is stopped while the console serves."""

import time
from contextlib import ExitStack
from pathlib import Path

from tests.postgresql import postgresql
from tests.production import Proxied, answer_to, serve_production


def test_a_database_that_is_stopped_makes_it_not_ready_but_alive(tmp_path: Path) -> None:
    with ExitStack() as until_stopped:
        server = until_stopped.enter_context(postgresql())
        with serve_production(tmp_path, DATABASE_URL=server.new_database()) as served:
            person = Proxied(served).sign_in()
            assert answer_to(f"{served.url}/readyz")[::2] == (200, "ok\n")
            until_stopped.close()
            for _request in range(8):
                # Each process of the server has connections of its own.
                began = time.monotonic()
                assert answer_to(f"{served.url}/readyz")[::2] == (503, "database\n")
                assert time.monotonic() - began < 5
                assert answer_to(f"{served.url}/healthz")[::2] == (200, "ok\n")
            status, headers, page = person.send("/local/dataset-groups/")
            assert status == 500
            assert headers["x-request-id"] in page
            log = served.log.read_text()
            assert headers["x-request-id"] in log
            assert "Traceback" not in log
