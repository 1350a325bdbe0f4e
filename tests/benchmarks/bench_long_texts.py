"""Long texts that make the readers of pasted text try much: none takes more than a second of the processor.

The lengths between are those at which some readers still try what they leave alone in longer texts.
"""

import time

import pytest

from console.records.pasted.detection import detect
from console.records.pasted.schemas.detection import detect_schema
from tests.records.pasted.long_texts import (
    ARN,
    LENGTH,
    LENGTH_OF_SCHEMAS,
    LONG_SCHEMAS,
    LONG_TEXTS,
    SCHEMA,
    LongText,
    name_of,
)

ROUNDS = 3
MOST_SECONDS = 1


@pytest.mark.parametrize("length", [30_000, 99_000, 200_000, LENGTH])
@pytest.mark.parametrize("long_text", LONG_TEXTS, ids=name_of)
def test_a_text_takes_less_than_a_second(long_text: LongText, length: int) -> None:
    text = long_text.of(length)
    assert min(_seconds_of_detecting(text) for _ in range(ROUNDS)) < MOST_SECONDS


@pytest.mark.parametrize("long_text", LONG_SCHEMAS, ids=name_of)
def test_a_schema_takes_less_than_a_second(long_text: LongText) -> None:
    text = long_text.of(LENGTH_OF_SCHEMAS)
    began = time.process_time()
    detect_schema(text)
    assert time.process_time() - began < MOST_SECONDS


def _seconds_of_detecting(text: str) -> float:
    began = time.process_time()
    detect(SCHEMA, ARN, text)
    return time.process_time() - began
