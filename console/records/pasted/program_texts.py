"""Literals of programming languages, and the calls and assignments that they stand in."""

import re

from console.records.pasted.detected import Found, Refusal
from console.records.pasted.literals.parsing import is_cut, read_literal
from console.records.pasted.reader import in_literal, within
from console.records.pasted.wrappings.prose import call_in, calls_of, in_prose
from console.records.pasted.wrappings.unwrapping import unwrapped
from console.records.schemas.schema import Schema

A_CALL = "a call in a program"
# Longer ones are read after the tables, as every wrapped text is.
LONGEST_ASSIGNMENT = 100_000
# A name that is given what has brackets, and what a prompt shows.
GIVEN = re.compile(r"\s*=>?\s*[\[{]|\s*[$@]?[A-Za-z_][^=\n]{0,200}=\s*(?:new\s+)?[\w.:$@]*[(\[{<]")


def read_literal_text(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a literal of a programming language; raise Refusal if its program has shortened it."""
    literal = read_literal(text, keeps_code=True)
    if literal is None:
        if is_cut(text):
            raise Refusal("Its program has left parts of it out, where it has “…”. Print the whole of it.")
        return None
    return in_literal(schema, target, literal)


def read_assigned(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a literal that a name is given, whose commas are no separators of cells."""
    without = unwrapped(text) if len(text) <= LONGEST_ASSIGNMENT and GIVEN.match(text) else None
    found = read_literal_text(schema, target, without.text) if without else None
    return within(schema, found, without.words) if without and found else None


def read_call(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that a program sends by an SDK."""
    literal = call_in(text)
    return in_literal(schema, target, literal, "in a program") if literal else None


def refuse_unread_call(schema: Schema, _target: str, text: str) -> Found | None:
    """Refuse a call whose records are not written in it."""
    if next(calls_of(schema.entity, text), None):
        nouns = schema.entity.nouns
        raise Refusal(f"Its {nouns} are variables or code, which only the program knows. Print them as JSON.", A_CALL)
    return None


def read_prose(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of the one value in brackets among the words of a text; raise Refusal if there are two."""
    literal = in_prose(text)
    return in_literal(schema, target, literal, "among other text") if literal else None
