"""The ledger as a document in Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.local.ledger.common import NOT_SERVED, OF_EVERY_REQUEST, STATUSES
from tests.local.ledger.entry import IDLE, NOT_STORED, STORED, VALIDATED, Entry
from tests.local.ledger.model import PATTERNS, operations, service_models
from tests.local.ledger.recommendations import ENTRIES as NEVER_SUCCEED
from tests.local.ledger.table import TABLE

DOCUMENT = Path(__file__).parents[3] / "docs" / "operations.md"
TESTS = Path(__file__).parents[2]
INTRODUCTION = f"""# Operations

A ledger of every operation of Amazon Personalize: what [the local service](local-service.md) does with each member of
a request, where each member of an answer and each error is from, and which test shows it. Nothing is left open: what
is taken and not stored, or stored and without effect, says so.

`make ledger` writes this file from the table in `tests/local/ledger/`: change that instead. `tests/local/test_ledger.py`
compares both with each other and with botocore's models, and names an operation, a member, a constraint or an error
that a new botocore brings.

## How to read it

Members are named by their way: `tags[].tagKey` is that of each item of a list, `context.key` and `context.value` are
those of a map. Their constraints are those of botocore's models: type, length or range, pattern, values, and whether
the member is required. [A test](../tests/local/test_constraints.py) breaks each of those of a request, one at
a time: the answer is `InvalidInputException` with the member's place, or `InvalidNextTokenException` for a token.
Members that the models do not have are ignored, and null is the same as left out.

What a row is shown by is a test: the words are its name, and lead to its file.

| stored | means |
|---|---|
| {STORED} | kept, and returned by the operations that the row names or that describe the resource |
| {IDLE} | kept and returned, and nothing else follows from it |
| {NOT_STORED} | it decides the answer |
| {VALIDATED} | it must keep its constraints, and does nothing else |

| source | means |
|---|---|
| model | botocore's model of the API |
| API reference | the page of the operation, or of the type of its member, in AWS's API reference |
| guide | the page of AWS's developer guide with that title |
| seen live | an answer of the live service that somebody has published |
| own choice | no source says what the live service does, or the local service does otherwise, as the row says |
"""


def document() -> str:
    """Return the text of docs/operations.md."""
    parts = [INTRODUCTION, _patterns(), _overview(), _common()]
    parts += [_section(name, TABLE[name]) for name in sorted(TABLE)]
    return "\n".join(parts)


def file_of(test: str) -> Path:
    """Return the file that has a test of the ledger, whose name may be left out."""
    path = test.rpartition(".")[0]
    folder = TESTS if path.startswith("/") else TESTS / "local"
    return folder / f"{path.removeprefix('/')}.py"


def _patterns() -> str:
    rows = sorted((name, f"`{pattern}`") for pattern, name in PATTERNS.items())
    return _table(("pattern", "regular expression"), rows)


def _overview() -> str:
    """Return the list of all operations: those of each API, and what they answer."""
    counts = [f"{len(model.operation_names)} of `{model.service_name}`" for model in service_models()]
    served = len(TABLE) - len(NEVER_SUCCEED)
    text = (
        f"## All operations\n\nAmazon Personalize has {len(TABLE) + len(NOT_SERVED)} operations: {', '.join(counts)}.\n"
        f"The local service serves {served}, and answers {len(NEVER_SUCCEED)} as Amazon Personalize does where there "
        "is no campaign and no recommender.\n"
        f"The other {len(NOT_SERVED)} get `UnsupportedOperationException` (HTTP 400), which SDKs do not retry, "
        "whatever their members are.\n"
    )
    models = operations(service_models())
    rows = [
        (_linked(name), f"`{models[name].service_model.service_name}`", _answered(name))
        for name in sorted([*TABLE, *NOT_SERVED])
    ]
    return f"{text}\n{_table(('operation', 'API', 'here'), rows)}"


def _linked(name: str) -> str:
    return f"[{name}](#{name.lower()})" if name in TABLE else name


def _answered(name: str) -> str:
    return TABLE[name].what if name in TABLE else "not served: `UnsupportedOperationException`"


def _common() -> str:
    """Return the errors of every request, and the statuses of the others."""
    codes = sorted({code for statuses in STATUSES.values() for code in statuses})
    rows = [(f"`{code}`", *(str(statuses.get(code, "")) for statuses in STATUSES.values())) for code in codes]
    by_api = _table(("error", *(f"`{api}`" for api in STATUSES)), rows)
    of_all = _table(
        ("error", "HTTP status, and when", "source", "shown by"),
        [(f"`{each.code}`", each.when, each.source, _shown_by(each.test)) for each in OF_EVERY_REQUEST],
    )
    return (
        f"## Errors\n\nThe HTTP status of the errors that the models have:\n\n{by_api}\nErrors of every request, before "
        f"anything is done:\n\n{of_all}\nThe five operations that put records get `ThrottlingException` with the status "
        "400. What [Simulate responses](local-service.md#demonstrations) asks for comes after the signature, and before the "
        "body is read.\n\n"
        "## Each operation\n"
    )


def _section(name: str, entry: Entry) -> str:
    """Return the section of an operation."""
    parts = [f"### {name}\n\n{entry.what[0].upper()}{entry.what[1:]}.\n"]
    taken = [
        (f"`{each.member}`", each.constraints, each.stored, each.what, each.source, _shown_by(each.test))
        for each in sorted(entry.taken)
    ]
    parts.append(_table(("takes", "constraints", "stored", "what it does", "source", "shown by"), taken))
    given = [
        (f"`{each.member}`", each.constraints, each.what, each.source, _shown_by(each.test))
        for each in sorted(entry.given)
    ]
    parts.append(
        _table(("gives", "constraints", "what it is", "source", "shown by"), given)
        if given
        else "The answer has no members.\n"
    )
    failures = [
        (f"`{each.code}`", each.when, each.source, _shown_by(each.test))
        for each in sorted(entry.failures, key=lambda each: each.code)
    ]
    parts.append(_table(("fails with", "when", "source", "shown by"), failures))
    return "\n".join(parts)


def _shown_by(test: str) -> str:
    """Return a link to the file of a test, with the test's name as the claim that it is."""
    if not test:
        return "-"
    return f"[{test.rpartition('.')[2].replace('_', ' ')}]({_link_of(test)})"


def _link_of(test: str) -> str:
    return f"../{file_of(test).relative_to(TESTS.parent).as_posix()}"


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(_lines(heading, rows)) + "\n"


def _lines(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heading)} |"
    yield f"|{'---|' * len(heading)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
