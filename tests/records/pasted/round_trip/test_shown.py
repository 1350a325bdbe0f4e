"""What tools show of records that are kept elsewhere: records come back from what writers make of them.

Compared with git 2.39 (`blame` and `annotate`) and Terraform 1.11 (`plan`); Xdebug's HTML and Cognito's answer are
written by hand.
"""

import html
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.records.schemas.schema import Schema
from tests.records.literal_schemas import users_schema
from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    any_texts,
    came_back,
    cell,
    in_quotes,
    objects,
    plain_ids,
    rows,
    short_scores,
    whole_ages,
)

# With a line break, Xdebug's text has several lines, and a plan of Terraform does not show whether one is at its end.
on_one_line = any_texts.filter(lambda text: text.isprintable())
# An attribute of Cognito is a text; one that is empty is not kept.
OF_COGNITO: Schema = users_schema(AGE="int", SCORE="double", VIP="boolean", CITY="string")


def indented(values: Values) -> list[str]:
    return json.dumps(objects(values), indent=2).split("\n")


def blame(values: Values) -> str:
    lines = indented(values)
    width = len(str(len(lines)))
    return "".join(
        f"4f1c2a9{number % 10} (Ada Lovelace 2026-11-30 10:00:00 +0000 {number:>{width}}) {line}\n"
        for number, line in enumerate(lines, 1)
    )


def blame_with_file(values: Values) -> str:
    # The first commit has a mark, and a line that came from another file names it.
    return "".join(
        f"^4f1c2a9 users.json (ada 2026-11-30 10:00:00 +0100 {number}) {line}\n"
        for number, line in enumerate((json.dumps(each) for each in objects(values)), 1)
    )


def annotate(values: Values) -> str:
    return "".join(
        f"4f1c2a9e\t(       ada\t2026-11-30 10:00:00 +0000\t{number}){line}\n"
        for number, line in enumerate(indented(values), 1)
    )


def terraform_plan(values: Values) -> str:
    def shown(value: Any) -> str:
        return in_quotes(value, '"', {"\t": "\\t"}) if isinstance(value, str) else json.dumps(value)

    records = (
        "".join(f"          + {name.ljust(7)} = {shown(value)}\n" for name, value in sorted(record.items()))
        for record in objects(values)
    )
    listed = "".join(f"      + {{\n{record}        }},\n" for record in records)
    below = "\nYou can apply this plan to save these new output values to the Terraform\nstate, without changing any real infrastructure.\n"
    return f"Changes to Outputs:\n  + users = [\n{listed}    ]\n{below}"


def in_xdebug(value: Any, mark: str) -> str:
    """Return a value as Xdebug shows it: in HTML with a `mark`, which stands around a type."""

    def typed(name: str, text: str) -> str:
        return f"<small>{name}</small> <font color='#cc0000'>{text}</font>" if mark else f"{name} {text}"

    if value is None:
        return "<font color='#3465a4'>null</font>" if mark else "null"
    if isinstance(value, bool):
        return typed("boolean", str(value).lower())
    if isinstance(value, int):
        return typed("int", str(value))
    if isinstance(value, float):
        return typed("float", f"{value:.14g}")
    length = f"(length={len(value.encode())})"
    text = html.escape(value).replace("&#x27;", "&#39;") if mark else value
    return f"{typed('string', f'{chr(39)}{text}{chr(39)}')} {f'<i>{length}</i>' if mark else length}"


def xdebug(values: Values, mark: str) -> str:
    arrow = " <font color='#888a85'>=&gt;</font> " if mark else " => "
    array = "<b>array</b> <i>(size={})</i>" if mark else "array (size={})"
    records = (
        f"  {number}{arrow}\n    {array.format(len(record))}\n"
        + "".join(f"      '{name}'{arrow}{in_xdebug(value, mark)}\n" for name, value in record.items())
        for number, record in enumerate(objects(values))
    )
    return f"{array.format(len(values))}\n{''.join(records)}"


def xdebug_in_html(values: Values) -> str:
    place = "<small>/srv/app/users.php:5:</small>"
    return f"<pre class='xdebug-var-dump' dir='ltr'>\n{place}\n{xdebug(values, 'html')}</pre>\n"


def xdebug_in_browser(values: Values) -> str:
    return f"/srv/app/users.php:5:\n{xdebug(values, '')}"


def cognito(values: Values) -> str:
    users = [
        {
            "Username": row[0],
            "Attributes": [
                {"Name": f"custom:{name.lower()}", "Value": cell(value, "", "true", "false")}
                for name, value in zip(NAMES[1:], row[1:], strict=True)
            ],
            "UserCreateDate": "2026-11-30T10:00:00.123000+00:00",
            "Enabled": True,
            "UserStatus": "CONFIRMED",
        }
        for row in values
    ]
    return json.dumps({"Users": users}, indent=4)


FORMATS: dict[str, Writer] = {
    "git blame": blame,
    "git blame with files": blame_with_file,
    "git annotate": annotate,
}
ON_ONE_LINE: dict[str, Writer] = {
    "Xdebug in HTML": xdebug_in_html,
    "Xdebug in a browser": xdebug_in_browser,
    "a plan of Terraform": terraform_plan,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts, score=short_scores))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


@pytest.mark.parametrize("name", ON_ONE_LINE)
@settings(max_examples=OF_EACH)
@given(values=rows(on_one_line, score=short_scores))
def test_texts_of_one_line_come_back(name: str, values: Values) -> None:
    assert came_back(ON_ONE_LINE[name](values)) == values


@settings(max_examples=OF_EACH)
@given(values=rows(st.from_regex(r"[A-Z][a-z]{1,7}", fullmatch=True), plain_ids, short_scores, whole_ages))
def test_users_of_cognito_come_back(values: Values) -> None:
    assert came_back(cognito(values), OF_COGNITO) == values
