"""The ledger of all operations, beside botocore's models, the code, the tests and docs/operations.md."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.loaders import Loader
from botocore.model import ServiceModel

from console.local.operations import OPERATIONS, WITHOUT_CAMPAIGNS
from tests.local.ledger.common import NOT_SERVED, OF_EVERY_REQUEST, STATUSES
from tests.local.ledger.document import DOCUMENT, document, file_of
from tests.local.ledger.entry import API, IDLE, LIVE, MODEL, NOT_STORED, OWN, STORED, VALIDATED, Failure, Given, Taken
from tests.local.ledger.model import PATTERNS, differences, operations, service_models
from tests.local.ledger.table import TABLE, WITHOUT_MODEL
from tests.local.over_http import unchecked
from tests.local.shop import refused
from tests.local.test_constraints import names_of_cases
from tests.support.served import ROOT

# What a source begins with.
SOURCES = (API, MODEL, LIVE, OWN, "guide: ", "IAM user guide: ")
# What the words of a constraint are called by the tests of constraints.
BOUND = re.compile(r"(at least )?(up to )?([0-9]+)(?: to ([0-9]+))?")


def rows() -> Iterator[tuple[str, Taken | Given | Failure]]:
    """Yield each row of the ledger after its operation."""
    for name, entry in TABLE.items():
        for part in (entry.taken, entry.given, entry.failures):
            yield from ((name, each) for each in part)


@cache
def claims_of(path: Path) -> frozenset[str]:
    found = ast.walk(ast.parse(path.read_text())) if path.is_file() else ()
    return frozenset(each.name for each in found if isinstance(each, ast.FunctionDef))


def test_it_has_what_the_models_of_botocore_have() -> None:
    assert differences(service_models(), TABLE, NOT_SERVED, WITHOUT_MODEL) == []


def test_the_document_is_written_from_it() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "`make ledger` writes docs/operations.md anew."


def test_it_has_the_operations_that_are_answered() -> None:
    assert sorted(TABLE) == sorted(OPERATIONS | WITHOUT_CAMPAIGNS)
    counts = [len(model.operation_names) for model in service_models()]
    assert counts == [71, 5, 3]
    assert sorted([*TABLE, *NOT_SERVED]) == sorted(operations(service_models()))


def test_all_others_get_the_answer_that_it_says(demo: None) -> None:
    client = unchecked("personalize", "AKIALOCALDEMOEXAMPLE", "local-demo-secret-key", b"{}")
    for name in NOT_SERVED:
        with pytest.raises(ClientError) as error:
            client._make_api_call(name, {})
        code, status, message = refused(error)
        assert (code, status) == ("UnsupportedOperationException", 400)
        assert message.startswith(f"{name} is not served by the local service. It serves: CreateDataDeletionJob, ")


def test_the_tests_that_it_names_exist() -> None:
    named = {each.test for _name, each in rows()} | {each.test for each in OF_EVERY_REQUEST}
    named.remove("")
    assert len(named) > 100
    assert [each for each in sorted(named) if f"test_{each.rpartition('.')[2]}" not in claims_of(file_of(each))] == []


def test_no_row_leaves_anything_open() -> None:
    for name, row in [*rows(), *(("every request", each) for each in OF_EVERY_REQUEST)]:
        assert all(type(cell) is str and (cell or column == "test") for column, cell in row._asdict().items()), name
        assert row.source.startswith(SOURCES), (name, row)
        if isinstance(row, Taken):
            assert row.stored in (STORED, IDLE, NOT_STORED, VALIDATED), (name, row)
        is_never = isinstance(row, Failure) and row.when.startswith("never: ")
        assert (row.test == "") is is_never, (name, row)


def test_each_member_and_each_constraint_stands_once() -> None:
    for name, entry in TABLE.items():
        for members in ([each.member for each in entry.taken], [each.member for each in entry.given]):
            assert len(members) == len(set(members)), name
    used = {word for _name, each in rows() if not isinstance(each, Failure) for word in each.constraints.split(", ")}
    assert set(PATTERNS.values()) <= used


def kinds_of(constraints: str) -> set[str]:
    """Return what tests of constraints call those that a member has in the ledger."""
    first, *others = constraints.split(", ")
    kinds = {"type"}
    for each in others:
        bound = BOUND.fullmatch(each)
        if each == "required":
            kinds.add("required")
        elif each in PATTERNS.values():
            kinds.add("pattern")
        elif bound:
            kinds |= {"maximum"} if bound[2] else {"minimum"} if bound[1] else {"minimum", "maximum"}
        else:
            assert first == "string", constraints
            kinds.add("enum")
    return kinds


def test_each_constraint_is_broken_by_a_test() -> None:
    broken = set(names_of_cases())
    for name, entry in TABLE.items():
        for each in entry.taken:
            place, in_a_map, rest = re.sub(r"\[\]", ".1.member", each.member).partition(".key")
            if not in_a_map:
                place, in_a_map, rest = place.partition(".value")
            beside = f"{in_a_map[1:]} {'item ' if rest else ''}" if in_a_map else ""
            # A name in JSON is always text.
            kinds = kinds_of(each.constraints) - ({"type"} if in_a_map == ".key" else set())
            assert {f"{name}.{place}: {beside}{kind}" for kind in kinds} <= broken, each


def test_it_has_the_statuses_of_the_models() -> None:
    for model in service_models():
        errors = {
            each.name: each for name in model.operation_names for each in model.operation_model(name).error_shapes
        }
        statuses = {code: each.metadata.get("error", {}).get("httpStatusCode", 400) for code, each in errors.items()}
        assert statuses == STATUSES[model.service_name]


def test_it_has_every_error_that_the_service_raises() -> None:
    sources = "\n".join(path.read_text() for path in ROOT.glob("console/local/**/*.py") if path.stem != "simulation")
    raised = set(re.findall(r"""(?:ServiceError|_forbidden)\(\s*"(\w+)\"""", sources))
    raised |= set(re.findall(r'^[A-Z_]+ = "(\w+Exception)"$', sources, re.MULTILINE))
    assert len(raised) > 20
    known = {each.code for _name, each in rows() if isinstance(each, Failure)}
    assert raised == known | {each.code for each in OF_EVERY_REQUEST}


