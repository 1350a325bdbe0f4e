"""The shorthand syntax of the AWS CLI, which the CLI's own parser reads alike."""

from typing import Any

import pytest
from awscli.shorthand import ShorthandParser
from hypothesis import given
from hypothesis import strategies as st

from console.records.json.nodes import Object, plain_value
from console.records.pasted.commands.shorthand import read_shorthand
from console.records.problems import Fault


def members_of(argument: str) -> Any:
    """Return the members that an argument in shorthand syntax names, as plain values."""
    found = read_shorthand(argument)
    assert isinstance(found, Object)
    return plain_value(found)


READ: list[tuple[str, dict[str, Any]]] = [
    ("userId=u-1", {"userId": "u-1"}),
    ("impression=p1,p2,p3", {"impression": ["p1", "p2", "p3"]}),
    ("itemId=p1,impression=p1,p2,eventType=click", {"itemId": "p1", "impression": ["p1", "p2"], "eventType": "click"}),
    ("impression=[p1, p2],itemId=p1", {"impression": ["p1", "p2"], "itemId": "p1"}),
    ("impression=[p1]", {"impression": ["p1"]}),
    ("impression=\"a,b\",'c'", {"impression": ["a,b", "c"]}),
    (
        "metricAttribution={eventAttributionSource=letter},itemId=p1",
        {"metricAttribution": {"eventAttributionSource": "letter"}, "itemId": "p1"},
    ),
    ("sentAt=2025-05-01T12:00:01Z,itemId=p\\,1", {"sentAt": "2025-05-01T12:00:01Z", "itemId": "p,1"}),
]


@pytest.mark.parametrize(("argument", "members"), READ)
def test_an_argument_has_the_members_that_the_cli_reads(argument: str, members: dict[str, Any]) -> None:
    assert members_of(argument) == members
    assert ShorthandParser().parse(argument) == members


@pytest.mark.parametrize(
    "argument",
    [
        "",
        "u-1",
        "userId=u,userId=v",
        'userId="u"x',
        "userId=u,",
        "impression=[a",
        "m={a=b",
        "m={a}",
        "m={a={b=c}}",
        "=a",
        'm={"a":1}',
    ],
)
def test_what_is_no_request_s_shorthand_is_none(argument: str) -> None:
    assert isinstance(read_shorthand(argument), Fault)


bare = st.text("ab1-:.", min_size=1, max_size=4)
values = st.one_of(
    bare,
    st.lists(bare, min_size=2, max_size=3).map(",".join),
    st.lists(bare, min_size=1, max_size=3).map(lambda each: f"[{','.join(each)}]"),
    st.text("a,=[]{} ", max_size=4).map(lambda each: f'"{each}"'),
    bare.map(lambda each: f"{{k={each}}}"),
)
arguments = st.dictionaries(st.sampled_from(["userId", "itemId", "impression"]), values, min_size=1).map(
    lambda each: ",".join(f"{name}={value}" for name, value in each.items())
)


@given(arguments)
def test_any_argument_is_read_as_the_cli_reads_it(argument: str) -> None:
    assert members_of(argument) == ShorthandParser().parse(argument)
