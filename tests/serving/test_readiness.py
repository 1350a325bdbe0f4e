"""A real PostgreSQL is stopped while the console serves, and started again."""

import time
from pathlib import Path

from tests.support.postgresql import postgresql
from tests.support.presses import wait_for
from tests.support.production import Proxied, answer_to, serve_production


def test_a_database_that_is_stopped_makes_it_not_ready_until_it_is_back(tmp_path: Path) -> None:
    with postgresql() as server, serve_production(tmp_path, DATABASE_URL=server.new_database()) as served:
        person = Proxied(served).sign_in()
        # Its worker may still be on its way.
        wait_for(lambda: answer_to(f"{served.url}/readyz")[::2] == (200, "ok\n"))
        with server.stopped():
            # Each process of the server has connections of its own.
            for _request in range(8):
                began = time.monotonic()
                assert answer_to(f"{served.url}/readyz")[::2] == (503, "database\n")
                assert time.monotonic() - began < 5
                assert answer_to(f"{served.url}/healthz")[::2] == (200, "ok\n")
            status, headers, page = person.send("/local/dataset-groups/")
            assert status == 503
            assert headers["x-request-id"] in page
            assert "The console&#x27;s database cannot be reached." in page
        log = served.log.read_text()
        assert headers["x-request-id"] in log
        assert "Traceback" not in log
        assert [answer_to(f"{served.url}/readyz")[::2] for _request in range(8)] == [(200, "ok\n")] * 8
        assert person.send("/local/dataset-groups/")[0] == 200
