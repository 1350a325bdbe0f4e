"""What programs for logs and editors put before each line is no part of a value, and is named."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, read, users

BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]
OBJECTS = ('{"USER_ID": "u-1", "CITY": "Bern"}', '{"USER_ID": "u-2", "CITY": "Rome"}')
PYTHON = ("{'USER_ID': 'u-1', 'CITY': 'Bern'}", "{'USER_ID': 'u-2', 'CITY': 'Rome'}")
CSV = ("USER_ID,CITY", "u-1,Bern", "u-2,Rome")
PSQL = (" user_id | city ", "---------+------", " u-1     | Bern", " u-2     | Rome", "(2 rows)")
LAID_OUT = ("[", '  {"USER_ID": "u-1", "CITY": "Bern"},', '  {"USER_ID": "u-2", "CITY": "Rome"}', "]")
NOTE = "What stands before each line is left out: “{}” and so on."

# What is before a line, with {} for what differs from line to line, and what the page says of the first one.
PREFIXES = {
    "Docker Compose": ("web-1  | ", "web-1 |"),
    "kubectl logs --timestamps": (
        "2026-11-30T10:00:00.12345678{}Z stdout F ",
        "2026-11-30T10:00:00.123456781Z stdout F",
    ),
    "kubectl logs --prefix": ("[pod/web-7d4f9c-xyzab/app] ", "[pod/web-7d4f9c-xyzab/app]"),
    "a pod": ("pod/x-{} ", "pod/x-1"),
    "syslog": ("Nov 30 10:00:0{} host app[1]: ", "Nov 30 10:00:01 host app[1]:"),
    "journald": ("2026-11-30T10:00:0{}+0000 host app[12]: ", "2026-11-30T10:00:01+0000 host app[12]:"),
    "a level": ("[INFO] ", "[INFO]"),
    "Python's logging": ("INFO:root:", "INFO:root:"),
    "Python's logging with moments": (
        "2026-11-30 10:00:00,00{} - app - INFO - ",
        "2026-11-30 10:00:00,001 - app - INFO -",
    ),
    "Logback": ("10:00:00.00{} [main] INFO  c.s.App - ", "10:00:00.001 [main] INFO c.s.App -"),
    "Spring Boot": (
        "2026-11-30T10:00:00.{}00Z  INFO 1 --- [main] c.s.App : ",
        "2026-11-30T10:00:00.100Z INFO 1 --- [mai…",
    ),
    "Rails": ("I, [2026-11-30T10:00:00.00000{} #12]  INFO -- : ", "I, [2026-11-30T10:00:00.000001 #12] INFO…"),
    "loguru": (
        "2026-11-30 10:00:00.00{} | INFO     | __main__:put:1{} - ",
        "2026-11-30 10:00:00.001 | INFO | __main_…",
    ),
    "glog": ("I1130 10:00:00.00000{} 12 put.go:3] ", "I1130 10:00:00.000001 12 put.go:3]"),
    "nginx": ("10.0.0.1 - - [30/Nov/2026:10:00:0{} +0000] ", "10.0.0.1 - - [30/Nov/2026:10:00:01 +0000…"),
    "GitHub Actions": (
        "build\tPut users\t2026-11-30T10:00:0{}.1234567Z ",
        "build Put users 2026-11-30T10:00:01.1234…",
    ),
    "GitLab": ("2026-11-30T10:00:0{}.123456Z 01O ", "2026-11-30T10:00:01.123456Z 01O"),
    "Heroku": ("2026-11-30T10:00:0{}.123456+00:00 app[web.1]: ", "2026-11-30T10:00:01.123456+00:00 app[web…"),
    "Android": ("11-30 10:00:00.00{}  1234  1234 I App: ", "11-30 10:00:00.001 1234 1234 I App:"),
    "Go": ("2026/11/30 10:00:0{} put user: ", "2026/11/30 10:00:01 put user:"),
}


@pytest.mark.parametrize(("prefix", "first"), PREFIXES.values(), ids=list(PREFIXES))
@pytest.mark.parametrize(
    "lines", [OBJECTS, PYTHON, CSV, PSQL, LAID_OUT], ids=["JSON", "Python", "CSV", "psql", "laid out"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_prefixes_of_a_log_are_left_out_and_named(prefix: str, first: str, lines: tuple[str, ...], end: str) -> None:
    text = "".join(f"{prefix.replace('{}', str(number))}{line}{end}" for number, line in enumerate(lines, 1))
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == (NOTE.format(first),)
    assert read(text).words.endswith(", behind the prefixes of its lines")


@pytest.mark.parametrize(
    ("prefixes", "first"),
    [
        (("users-1.jsonl:", "users-2.jsonl:"), "users-1.jsonl:"),
        (
            ("2026-11-30T10:00:00Z\tINFO\tput user\t", "2026-11-30T10:00:01Z\tWARN\tput user\t"),
            "2026-11-30T10:00:00Z INFO put user",
        ),
        (("alice\t", "bob\t"), "alice"),
        (("1) ", "2) "), "1)"),
    ],
)
def test_values_at_the_ends_of_lines_are_read_behind_prefixes_of_one_shape(
    prefixes: tuple[str, str], first: str
) -> None:
    text = "Consuming\n" + "".join(f"{prefix}{line}\n" for prefix, line in zip(prefixes, OBJECTS, strict=True))
    said = (
        NOTE.format(first),
        "Left out above the table: “Consuming”.",
        "Left out below the table: “Processed a total of 2 messages”.",
    )
    assert users(f"{text}Processed a total of 2 messages\n") == BERN_AND_ROME
    assert read(f"{text}Processed a total of 2 messages\n").changes == said


def test_names_and_values_are_read_behind_the_message_of_a_log() -> None:
    text = (
        "2026-11-30T10:00:00Z [info     ] put_user      city=Bern user_id=u-1\n\n"
        "2026-11-30T10:00:01Z [warning  ] put_user      city='Rome' user_id=u-2\n"
    )
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == (NOTE.format("2026-11-30T10:00:00Z [info ] put_user"),)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            f"the old {OBJECTS[0]}\nthe new {OBJECTS[1]}\n",
            "It has more than one value in brackets among its words. Paste the one that you mean.",
        ),
        (
            f"put 1: {OBJECTS[0]}\nfailed\nput 2: {OBJECTS[1]}\n",
            "It has more than one value in brackets among its words. Paste the one that you mean.",
        ),
    ],
)
def test_values_behind_prefixes_of_two_shapes_are_not_taken(text: str, refusal: str) -> None:
    assert read(text).refusal == refusal


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("USER_ID | CITY\nu-1 | Bern\nu-2 | Rome\n", "2 rows with bars"),
        ("- USER_ID,CITY\n- u-1,Bern\n- u-2,Rome\n", "2 rows of CSV, in a list"),
        ("1\tBern\n2\tRome\n", "2 rows of a spreadsheet"),
        ("u-1 | Bern\nu-2 | Rome\n", "2 rows with bars"),
    ],
)
def test_the_first_cells_of_rows_are_no_prefixes(text: str, words: str) -> None:
    assert [user[1] for user in users(text)] == ["Bern", "Rome"]
    assert read(text).words == words


NUMBERED = {
    "vim": "{:3} {}",
    "less -N": "{:7} {}",
    "bat": "{:4}   │ {}",
    "cat -n": "{:6}\t{}",
    "a page of a code host": "{}  {}",
}


@pytest.mark.parametrize("layout", NUMBERED.values(), ids=list(NUMBERED))
@pytest.mark.parametrize(
    "lines", [OBJECTS, PYTHON, CSV, PSQL, LAID_OUT], ids=["JSON", "Python", "CSV", "psql", "laid out"]
)
@pytest.mark.parametrize("first", [1, 98])
def test_the_numbers_of_lines_are_left_out(layout: str, lines: tuple[str, ...], first: int) -> None:
    text = "\n".join(layout.format(number, line) for number, line in enumerate(lines, first))
    assert users(text) == BERN_AND_ROME
    assert read(text).words.endswith((", behind the numbers of lines", ", behind the places of its lines"))


def test_the_frame_of_bat_is_left_out() -> None:
    rule = "─────┬─────\n"
    lines = "".join(f"   {number} │ {line}\n" for number, line in enumerate(LAID_OUT, 1))
    assert (
        users(f"{rule}     │ File: users.json\n{rule.replace('┬', '┼')}{lines}{rule.replace('┬', '┴')}")
        == BERN_AND_ROME
    )


def test_numbers_that_do_not_follow_each_other_are_no_numbers_of_lines() -> None:
    assert detect(TEXTS, "", "1 [\n3 ]") is None
    assert detect(TEXTS, "", f"1 {json.dumps([])}") is None


def test_the_empty_list_behind_the_context_of_monolog_is_left_out() -> None:
    lines = [f"[2026-11-30T10:00:00.000000+00:00] app.INFO: Upsert {each} []" for each in OBJECTS]
    assert users("\n".join(lines)) == BERN_AND_ROME
