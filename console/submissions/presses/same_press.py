"""Comparing presses: whether two have the same destination and text."""

from collections.abc import Mapping
from typing import Any

from console.submissions.models import Submission

# Fields that a submission shares with the press of its key, besides the endpoint.
PLACE = ("environment", "dataset_group", "dataset_arn")


def is_same_text(text: str, other: str) -> bool:
    """Return whether two record inputs are equal apart from their line breaks."""
    return _with_plain_breaks(text) == _with_plain_breaks(other)


def is_of_same_press(submission: Submission, known: Mapping[str, Any]) -> bool:
    """Return whether a submission has the destination and text of another press, given by field name."""
    return is_of_same_place(submission, known) and is_same_text(submission.record_input, known["record_input"])


def is_of_same_place(submission: Submission, known: Mapping[str, Any]) -> bool:
    """Return whether a submission has the destination of another press, given by field name."""
    is_same_place = all(getattr(submission, name) == known[name] for name in PLACE)
    return is_same_place and submission.origin.endpoint == known["endpoint"]


def _with_plain_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def place_of(submission: Submission) -> dict[str, Any]:
    """Return the destination of a submission, by field name."""
    return {name: getattr(submission, name) for name in PLACE} | {"endpoint": submission.origin.endpoint}
