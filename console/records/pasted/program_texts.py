"""Literals of programming languages, and the calls and assignments that they stand in."""

import re
from dataclasses import replace

from console.records.json.nodes import Object, quoted
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.envelopes.finding import find_records
from console.records.pasted.envelopes.target import check_target
from console.records.pasted.literals.numpy_arrays import read_numpy_array
from console.records.pasted.literals.parsing import is_cut, read_literal
from console.records.pasted.reader import in_literal, within
from console.records.pasted.tables.headings import matched_columns
from console.records.pasted.wrappings.broken import check_left_out
from console.records.pasted.wrappings.prose import call_in, calls_of, in_prose
from console.records.pasted.wrappings.unwrapping import unwrapped
from console.records.pasted.wrappings.variables import GIVEN_AGAIN, with_values
from console.records.schemas.schema import Schema

A_CALL = "a call in a program"
OF_BOTOCORE = "Parameter validation failed"
PARTS_ALONE = "It shows a part of what was sent, without the ids. Paste the {} of the request, as JSON."
TAKEN_ABOVE = "Taken as the lines above give them: {}."
LEFT_OUT = "Left out of the text: {}."
DATASET_ARN = re.compile(r"arn:aws[\w-]*:personalize:[\w-]*:[0-9]*:dataset/[\w/-]+")
# Longer ones are read after the tables, as every wrapped text is.
LONGEST_ASSIGNMENT = 100_000
# A name that is given what has brackets, and what a prompt shows.
GIVEN = re.compile(r"\s*=>?\s*[\[{]|\s*[$@]?[A-Za-z_][^=\n]{0,200}=\s*(?:new\s+)?[\w.:$@]*[(\[{<]")
MAKES_CLIENT = re.compile(r"\s*(?:(?:const|let|var)\s+)?\w+ *= *(?:new +)?(?:\w+\.)*\w*[Cc]lient\(")


def read_literal_text(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a literal of a programming language; raise Refusal if its program has shortened it."""
    literal = read_literal(text, keeps_code=True) or read_numpy_array(text)
    if literal is None:
        if is_cut(text):
            raise Refusal("Its program has left parts of it out, where it has “…”. Print the whole of it.")
        return None
    return in_literal(schema, target, literal)


def read_assigned(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a literal that a name is given, whose commas are no separators of cells."""
    is_given = len(text) <= LONGEST_ASSIGNMENT and GIVEN.match(text) is not None
    # Where a client is created first and called below, the call has the records.
    without = unwrapped(text) if is_given and not (MAKES_CLIENT.match(text) and call_in(text)) else None
    found = read_literal_text(schema, target, without.text) if without else None
    return within(schema, found, without.words) if without and found else None


def read_call(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that a program sends by an SDK."""
    literal = call_in(text)
    if literal:
        return in_literal(schema, target, literal, "in a program")
    own = with_values(text) if next(calls_of(schema.entity, text), None) else None
    literal = call_in(own.text) if own else None
    found = in_literal(schema, target, literal, "in a program") if literal else None
    if own and found:
        return replace(found, notes=(TAKEN_ABOVE.format(", ".join(map(quoted, own.used))), *found.notes))
    if own and own.given_again:
        raise Refusal(GIVEN_AGAIN.format(quoted(own.given_again[0])), A_CALL)
    return None


def refuse_unread_call(schema: Schema, _target: str, text: str) -> Found | None:
    """Refuse a call whose records are not written in it."""
    if next(calls_of(schema.entity, text), None):
        nouns = schema.entity.nouns
        raise Refusal(f"Its {nouns} are variables or code, which only the program knows. Print them as JSON.", A_CALL)
    return None


def read_prose(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of the one value in brackets among the words of a text; raise Refusal if there are two."""
    found = in_prose(text, lambda node: find_records(schema, "", node) is not None)
    read = in_literal(schema, target, found.literal, "among other text") if found else None
    if found is None or read is None:
        return None
    names = [each.key for record in read.records if isinstance(record, Object) for each in record.members]
    if schema.id_field.name not in matched_columns(schema, names)[0]:
        refuse_unread_call(schema, target, text)
        if OF_BOTOCORE in text:
            raise Refusal(PARTS_ALONE.format(schema.entity.nouns), "an error of botocore")
    _check_arns(schema, target, text)
    check_left_out(schema, text, found.known)
    others = ", ".join(map(quoted, found.others))
    return replace(read, notes=(*read.notes, LEFT_OUT.format(others))) if others else read


def _check_arns(schema: Schema, target: str, text: str) -> None:
    """Raise Refusal if a text names the ARN of another dataset than the page's beside its records."""
    named = DATASET_ARN.search(text) if target.startswith("arn:") else None
    if named:
        check_target(schema.entity, named[0], target, "it")
