"""Commands of the AWS CLI: records come back from what writers make of them."""

import json
import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.pasted.round_trip.values import (
    OF_EACH,
    Values,
    Writer,
    any_texts,
    came_back,
    plain_ids,
    rows,
)

DATASET_ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"
PUT_USERS = f"aws personalize-events put-users --dataset-arn {DATASET_ARN} --users"
# cmd.exe expands variables between percent signs, and has no line breaks in an argument; outside of quotes, which
# a quote within an argument ends for it, it acts on other marks.
IN_CMD = st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters="%&|<>^!()")


def requests(values: Values) -> list[dict[str, str]]:
    """Return the users of a request, with their properties as a text."""
    return [
        {"userId": row[0], "properties": json.dumps(dict(zip(("age", "score", "vip", "city"), row[1:], strict=True)))}
        for row in values
    ]


def put_users(values: Values) -> str:
    return f"{PUT_USERS} {shlex.quote(json.dumps(requests(values)))}"


def in_shorthand(text: str) -> str:
    """Return a value of shorthand syntax in double quotes, in which the CLI knows these escapes alone."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def shorthand(values: Values) -> str:
    given = (
        f"userId={in_shorthand(user['userId'])},properties={in_shorthand(user['properties'])}"
        for user in requests(values)
    )
    return f"{PUT_USERS} {' '.join(map(shlex.quote, given))}\n"


def for_windows(text: str) -> str:
    """Return an argument in quotes as programs of Windows read it: a backslash before each quote."""
    written, pending = "", 0
    for each in text:
        if each == "\\":
            pending += 1
            continue
        written += "\\" * (2 * pending + 1) + each if each == '"' else "\\" * pending + each
        pending = 0
    return f'"{written}{2 * pending * chr(92)}"'


def cmd(values: Values) -> str:
    given = for_windows(json.dumps(requests(values), ensure_ascii=False))
    return f"C:\\Users\\ada>{PUT_USERS} ^\r\nMore? {given}\r\n"


FORMATS: dict[str, Writer] = {
    "an AWS CLI command": put_users,
    "shorthand": shorthand,
}
OF_CMD: dict[str, Writer] = {
    "cmd.exe": cmd,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


@pytest.mark.parametrize("name", OF_CMD)
@settings(max_examples=OF_EACH)
@given(values=rows(st.text(IN_CMD, min_size=1, max_size=12), plain_ids))
def test_text_without_marks_comes_back_from_cmd(name: str, values: Values) -> None:
    assert came_back(OF_CMD[name](values)) == values