def altered(change: Any) -> list[str]:
    """Return what differs from a model of personalize in which something was changed."""
    content = json.loads(json.dumps(Loader().load_service_model("personalize", "service-2")))
    change(content)
    _control, *others = service_models()
    return differences([ServiceModel(content, "personalize"), *others], TABLE, NOT_SERVED, WITHOUT_MODEL)


def test_a_new_botocore_is_told_by_what_it_brings() -> None:
    def operation(content: Any) -> None:
        content["operations"]["CreateNovelty"] = {**content["operations"]["CreateSchema"], "name": "CreateNovelty"}

    def member(content: Any) -> None:
        content["shapes"]["CreateSchemaRequest"]["members"]["novelty"] = {"shape": "Name"}

    def constraint(content: Any) -> None:
        content["shapes"]["Tags"]["max"] = 50

    def pattern(content: Any) -> None:
        content["shapes"]["AvroSchema"]["pattern"] = "[{].*[}]"

    def value(content: Any) -> None:
        content["shapes"]["ImportMode"]["enum"].append("PARTIAL")

    def error(content: Any) -> None:
        content["operations"]["CreateSchema"]["errors"].append({"shape": "TooManyTagsException"})

    def without(content: Any) -> None:
        del content["operations"]["DeleteSchema"], content["operations"]["ListRecipes"]
        del content["shapes"]["CreateSchemaResponse"]["members"]["schemaArn"]

    assert altered(operation) == ["CreateNovelty is not in the ledger."]
    assert altered(member) == [
        "CreateSchema takes novelty: string, 1 to 63, NAME in the model, nothing in the ledger."
    ]
    assert (
        "TagResource takes tags: list, up to 50, required in the model, list, up to 200, required in the ledger."
        in (altered(constraint))
    )
    assert altered(pattern)[0] == (
        "CreateSchema takes schema: string, up to 20000, [{].*[}], required in the model, string, up to 20000, required "
        "in the ledger."
    )
    assert altered(value)[0] == (
        "CreateDatasetImportJob takes importMode: string, FULL or INCREMENTAL or PARTIAL in the model, string, FULL or "
        "INCREMENTAL in the ledger."
    )
    assert altered(error) == ["CreateSchema fails with TooManyTagsException in the model, and not in the ledger."]
    assert altered(without) == [
        "DeleteSchema is not in the models.",
        "ListRecipes is not in the models.",
        "CreateSchema gives schemaArn: nothing in the model, string, up to 256, ARN in the ledger.",
    ]
