"""What one press makes of a table of users with a city."""

from console.records.pasted.detected import Detected
from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from tests.records.literal_schemas import users_schema

TEXTS = users_schema(CITY="string")


def read(text: str) -> Detected:
    """Return what a text is detected as."""
    detected = detect(TEXTS, "", text)
    assert detected is not None
    return detected


def users(text: str) -> list[tuple[str, object]]:
    """Return the id and the city of each user that one press makes of a text."""
    detected = read(text)
    assert detected.refusal == ""
    validation = validate_record_input(TEXTS, detected.text)
    assert validation.problems == ()
    return [(each.record_id, each.properties["city"]) for each in validation.records]
