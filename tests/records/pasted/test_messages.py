"""What a program prints without quotes behind the words of a log, and JSON behind words in the cells of a log."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, read, users

NOTE = "What stands before each line is left out: “{}” and so on."
PRINTED = {
    "2026-11-29 10:00:01.123 INFO [main] Sync - user: ": "{userId=%s, city=%s}",
    "10:00:01.123 [main] INFO  Sync - upsert ": "User[userId=%s, city=%s]",
    "2026-11-29 10:00:00.123  INFO 1 --- [nio-8080-exec-0] c.s.Sync : Publishing ": "UserProfile(userId=%s, city=%s)",
    "user: ": "User(userId=%s, city=%s)",
    "2026/11/29 10:00:01 put ": "{UserID:%s City:%s}",
    "INFO:sync:put ": "User(user_id='%s', city='%s')",
    "Putting ": "@{UserId=%s; City=%s}",
    "      Put ": "User { UserId = %s, City = %s }",
}


@pytest.mark.parametrize(("before", "value"), PRINTED.items())
def test_what_is_printed_behind_words_is_read(before: str, value: str) -> None:
    first, second = before + value % ("u-1", "Bern"), before + value % ("u-2", "Rome")
    assert users(first) == [("u-1", "Bern")]
    assert users(f"{first}\n{second}\n") == [("u-1", "Bern"), ("u-2", "Rome")]
    assert users(f"```\n{first}\n```") == [("u-1", "Bern")]


def test_what_stands_before_and_around_it_is_named() -> None:
    text = (
        "info: Sync[0]\n  Put User { UserId = u-1, City = New York }\n  Put User { UserId = u-2, City = Rome }\nDone\n"
    )
    assert users(text) == [("u-1", "New York"), ("u-2", "Rome")]
    assert read(text).changes[:3] == (
        NOTE.format("Put User"),
        "Left out above the table: “info: Sync[0]”.",
        "Left out below the table: “Done”.",
    )


def test_a_name_in_brackets_is_no_word_of_a_log() -> None:
    text = "INFO User(userId=u-1, city=Bern)\nINFO User(userId=u-2, city=Rome)"
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert read(text).changes[0] == NOTE.format("INFO")


@pytest.mark.parametrize(
    "text",
    [
        "INFO put User(userId=u-1, city=Bern) done",
        "put User(userId=u-1, city=Bern)\nWARN skipped\nput User(userId=u-2, city=Rome)",
        "put User(userId=u-1, city=Bern)\nstored User(userId=u-2, city=Rome)",
        "a User(userId=u-1, city=Bern)\nUser(userId=u-2)",
        "INFO 10:00:01 user_id=u-1 (city=Bern)",
        "We have users (age=29)",
        "the users of (x=1) and so on",
        "\n".join(["put User(userId=u-1, city=Bern)"] * 5001),
        "struct in User{userId: u1, city: Bern}",
    ],
)
def test_what_is_not_certain_is_left_alone(text: str) -> None:
    assert detect(TEXTS, "", text) is None


CELLS = 'at,message\n1,"INFO put user {""userId"":""u-1"",""city"":""Bern""}"\n2,"WARN put user {""userId"":""u-2"",""city"":""Rome""}"\n'


@pytest.mark.parametrize("text", [CELLS, CELLS.partition("\n")[2], f"Logs (prod)\n{CELLS}"])
def test_json_behind_words_in_cells_is_read(text: str) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert "What stands before the object in each text is left out: “INFO put user” and so on." in read(text).changes


def test_a_title_above_cells_of_json_is_named() -> None:
    text = f"Logs (prod)\n{CELLS.replace('INFO put user ', '').replace('WARN put user ', '')}"
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert read(text).changes == ("Left out above the table: “Logs (prod)”.", "Left out beside the JSON: at.")


@pytest.mark.parametrize(
    "text",
    [
        CELLS.replace("WARN put user", "WARN removed item"),
        "at,message\n1,see {x\n2,see {y\n",
        'at,message\n1,"see {""userId"":""u-1""}"\n2,see {y\n',
    ],
)
def test_json_behind_words_that_differ_becomes_no_records(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or detected.text == ""
