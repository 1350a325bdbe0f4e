"""What programs printed of the same two or three users, as it came out: `outputs/expected.json` says of which."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from tests.records.literal_schemas import users_schema

OUTPUTS = Path(__file__).parent / "outputs"
EXPECTED: dict[str, dict[str, Any]] = json.loads((OUTPUTS / "expected.json").read_text())
SCHEMA = users_schema(AGE=["null", "int"], SCORE="double", VIP="boolean", MEMBERSHIP_TYPE="categorical string")


def test_every_output_has_its_expected_users() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in OUTPUTS.glob("*.txt"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_one_press_makes_valid_records_of_an_output(name: str, line_break: str) -> None:
    text = (OUTPUTS / f"{name}.txt").read_text().replace("\n", line_break)
    detected = detect(SCHEMA, "", text)
    assert detected is not None
    assert detected.refusal == ""
    validation = validate_record_input(SCHEMA, detected.text)
    assert validation.problems == ()
    # A value of null and one that is left out are the same to the service.
    found = [
        {name: value for name, value in {"userId": each.record_id, **each.properties}.items() if value is not None}
        for each in validation.records
    ]
    wanted = [{name: value for name, value in user.items() if value is not None} for user in EXPECTED[name]["users"]]
    assert found == wanted
    assert detect(SCHEMA, "", detected.text) is None


@st.composite
def spliced(draw: st.DrawFn) -> str:
    """Give an output in which a part of another one stands in the place of some of its characters."""
    text, other = (
        (OUTPUTS / f"{draw(st.sampled_from(sorted(EXPECTED)))}.txt").read_text() for _ in ("the one", "the other")
    )
    start, begin = draw(st.integers(0, len(text))), draw(st.integers(0, len(other)))
    return text[:start] + other[begin : begin + draw(st.integers(0, 200))] + text[start + draw(st.integers(0, 200)) :]


@given(spliced())
def test_an_output_with_a_part_of_another_is_read_or_left_alone(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    if detected and not detected.refusal:
        json.loads(detected.text)
