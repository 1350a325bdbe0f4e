"""Lists as programs make and show them: values by their place, with a line for each, or behind their numbers."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

ON_LINES = "{0}userId{1}u-1\n  age{1}34\n  score{1}1.5\n  vip{1}true\n  membershipType{1}Gold{2}"
FIRST = '{userId: "u-1", age: 34, score: 1.5, vip: true, membershipType: "Gold"}'
SECOND = '{userId: "u-2", age: null, score: 2.0, vip: false, membershipType: "Basic"}'

READ = {
    "constructors of Java": (
        'List<User> users = List.of(\n    new User("u-1", 34, 1.5, true, "Gold"),\n'
        '    new User("u-2", null, 2.0, false, "Basic")\n);'
    ),
    "constructors of Kotlin": 'listOf(User("u-1", 34, 1.5, true, "Gold"), User("u-2", null, 2.0, false, "Basic"))',
    "constructors of Python": "[User('u-1', 34, 1.5, True, 'Gold'), User('u-2', None, 2.0, False, 'Basic')]",
    "an array of C#": ('new[] { new User("u-1", 34, 1.5, true, "Gold"), new User("u-2", null, 2.0, false, "Basic") }'),
    "a data frame of R": (
        'users <- data.frame(USER_ID = c("u-1", "u-2"), AGE = c(34L, NA), SCORE = c(1.5, 2),\n'
        '  VIP = c(TRUE, FALSE), MEMBERSHIP_TYPE = c("Gold", "Basic"), stringsAsFactors = FALSE, check.names = FALSE)'
    ),
    "calls of Ruby": (
        'User.create!(user_id: "u-1", age: 34, score: 1.5, vip: true, membership_type: "Gold")\n'
        'User.create!(user_id: "u-2", age: nil, score: 2.0, vip: false, membership_type: "Basic")\n'
    ),
    "a mutation of GraphQL": f"mutation {{\n  putUsers(users: [\n    {FIRST}\n    {SECOND}\n  ]) {{ ok }}\n}}",
    "objects without commas": f"[\n{FIRST}\n{SECOND}\n]",
    "a list of Chrome": (f"(2) [{{…}}, {{…}}]\n0: {FIRST}\n1: {SECOND}\nlength: 2\n[[Prototype]]: Array(0)"),
    "an open list of Chrome": f"▼ (2) [{{…}}, {{…}}]\n  ▶ 0: {FIRST}\n  ▶ 1: {SECOND}\n    length: 2\n  ▶ [[Prototype]]: Array(0)",
    "a list of Firefox": (
        f"Array(2) [ {{…}}, {{…}} ]\n\u200b0: Object {FIRST}\n\u200b1: Object {SECOND}\n\u200blength: 2\n"
        "\u200b<prototype>: Array []"
    ),
    "a list of a debugger": (
        'users = {ArrayList@2345}  size = 2\n 0 = {User@2346} "User(userId=u-1, age=34, score=1.5, vip=true, '
        'membershipType=Gold)"\n 1 = {User@2347} "User(userId=u-2, age=null, score=2.0, vip=false, membershipType=Basic)"'
    ),
}


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("text", READ.values(), ids=list(READ))
def test_lists_of_programs_become_their_records(text: str, line_break: str) -> None:
    assert [(user[0], *user[1:]) for user in values(text.replace("\n", line_break))] == [GOLD, BASIC]


@pytest.mark.parametrize(
    ("before", "assign", "behind"),
    [
        ("com.shop.User@1b6d3586[\n  ", "=", "\n]"),
        ("class User {\n  ", ": ", "\n}"),
        ("[class User {\n  ", ": ", "\n}]"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_values_of_java_end_with_their_lines(before: str, assign: str, behind: str, line_break: str) -> None:
    text = ON_LINES.format(before, assign, behind).replace("\n", line_break)
    assert values(text) == [GOLD]
    assert values(text.replace("Gold", "Gold, a: b = c")) == [(*GOLD[:4], "Gold, a: b = c")]


def test_values_of_java_end_with_their_lines_in_lists() -> None:
    first = ON_LINES.format("class User {\n  ", ": ", "\n}")
    assert values(f"[{first}, {first.replace('u-1', 'u-2')}]") == [GOLD, ("u-2", *GOLD[1:])]
    tags = first.replace("Gold", "[Gold, Old]")
    assert values(tags) == [(*GOLD[:4], "Gold|Old")]


def test_a_block_that_java_has_not_printed_is_not_read_so() -> None:
    detected = detect(SCHEMA, "", ON_LINES.format("user {\n  ", ": ", "\n}"))
    assert detected is not None
    assert "it cannot be read near" in detected.refusal


def test_arguments_of_constructors_are_taken_in_the_order_of_the_schema() -> None:
    detected = read(READ["constructors of Java"])
    assert (
        detected.changes[0]
        == "The columns are taken in the schema's order: USER_ID, AGE, SCORE, VIP, MEMBERSHIP_TYPE."
    )
    assert "arguments of constructors written as arrays" in detected.words


@pytest.mark.parametrize(
    "text",
    [
        '[{"userId": "u-1", "score": Money(1, "EUR")}]',
        '[user("u-1", 34, 1.5, true, "Gold")]',
        '[User("u-1", 34, 1.5, true, Type("a", "b"))]',
        '[User("u-1", 34, 1.5, true, type="Gold")]',
    ],
)
def test_other_calls_are_code(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    assert detected is None or detected.refusal


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            f"(3) [{{…}}, {{…}}, {{…}}]\n0: {FIRST}\n1: {SECOND}",
            "It has 2 of the 3 items of its list. Show the whole of it.",
        ),
        (f"0: {FIRST}\nlength: 2", "It has 1 of the 2 items of its list. Show the whole of it."),
    ],
)
def test_a_list_that_is_not_shown_as_a_whole_is_refused(text: str, refusal: str) -> None:
    assert read(text).refusal == refusal
