"""Code beside a literal, which may make other records of it, is never left out in silence."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import values
from tests.records.pasted.tables.reading import TEXTS, read, users

RECORDS = "[{'USER_ID': 'u-1', 'CITY': 'Bern'}, {'USER_ID': 'u-2', 'CITY': 'Rome'}]"
BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]
BESIDE = (
    "Code stands beside its records, which may change them: “{}”. The console runs no code: print the records as JSON, "
    "or leave the code out."
)


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
    assert read(text.replace("{}", RECORDS)).refusal == BESIDE.format(code)


@pytest.mark.parametrize(
    "line",
    [
        "users = users[:1]",
        "users <- users[1, ]",
        "users += more",
        "users << other",
        "users[0]['CITY'] = 'Rome'",
        "users[0].city = city",
        "users.length = 1;",
        "users.append(other)",
        "users.append({'USER_ID': 'u-3'})",
        "users.pop",
        "users.forEach(u => u.age++);",
        "$users[0]['CITY'] = $city;",
        "$users[] = $other;",
        "array_push($users, $other);",
        "random.shuffle(users)",
        "del users[0]",
        "for user in users:",
    ],
)
def test_a_later_line_that_may_change_a_literal_is_refused(line: str) -> None:
    refusal = BESIDE.format(line)
    assert read(f"users = {RECORDS}\nprint(users)\n  {line}\n").refusal == refusal
    assert read(f"const users: User[] = {RECORDS};\r\n{line}\r\n").refusal == refusal


def test_a_later_line_that_may_change_a_list_of_perl_is_refused() -> None:
    text = "my @users = (\n  {USER_ID => 'u-1', CITY => 'Bern'},\n  {USER_ID => 'u-2', CITY => 'Rome'},\n);\n"
    assert users(text) == BERN_AND_ROME
    assert read(f"{text}push @users, $other;").refusal == BESIDE.format("push @users, $other;")


@pytest.mark.parametrize(
    "line",
    [
        "print(json.dumps(users))",
        "client.put_users(datasetArn=ARN, users=users)",
        "client.put_users(\n    datasetArn=ARN,\n    users=users,\n)",
        "assert users == load()",
        "expect(users).toEqual(expected);",
        "export default users;",
        "module.exports = { users };",
        "# users.append(other)",
        "more_users.append(other)",
        "other.users.append(1)",
        "These users are new.",
    ],
)
def test_a_later_line_that_shows_a_literal_changes_nothing(line: str) -> None:
    assert users(f"users = {RECORDS}\n{line}\n") == BERN_AND_ROME


@pytest.mark.parametrize(
    "above",
    [
        "import { handler } from '../src';\nimport type { User } from './types';\n",
        "interface User {\n  USER_ID: string;\n  CITY?: { name: string };\n}\n",
        "export type User = {\n  USER_ID: string;\n};\n",
        "enum Kind { A = 'a' }\n",
        "'use strict';\n",
    ],
)
@pytest.mark.parametrize("behind", ["", " as const", " satisfies User[]"])
def test_declarations_above_and_types_behind_a_literal_are_no_values(above: str, behind: str) -> None:
    assert users(f"{above}\nexport const users = {RECORDS}{behind};\n") == BERN_AND_ROME


def test_a_declaration_that_does_not_end_leaves_nothing_to_read() -> None:
    assert detect(TEXTS, "", f"interface User {{ {RECORDS}") is None


def test_code_behind_names_without_quotes_is_said_to_be_code() -> None:
    text = "const users = [{USER_ID: 'u-1', CITY: 'Bern'}].map(user => ({...user, CITY: 'Rome'}));"
    assert read(text).refusal == BESIDE.format(".map(user => ({...user, CITY: 'Rome'}));")


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


def test_a_call_below_the_client_that_makes_it_is_read() -> None:
    text = (
        "client = boto3.client(service_name='personalize-events')\n\n"
        "client.put_users(\n    datasetArn=ARN,\n    users=[{'userId': 'u-1', 'properties': json.dumps({'age': 34, "
        "'score': 1.5, 'vip': True, 'membershipType': 'Gold'})}],\n)\n"
    )
    assert values(text) == [("u-1", 34, 1.5, True, "Gold")]
