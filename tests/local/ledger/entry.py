"""What the ledger says of one operation.

A member is named by its way from the request or the answer: `tags[].tagKey` is that of each item of a list,
`context.key` and `context.value` are those of a map. Its constraints are those of botocore's model, in the words of
`model.py`. A test is `module.name_of_the_test`, from tests/local/ on and without `test_`.
"""

from collections.abc import Sequence
from typing import NamedTuple

# Where something is from; a page of AWS's developer guide is `guide("its title")`.
API = "API reference"
MODEL = "model"
LIVE = "seen live"
OWN = "own choice"
# Whether a member of a request is stored. What is stored without effect is returned, and does nothing else.
STORED = "yes"
IDLE = "yes, without effect"
NOT_STORED = "no"
VALIDATED = "no, only validated"


class Taken(NamedTuple):
    """A member of a request: whether it is stored, what it does, where that is from, and the test that shows it."""

    member: str
    constraints: str
    stored: str
    what: str
    source: str
    test: str


class Given(NamedTuple):
    """A member of an answer: what it is, where that is from, and the test that shows it."""

    member: str
    constraints: str
    what: str
    source: str
    test: str


class Failure(NamedTuple):
    """An error: when it occurs, where that is from, and the test that shows it.

    One that the model has and that never occurs here says why, and has no test.
    """

    code: str
    when: str
    source: str
    test: str


class Entry(NamedTuple):
    """An operation that is answered: what it does in short, its members, and its errors in their order."""

    what: str
    taken: Sequence[Taken]
    given: Sequence[Given]
    failures: Sequence[Failure]


def guide(title: str) -> str:
    """Return the source that is a page of AWS's developer guide."""
    return f"guide: {title}"


def never(code: str, why: str, source: str) -> Failure:
    """Return an error that the model has and that never occurs here."""
    return Failure(code, f"never: {why}", source, "")
