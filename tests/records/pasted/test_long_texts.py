"""Long texts are read, refused or left alone, and raise no error, whatever they repeat."""

import pytest

from console.records.pasted.detection import detect
from console.records.pasted.schemas.detection import detect_schema
from console.records.record_input import validate_record_input
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
from tests.support.numbers import IS_WHOLE

PART = 1 if IS_WHOLE else 20


@pytest.mark.parametrize("long_text", LONG_TEXTS, ids=name_of)
def test_a_long_text_is_no_record_input_as_it_is(long_text: LongText) -> None:
    text = long_text.of(LENGTH // PART)
    detect(SCHEMA, ARN, text)
    assert validate_record_input(SCHEMA, text).problems


@pytest.mark.parametrize("long_text", LONG_SCHEMAS, ids=name_of)
def test_a_long_text_is_no_schema(long_text: LongText) -> None:
    detected = detect_schema(long_text.of(LENGTH_OF_SCHEMAS // PART))
    assert detected is None or detected.refusal
