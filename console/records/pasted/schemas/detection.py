"""Detect what a text in the schema editor is by its content, and turn it into a schema."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from console.records.entities import Entity
from console.records.html_references import without_references
from console.records.json.characters import BYTE_ORDER_MARK
from console.records.json.nodes import Object, Scalar, has_unreadable, node_at, plain_value, shortened
from console.records.json.writing import json_text, laid_out
from console.records.pasted.commands.values import read_value
from console.records.pasted.commands.words import NotRead, refuse_unknown
from console.records.pasted.detected import Detected, Refusal
from console.records.pasted.literals.parsing import Literal
from console.records.pasted.schemas.command import schema_argument
from console.records.pasted.schemas.finding import (
    LONGEST_PASTED,
    FoundSchema,
    in_text,
    in_value,
    in_yaml,
    is_schema,
    whole_value,
    without_bare,
)
from console.records.pasted.schemas.no_avro import OF_SPARK, advice_on, columns_in_words, is_elsewhere
from console.records.pasted.wrappings.lines import without_numbers, without_prefixes
from console.records.pasted.wrappings.unwrapping import PROMPT, unwrapped
from console.records.problems import Remark
from console.records.schemas.schema_input import SchemaValidation, validate_schema_input

A_COMMAND = "an AWS CLI command"
A_FILE = "--schema names a file on your machine, which the console cannot read. Paste the file's content instead."
AN_ADDRESS = "--schema names a file by its address, which the console does not read. Paste the file's content instead."
ASSIGNED = (
    r"\A\s*(?:(?:export\s+)?(?:const|let|var|final|val)\s+)?"
    r"\$?[A-Za-z_][\w.]*(?:\s*:\s*[^={\n]+)?\s*(?:<-|:?=)\s*"
)
# Kinds of text around a schema, by a pattern; the first match counts.
KINDS: tuple[tuple[str, str], ...] = (
    (r"\"eventName\"\s*:\s*\"CreateSchema\"", "an event of AWS CloudTrail"),
    (r"[\"']SchemaVersionId[\"']\s*:", "a schema version of AWS Glue"),
    (r"[\"']schemaArn[\"']\s*:", "a response of DescribeSchema"),
    (r"AWS::Personalize::Schema", "a CloudFormation resource"),
    (r"\bCfnSchema(?:Props)?\b", "a construct of the AWS CDK"),
    (r"\bresource\s+\"\w*personalize_schema\"", "a Terraform resource"),
    (r"\bpersonalize\s+create-schema\b", A_COMMAND),
    (r"\bcreate_?schema(?:Command|Request|Async)?(?:\.builder)?\s*\(", "a call of CreateSchema"),
    (r"(?m)^[ \t]*(?:`{3}|~{3})", "a schema in a code fence"),
    (r"\b(?:json\.dumps|JSON\.stringify|json_encode|jsonencode|to_json)\b", "a schema in a program"),
    (r"\A\s*(?:>>>|In \[\d+\]:|Out\[\d+\]:)", "a schema after a prompt"),
    (ASSIGNED, "a schema in an assignment"),
)
WORDS_OF_KINDS = tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in KINDS)
FILE_OPTION = re.compile(r"\bpersonalize\s+create-schema\b.*?--schema[=\s]+[\"']?(file|s3|http)s?b?://", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ExaminedSchema:
    """What is wrong with a text as a schema, and what it was detected as, if it is something else that has one."""

    validation: SchemaValidation
    detected: Detected | None = None


def examine_schema(entity: Entity, text: str, domain: str, replaced: str = "") -> ExaminedSchema:
    """Return what a text in the schema editor is: what is wrong with the schema, or what the text has around one.

    Of a text that was detected as something else, that alone is the problem. `domain` is the dataset group's, "" for
    none, and `replaced` is the text of the schema that it is to replace, "" for none.
    """
    detected = detect_schema(text)
    if detected is None:
        return ExaminedSchema(validate_schema_input(entity, text, domain, replaced))
    sentence = f"Detected: {detected.words}. {detected.refusal or 'Choose Use this schema.'}"
    return ExaminedSchema(SchemaValidation((Remark(1, 1, None, None, sentence),)), detected)


def detect_schema(text: str) -> Detected | None:
    """Return what a text is that has a schema and is none as it stands, or None."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    if len(text) > LONGEST_PASTED or not text.strip():
        return None
    whole = whole_value(text)
    if whole and not whole.fixes and is_schema(whole.node):
        spark = columns_in_words(text) if OF_SPARK.match(text) else ""
        return Detected(spark, refusal=advice_on(spark)) if spark else None
    try:
        found = list(in_value(whole.node)) if whole else _in_command(text) or _among_text(text)
    except NotRead as problem:
        return Detected(A_COMMAND, refusal=problem.refusal)
    except Refusal as refusal:
        return Detected("a diff", refusal=str(refusal))
    if found:
        return _detected(_words(text, whole, found[0]), found)
    file = FILE_OPTION.search(text)
    if file:
        return Detected(A_COMMAND, refusal=A_FILE if file[1] == "file" else AN_ADDRESS)
    columns = columns_in_words(text)
    if columns:
        return Detected(columns, refusal=advice_on(columns))
    words, advice = (None if whole else is_elsewhere(text)) or ("", "")
    return Detected(words, refusal=advice) if words else None


