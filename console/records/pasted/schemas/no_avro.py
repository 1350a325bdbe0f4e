"""Texts that say the columns of a table, and are no Avro schema: what they are, in words."""

import re

# A heading such as `Field | Type` or `col_name data_type`, below a rule or a bar.
COLUMN = r"(?:Field|Column(?:[ _]Name)?|col_name|Name)"
HEADING = rf"\A[\s|+\u2500-\u257f-]*+{COLUMN}(?:[ \t]*+[|\u2502]|[ \t]++)[\s|]*+(?:Data[ _])?Type\b"
# A schema of Spark as JSON.
STRUCT = r"\A\s*\{[^{}\[\]]*\"type\"\s*:\s*\"struct\""
OF_SPARK = re.compile(STRUCT)
FIELDS_ALONE = "a list of fields"
# Kinds of text by a pattern; the first match counts.
KINDS: tuple[tuple[str, str], ...] = (
    (r"\bCREATE\s+(?:\w+\s+){0,4}TABLE\b", "a CREATE TABLE statement"),
    (r"\A\s*root\s*\n\s*\|--\s*\w+:", "a schema of Spark"),
    (r"\A\s*(?:syntax\s*=|message\s+\w+\s*\{\s*(?:\w+\s+){1,3}=)", "a schema of Protocol Buffers"),
    (r"\A\s*message\s+[\w.]+\s*\{", "a schema of Parquet"),
    (HEADING, "a table of columns and their types"),
    (r"\A\s*\[\s*\{\s*\"(?-i:Name)\"\s*:\s*\"[^\"]*\"\s*,\s*\"Type\"\s*:", "columns of AWS Glue"),
    (r"\A\s*\[\s*\{\s*\"(?-i:name)\"\s*:\s*\"[^\"]*\"\s*,\s*\"type\"\s*:", FIELDS_ALONE),
    (r"\"StorageDescriptor\"\s*:", "a table of AWS Glue"),
    (STRUCT, "a schema of Spark"),
    (r"\"\$schema\"\s*:\s*\"[^\"]*json-schema", "a JSON Schema"),
)
WORDS_OF_KINDS = tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in KINDS)
ADVICE = 'It is no Avro schema. Write each column as a field, such as {"name": "AGE", "type": ["null", "int"]}.'
# Answers to references to files and schemas elsewhere, and to rows of records: what each is, and what to paste.
IN_A_FILE = "It takes the schema from a file, which the console cannot read. Paste the file's content instead."
ELSEWHERE: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"\bresource\s+\"\w*personalize_schema\"[^{]*\{[^}]{0,2000}\bfile\("),
        "a Terraform resource",
        IN_A_FILE,
    ),
    (
        re.compile(
            r"\b(?:open|fopen|file|read_text|read_file|readFile(?:Sync)?|readAllText|ReadAllText|readString|readLines"
            r"|file_get_contents|loads?_file|Get-Content)\b[ (]"
        ),
        "a program",
        IN_A_FILE,
    ),
    (
        re.compile(r"\bschemaArn\b"),
        "the names of schemas",
        "What is in them does not stand there. Paste what DescribeSchema returns.",
    ),
    (
        re.compile(r"\A\s*(?:\w+[ ]?[,;\t|][ ]?)+\w+[ \t\r]*\n[^{}\n,;\t|]*+[,;\t|][^{}]*+\Z"),
        "rows of a table",
        "They are records, and no schema. Paste the schema's JSON.",
    ),
    (
        re.compile(r"\A\s*(?:import|from|using|package|require|#include)\b|\bcreate_?schema\s*\(", re.IGNORECASE),
        "a program",
        "It has no schema that can be read without running it. Paste the schema's JSON.",
    ),
)
AROUND_FIELDS = 'Put them into {"type": "record", "name": "Users", "fields": […], "version": "1.0"}.'


def advice_on(words: str) -> str:
    """Return what to do with a text that says columns, by what it is in words."""
    return AROUND_FIELDS if words == FIELDS_ALONE else ADVICE


def columns_in_words(text: str) -> str:
    """Return what a text is that says columns in another way than Avro does; "" if it is none."""
    return next((words for pattern, words in WORDS_OF_KINDS if pattern.search(text)), "")


def is_elsewhere(text: str) -> tuple[str, str] | None:
    """Return what a text is that has no schema, in words, and what to paste instead; None if that is not known.

    Of what has fields, or begins as JSON does, JSON says best what is wrong.
    """
    if "fields" in text or text.lstrip()[:1] in ("{", "["):
        return None
    return next(((words, advice) for pattern, words, advice in ELSEWHERE if pattern.search(text)), None)
