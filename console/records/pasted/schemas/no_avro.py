"""Texts that say the columns of a table, and are no Avro schema: what they are, in words."""

import re

# A heading such as `Field | Type` or `col_name data_type`, below a rule or a bar.
COLUMN = r"(?:Field|Column(?:[ _]Name)?|col_name|Name)"
HEADING = rf"\A[\s|+\u2500-\u257f-]*{COLUMN}\s*[|\t\u2502 ]\s*\|?\s*(?:Data[ _])?Type\b"
FIELDS_ALONE = "a list of fields"
# What a text is by what it has: the first that fits counts.
KINDS: tuple[tuple[str, str], ...] = (
    (r"\bCREATE\s+(?:\w+\s+){0,4}TABLE\b", "a CREATE TABLE statement"),
    (r"\A\s*root\s*\n\s*\|--\s*\w+:", "a schema of Spark"),
    (r"\A\s*(?:syntax\s*=|message\s+\w+\s*\{\s*(?:\w+\s+){1,3}=)", "a schema of Protocol Buffers"),
    (r"\A\s*message\s+[\w.]+\s*\{", "a schema of Parquet"),
    (HEADING, "a table of columns and their types"),
    (r"\A\s*\[\s*\{\s*\"(?-i:Name)\"\s*:\s*\"[^\"]*\"\s*,\s*\"Type\"\s*:", "columns of AWS Glue"),
    (r"\A\s*\[\s*\{\s*\"(?-i:name)\"\s*:\s*\"[^\"]*\"\s*,\s*\"type\"\s*:", FIELDS_ALONE),
    (r"\"StorageDescriptor\"\s*:", "a table of AWS Glue"),
    (r"\"\$schema\"\s*:\s*\"[^\"]*json-schema", "a JSON Schema"),
)
WORDS_OF_KINDS = tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in KINDS)
ADVICE = 'It is no Avro schema. Write each column as a field, such as {"name": "AGE", "type": ["null", "int"]}.'
AROUND_FIELDS = 'Put them into {"type": "record", "name": "Users", "fields": […], "version": "1.0"}.'


def advice_on(words: str) -> str:
    """Return what to do with a text that says columns, by what it is in words."""
    return AROUND_FIELDS if words == FIELDS_ALONE else ADVICE


def columns_in_words(text: str) -> str:
    """Return what a text is that says columns in another way than Avro does; "" if it is none."""
    return next((words for pattern, words in WORDS_OF_KINDS if pattern.search(text)), "")
