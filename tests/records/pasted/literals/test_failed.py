"""Texts of which no literal was read are not read again while one text is detected, and others are."""

from console.records.json.nodes import Array
from console.records.pasted.literals.failed import failures_kept, has_failed
from console.records.pasted.literals.parsing import read_literal, read_literal_at

UNFINISHED = "[" + "'u', " * 1000
FINISHED = UNFINISHED + "]"


def test_a_failure_is_kept_with_its_place_for_as_long_as_the_block_lasts() -> None:
    with failures_kept():
        assert read_literal(UNFINISHED) is None
        assert has_failed("users = " + UNFINISHED + "; \n", 8)
        assert not has_failed("users = " + UNFINISHED, 7)
    assert not has_failed(UNFINISHED, 0)


def test_a_text_that_goes_on_behind_a_failed_one_is_read() -> None:
    with failures_kept():
        assert read_literal_at(UNFINISHED, 0) is None
        literal = read_literal_at("users = " + FINISHED, 8)
    assert literal
    assert isinstance(literal.node, Array)
    assert len(literal.node.items) == 1000


def test_short_texts_are_not_kept() -> None:
    with failures_kept():
        assert read_literal("['u', ") is None
        assert not has_failed("['u', ", 0)


def test_a_value_of_more_parts_than_were_asked_for_is_read_later() -> None:
    with failures_kept():
        assert read_literal_at(FINISHED, 0, most_values=900) is None
        assert read_literal_at(FINISHED, 0)
