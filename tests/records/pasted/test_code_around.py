"""Code beside a literal, which may make other records of it, is never left out in silence."""

import pytest

from tests.records.pasted.tables.reading import read, users

RECORDS = "[{'USER_ID': 'u-1', 'CITY': 'Bern'}, {'USER_ID': 'u-2', 'CITY': 'Rome'}]"
BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{}[:1]", "[:1]"),
        ("users = {}[0];", "[0];"),
        ("users = {} * 3", "* 3"),
        ("users = {} + more_users", "+ more_users"),
        ("users = more_users + {}", "more_users +"),
        ("2 * {}", "2 *"),
        ("{}.filter(x => x.vip)", ".filter(x => x.vip)"),
        ("const users = {}\n  .slice(0, 1);", ".slice(0, 1);"),
        ("{}.first 1", ".first 1"),
        ("users = {} if ready else []", "if ready else []"),
        ("{} |> Enum.take(1)", "|> Enum.take(1)"),
        ("sorted({})[:1]", ")[:1]"),
        ("client.put_users(datasetArn=ARN, users={}[:1])", "[:1])"),
    ],
)
def test_code_that_may_change_a_literal_is_refused(text: str, code: str) -> None:
    assert read(text.replace("{}", RECORDS)).refusal == (
        f"Code stands beside its records, which may change them: “{code}”. "
        "Print the records as JSON, or leave the code out."
    )


@pytest.mark.parametrize(
    "text",
    [
        "users = {};",
        "users = {}; // of today",
        "const users = {} as User[];",
        "Please add {}. Thanks",
        "Please add {} - today.",
        "**{}**",
        "{}\n* a note\n",
        "print({})",
    ],
)
def test_what_cannot_change_a_literal_may_stand_beside_it(text: str) -> None:
    assert users(text.replace("{}", RECORDS)) == BERN_AND_ROME