def _in_command(text: str) -> list[FoundSchema]:
    """Return the schema that a command gives to CreateSchema, read as its shell reads it; raise NotRead.

    Where a variable or another command gives it, the text may have it all the same, as the content of a file.
    """
    argument = schema_argument(text)
    if argument is None:
        return []
    name, word = argument
    elsewhere = in_text(text) if word.text in word.unknown else []
    if elsewhere:
        return elsewhere
    refuse_unknown(word)
    return list(in_value(read_value(name, word)))


def _among_text(text: str) -> list[FoundSchema]:
    """Return the schemas of a text that is no value as a whole.

    Of a text that begins with a schema and has something behind it, JSON says best what is wrong there.
    """
    found = in_yaml(text)
    if found:
        return found
    found = in_text(text)
    if len(found) == 1 and not text[: found[0].start].strip():
        return []
    return found or in_text(_without_marks(text)) or in_text(_without_entities(text))


def _without_entities(text: str) -> str:
    """Return a text of HTML with its characters for their entities; "" if it has no quotes that are written so."""
    return without_references(text) if "&quot;" in text or "&#34;" in text else ""


def _without_marks(text: str) -> str:
    """Return a text without the marks of a prompt or a quotation before its lines; "" if it has none."""
    quotation = without_prefixes(text) or without_numbers(text)
    if quotation:
        return quotation.text
    prompted = unwrapped(text) if PROMPT.match(text.strip()) else None
    return prompted.text if prompted else ""


def _words(text: str, whole: Literal | None, found: FoundSchema) -> str:
    kind = next((words for pattern, words in WORDS_OF_KINDS if pattern.search(text)), "")
    if kind or whole is None:
        return kind or ("a schema among other text" if found.end else "a schema as YAML")
    if is_schema(whole.node):
        return f"nearly JSON: {', '.join(whole.fixes)}"
    return "a schema in quotes" if isinstance(whole.node, Scalar) else "a schema within another value"


def _detected(words: str, found: Sequence[FoundSchema]) -> Detected | None:
    """Return the one schema of a text, or a refusal; None if it has words that only its program knows."""
    known = [each for schema in found if isinstance(each := without_bare(schema.node), Object)]
    if len(known) < len(found):
        return None
    if len({json_text(plain_value(schema)) for schema in known}) > 1:
        return Detected(f"{len(known)} schemas: {_names(known)}", refusal="Paste the one that you mean.")
    if has_unreadable(known[0]):
        return Detected(words, refusal="It has values that JSON cannot express.")
    return Detected(words, laid_out(known[0]))


def _names(schemas: Sequence[Object]) -> str:
    names = [shortened(str(plain_value(node_at(each, ["name"])))) for each in schemas]
    return f"{', '.join(names[:-1])} and {names[-1]}"
