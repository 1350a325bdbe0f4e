"""What all readers of pasted text share: what a reader is, and how records within a value are told."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from console.records.json.nodes import Array, Bare, Node, Object, quoted, shortened
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.envelopes.finding import find_records
from console.records.pasted.literals.parsing import Literal
from console.records.pasted.wrappings.unwrapped import Unwrapped
from console.records.schemas.schema import Schema

NAME = re.compile(r"[A-Za-z_$][\w$]*")
COMPUTED = "The text {} has a variable or code in it, which only its program knows. Print the records as JSON."
PERHAPS_COMPUTED = "Taken for text as it stands: {}. If that has a variable in it, print the records as JSON."

type Reader = Callable[[Schema, str, str], Found | None]


def first_found(readers: Iterable[tuple[str, Reader]], schema: Schema, target: str, text: str) -> Found | None:
    """Return what the first reader that knows a text finds in it, or None; raise Refusal."""
    return next((found for _words, reader in readers if (found := reader(schema, target, text))), None)


def found_without(
    without: Unwrapped | None, readers: Iterable[tuple[str, Reader]], schema: Schema, target: str
) -> Found | None:
    """Return what readers find in a text without what was around it, and what that was; raise Refusal."""
    found = first_found(readers, schema, target, without.text) if without else None
    if without is None or found is None:
        return None
    found = replace(found, notes=(*without.notes, *found.notes))
    return within(schema, found, without.words)


def has_records(readers: Iterable[tuple[str, Reader]], schema: Schema, target: str, text: str) -> bool:
    """Return whether readers find records in a text, whether these can be read or not."""
    try:
        return first_found(readers, schema, target, text) is not None
    except Refusal:
        return True


def records_in(schema: Schema, target: str, root: Node) -> Found | None:
    """Return the records within a value, or None; raise Refusal.

    `target` is what a request must name, if it names one, "" for anything.
    """
    enveloped = find_records(schema, target, root)
    if enveloped is None:
        return None
    found = Found("", enveloped.records, enveloped.notes, count=enveloped.count)
    if not enveloped.where:
        return found
    return replace(found, words=f"{schema.entity.counted(found.number)} {enveloped.where.strip()}")


def in_literal(schema: Schema, target: str, literal: Literal, around: str = "") -> Found | None:
    """Return the records of a literal, and in words what it is, or `around`, what stands around it; raise Refusal."""
    found = records_in(schema, target, literal.node)
    if found is None:
        return None
    if literal.code:
        raise Refusal(COMPUTED.format(quoted(literal.code[0])), "records in a program")
    taken = tuple(taken_for_target(schema, each) for each in literal.variables)
    texts = ", ".join(map(quoted, literal.perhaps_code))
    perhaps = (PERHAPS_COMPUTED.format(texts),) if texts else ()
    found = replace(found, notes=(*taken, *perhaps, *_on_words(literal.words), *found.notes))
    if around:
        return within(schema, found, around)
    nearly = f"nearly JSON: {', '.join(literal.fixes)}" if literal.fixes else "nearly JSON"
    return replace(found, words=", ".join(part for part in (found.words, nearly) if part))


def _on_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return sentences on names of a literal that were taken for texts, some of them without their type."""
    renamed = [f"{quoted(word)} as {quoted(word.rpartition('::')[2])}" for word in words if "::" in word]
    paths = (f"Taken for text: {', '.join(renamed)}.",) if renamed else ()
    return (*not_variables(word for word in words if "::" not in word), *paths)


def within(schema: Schema, found: Found, *around: str) -> Found:
    """Return what was found, with words on what is around it."""
    return replace(found, words=", ".join((found.words or schema.entity.counted(found.number), *around)))


def taken_for_target(schema: Schema, variable: str) -> str:
    """Return the sentence on a variable in the place of the dataset or event tracker."""
    return f"{shortened(variable)} is taken for this {'event tracker' if schema.entity.is_event else 'dataset'}."


def bare_words(node: Node) -> Iterator[str]:
    """Yield the texts of a value that stand without quotes."""
    if isinstance(node, Object | Array):
        for each in node.items if isinstance(node, Array) else [member.value for member in node.members]:
            yield from bare_words(each)
    elif isinstance(node, Bare):
        yield str(node.value)


def not_variables(words: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence on texts that might be the names of variables, if there are some."""
    names = dict.fromkeys(quoted(word) for word in words if NAME.fullmatch(word))
    return (f"Taken for text, and not for variables: {', '.join(names)}.",) if names else ()
