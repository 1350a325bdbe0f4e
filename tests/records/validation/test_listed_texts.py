"""Texts that are a list as a program or a database writes it."""

import pytest

from console.records.validation.listed_texts import listed


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("{Drama,Crime}", ("Drama", "Crime")),
        ("{Drama}", ("Drama",)),
        ('{Drama,"Science Fiction, \\"new\\""}', ("Drama", 'Science Fiction, "new"')),
        ('["Drama", "Crime"]', ("Drama", "Crime")),
        ("['O\\'Neil', \"b\"]", ("O'Neil", "b")),
        (" [Gold, Bird class] ", ("Gold", "Bird class")),
        ("('a', 'b')", ("a", "b")),
        ("Set(Gold, Silver)", ("Gold", "Silver")),
        ("frozenset({'Gold'})", ("Gold",)),
        ("array('Gold')", ("Gold",)),
        ("List([1, 2])", ("1", "2")),
    ],
)
def test_a_list_has_its_items(text: str, items: tuple[str, ...]) -> None:
    assert listed(text) == items


@pytest.mark.parametrize(
    "text",
    [
        *("[Live]", "(Gold, Silver)", "(new)", "Gold (new)", "[a] b [c]", "(a) or (b)", "Gold"),
        *("[]", "{}", "[a,]", "[a,,b]", '["a|b"]', '[["a"]]', '{"a": 1}', "{a: 1, b: 2}", "Set(a", "['a' b]", "[ , ]"),
    ],
)
def test_what_may_be_a_name_or_something_else_is_no_list(text: str) -> None:
    assert listed(text) == ()
