"""Remarks on records, at the places where the records begin."""

from console.records.remarks import remarks_on_records


def test_a_remark_stands_where_its_record_begins() -> None:
    text = '[{"USER_ID": "a"},\n  {"USER_ID": "b"}]'
    assert [remark.text for remark in remarks_on_records(text, {2: "Second.", 1: "First."})] == [
        "Ln 2, Col 3 · Record 2 · Second.",
        "Ln 1, Col 2 · Record 1 · First.",
    ]


def test_a_single_object_is_the_first_record() -> None:
    assert [remark.place for remark in remarks_on_records(' {"USER_ID": "a"}', {1: "Only."})] == ["Ln 1, Col 2"]


def test_nothing_to_say_is_no_remark() -> None:
    assert remarks_on_records("[]", {}) == ()
