"""The table of docs/local-service.md that says which clients of AWS hold: made by `make test-clients`.

Each test keeps what it has seen below var/tests/clients/. `python -m tests.clients.table` puts that together in
outcomes.json, once all tests have run, and writes the table.
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

from tests.clients.kinds import ALL, CLIENTS, Client
from tests.clients.walking import HERE
from tests.support.served import ROOT

KEPT = ROOT / "var" / "tests" / "clients"
OUTCOMES = HERE / "outcomes.json"
DOCUMENT = ROOT / "docs" / "local-service.md"
BEGIN, END = "<!-- made by make test-clients -->\n", "<!-- end of what make test-clients makes -->\n"
HEAD = """\
| client | version | operations | errors | `/` at the end | tries again after | last run |
|---|---|---|---|---|---|---|
"""
# What each test keeps.
PARTS = ({"operations", "lacks", "errors"}, {"slash"}, {"retries"})
IN_WORDS = {"ThrottlingException": "throttling", "InternalFailure": "failures", "dropped": "closed connections"}
OF_ERRORS = {"classes": "a class for each", "codes": "codes"}


def keep(client: Client, **seen: Any) -> None:
    """Keep what a test has seen of a client today."""
    KEPT.mkdir(parents=True, exist_ok=True)
    content = {**versions(client), "run": f"{datetime.now(UTC):%Y-%m-%d}", **seen}
    (KEPT / f"{client.name} {'-'.join(sorted(seen))}.json").write_text(json.dumps(content))


def versions(client: Client) -> dict[str, str | None]:
    """Return the version of a client as people know it, and the one that is pinned."""
    pinned = client.pinned and client.pinned()
    return {"version": client.version() if client.version else pinned, "pinned": pinned}


def put_together() -> dict[str, dict[str, Any]]:
    """Return what the tests have kept, by the name of each client; stop with a sentence where something is missing."""
    found: dict[str, dict[str, Any]] = {}
    for client in CLIENTS:
        for part in PARTS:
            path = KEPT / f"{client.name} {'-'.join(sorted(part))}.json"
            if not path.exists():
                sys.exit(f"No test has kept the {', '.join(sorted(part))} of {client.name}: run make test-clients.")
            found.setdefault(client.name, {}).update(json.loads(path.read_text()))
    return found


def read_outcomes() -> dict[str, dict[str, Any]]:
    """Return the outcomes that the last run of all tests has put together."""
    found: dict[str, dict[str, Any]] = json.loads(OUTCOMES.read_text())
    return found


def table(outcomes: dict[str, dict[str, Any]]) -> str:
    """Return the table of outcomes in Markdown."""
    return HEAD + "".join(_row(name, each) for name, each in outcomes.items())


def _row(name: str, outcome: dict[str, Any]) -> str:
    lacks = outcome["lacks"]
    operations = f"{outcome['operations']}, all that it has" if lacks else f"all {outcome['operations']}"
    again = "all three" if set(outcome["retries"]) == ALL else ", ".join(IN_WORDS[each] for each in outcome["retries"])
    cells = [
        name,
        outcome["version"],
        operations,
        OF_ERRORS[outcome["errors"]],
        "yes" if outcome["slash"] else "no",
        again or "nothing",
        outcome["run"],
    ]
    return f"| {' | '.join(cells)} |\n"


def with_table(text: str, outcomes: dict[str, dict[str, Any]]) -> str:
    """Return the text of the document with the table of outcomes in its place."""
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(outcomes)}\n{END}{after}"


if __name__ == "__main__":
    seen = put_together()
    OUTCOMES.write_text(json.dumps(seen, indent=2) + "\n")
    DOCUMENT.write_text(with_table(DOCUMENT.read_text(), seen))
