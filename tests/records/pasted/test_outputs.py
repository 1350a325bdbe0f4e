"""What programs printed of the same two or three users, as it came out: `outputs/expected.json` says of which."""

import json
from pathlib import Path
from typing import Any

import pytest

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
