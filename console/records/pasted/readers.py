"""The readers of pasted text: what is detected, and in which order."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from console.records.entities import ENTITIES, kebab_case
from console.records.json.nodes import Array, Bare, Node, Object, Scalar, items_of, quoted, shortened
from console.records.json.reading import read_json
from console.records.pasted.commands.reading import read_command
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.envelopes.finding import find_records
from console.records.pasted.envelopes.other_type import records_of_other_type, refuse_other_type, rows_of_other_type
from console.records.pasted.envelopes.target import check_target
from console.records.pasted.literals.cursor import NoLiteral
from console.records.pasted.literals.parsing import Literal, is_cut, read_literal
from console.records.pasted.literals.printed import (
    DUCKDB,
    GO_VALUES,
    NO_VALUE_SHOWN,
    Doubt,
    may_be_code,
    names_in,
    read_printed,
    style_of,
)
from console.records.pasted.literals.words import word_value
from console.records.pasted.table_records import found_in_table, found_without_heading
from console.records.pasted.tables.aligned import read_aligned
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.html_table import read_html
from console.records.pasted.tables.pairs import read_pairs
from console.records.pasted.tables.ruled import read_ruled
from console.records.pasted.tables.separated import read_separated
from console.records.pasted.tables.sql.script import read_script
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.tables.vertical import read_vertical
from console.records.pasted.values.dialect import AS_PRINTED, YAML
from console.records.pasted.wrappings import (
    Unwrapped,
    call_in,
    calls_of,
    fenced,
    in_prose,
    in_session,
    unwrapped,
    without_colours,
    without_prefixes,
)
from console.records.pasted.yaml.reading import read_yaml_nodes
from console.records.schemas.schema import Schema

# How many wrappings there may be around each other: a code fence, in it a prompt, in it an assignment.
MOST_WRAPPINGS = 4
MARKUP = re.compile(r"\s*<(?:!DOCTYPE|!--|\?xml|[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>)")

QUOTED_NAME = re.compile(r"[\"']\s*:")
A_CALL = "a call in a program"
PRINTED = "what a program prints"
# A call or an expression, and a word that a program has for a variable.
CODE = re.compile(r"[()`*+]|\A[A-Za-z_$][\w$]*(?:\.[\w$]+)+\Z")
CALL = re.compile(r"[A-Za-z_][\w.]*\(.*\)|[^(]*[\"'`*+].*")
TWO_WORDS = re.compile(r"\w \w")
ID_WITH_HYPHEN = re.compile(r"[A-Za-z]+-[0-9]+")
NAME = re.compile(r"[A-Za-z_$][\w$]*")
# Longer ones are read after the tables, as every wrapped text is.
LONGEST_ASSIGNMENT = 100_000
# A name that is given what has brackets.
GIVEN = re.compile(r"\s*[$@]?[A-Za-z_][^=\n]{0,200}=\s*(?:new\s+)?[\w.:$@]*[(\[{<]")
PARAGRAPH_BREAK = re.compile(r"\n(?:[ \t\r]*+\n)++")
MOST_PARAGRAPHS = 20
LIST_ITEM = re.compile(r"[ \t]*(?:[-*\N{BULLET}]|[0-9]{1,3}[.)])[ \t]+(?=\S)")

SEPARATED = found_in_table(read_separated)

type Reader = Callable[[Schema, str, str], Found | None]


def first_found(readers: Iterable[tuple[str, Reader]], schema: Schema, target: str, text: str) -> Found | None:
    """Return what the first reader that knows a text finds in it, or None; raise Refusal."""
    return next((found for _words, reader in readers if (found := reader(schema, target, text))), None)


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


def _in_literal(schema: Schema, target: str, literal: Literal, around: str = "") -> Found | None:
    found = records_in(schema, target, literal.node)
    if found is None:
        return None
    taken = tuple(_taken_for_target(schema, each) for each in literal.variables)
    found = replace(found, notes=(*taken, *found.notes))
    if around:
        return _within(schema, found, around)
    nearly = f"nearly JSON: {', '.join(literal.fixes)}" if literal.fixes else "nearly JSON"
    return replace(found, words=", ".join(part for part in (found.words, nearly) if part))


def _taken_for_target(schema: Schema, variable: str) -> str:
    return f"{shortened(variable)} is taken for this {'event tracker' if schema.entity.is_event else 'dataset'}."


def _within(schema: Schema, found: Found, *around: str) -> Found:
    """Return what was found, with words on what is around it."""
    return replace(found, words=", ".join((found.words or schema.entity.counted(found.number), *around)))


def _json(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a text that is JSON: within a wrapping, since other such texts are read before."""
    reading = read_json(text)
    return records_in(schema, target, reading.root) if reading.root is not None and not reading.faults else None


def _json_lines(schema: Schema, target: str, text: str) -> Found | None:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
        return None
    # Of more lines than can be sent, the first ones tell what the others are.
    first = lines[: schema.entity.most_per_call]
    if not all(_may_be_json(line) for line in first):
        return None
    readings = [read_json(line) for line in first]
    if any(reading.faults for reading in readings):
        return None
    roots = [reading.root for reading in readings if reading.root]
    refuse_other_type(schema, records_of_other_type(schema, Array(0, list(roots), more=len(lines) - len(roots))))
    found = [records_in(schema, target, root) for root in roots]
    records = tuple(chain.from_iterable(each.records for each in found if each))
    count = len(lines) if len(lines) > len(first) else None
    notes = dict.fromkeys(note for each in found if each for note in each.notes)
    words = f"{len(lines)} lines of JSON Lines"
    return Found(words, records, tuple(notes), count=count) if None not in found else None


def _may_be_json(text: str) -> bool:
    """Say whether the standard library reads a text: it is quick, and takes a little more than is JSON."""
    try:
        json.loads(text, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True


def _command(schema: Schema, target: str, text: str) -> Found | None:
    command = read_command(schema.entity, text)
    if command is None:
        return None
    if command.refusal:
        other = next((each for each in ENTITIES.values() if f" {kebab_case(each.operation)} " in f"{text} "), None)
        raise Refusal(command.refusal, command.words, other if other is not schema.entity else None)
    words = f"{schema.entity.counted(len(command.nodes))} of {command.words}"
    try:
        check_target(schema.entity, command.target, target)
    except Refusal as refusal:
        raise Refusal(str(refusal), words) from refusal
    notes = [f"{note}." for note in command.notes]
    if command.target_variable:
        notes.insert(0, _taken_for_target(schema, command.target_variable))
    return Found(words, tuple(command.nodes), tuple(notes))


def _other_rows(schema: Schema, _target: str, text: str) -> Found | None:
    """Refuse rows whose heading is that of another type's records."""
    refuse_other_type(schema, rows_of_other_type(schema, text))
    return None


def _literal(schema: Schema, target: str, text: str) -> Found | None:
    literal = read_literal(text)
    if literal is None:
        if is_cut(text):
            raise Refusal("Its program has left parts of it out, where it has “…”. Print the whole of it.")
        return None
    return _in_literal(schema, target, literal)


def _printed(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that a program has printed without quotes, as toString of Java does."""
    if GO_VALUES.fullmatch(text):
        raise Refusal("It has neither names nor quotes. Print it as JSON, or with %+v.", "values that Go has printed")
    style = style_of(text)
    if style is None:
        return None
    try:
        printed = read_printed(text, style)
    except Doubt as doubt:
        if style is not DUCKDB and names_fields(schema, names_in(text, style)):
            raise Refusal(str(doubt), PRINTED) from None
        return None
    except NoLiteral:
        return None
    found = records_in(schema, target, printed.node)
    if found is None:
        rows = items_of(printed.node)
        if any(isinstance(row, Array) and row.count > len(schema.declared_fields) > 1 for row in rows):
            raise Refusal("It has neither names nor quotes. Print it as JSON.", PRINTED)
        return None
    words = [word for record in found.records for word in _words_of(record)]
    hidden = next((word for word in words if NO_VALUE_SHOWN.fullmatch(word)), "")
    if hidden:
        raise Refusal(f"{quoted(hidden)} is what its program shows instead of a value. Print it as JSON.", PRINTED)
    notes = printed.notes
    if may_be_code(text, style):
        if style is DUCKDB and not any(map(_is_no_code, words)):
            return None
        code = next((word for word in words if CALL.fullmatch(word)), "")
        if code:
            sentence = f"It has no quotes, so {quoted(code)} may be a text or the code of a program. Print it as JSON."
            raise Refusal(sentence, PRINTED)
        notes += _not_variables(word for word in words if word_value(0, word) is None)
    said = _within(schema, found, "as a program prints them")
    return replace(said, notes=(*found.notes, *notes), dialect=AS_PRINTED)


def _unread_call(schema: Schema, _target: str, text: str) -> Found | None:
    """Refuse a call whose records are not written in it."""
    if next(calls_of(schema.entity, text), None):
        nouns = schema.entity.nouns
        raise Refusal(f"Its {nouns} are variables or code, which only the program knows. Print them as JSON.", A_CALL)
    return None


def _is_no_code(word: str) -> bool:
    """Say whether a text without quotes is none that a program has, which are names, numbers and expressions."""
    return word == "NULL" or TWO_WORDS.search(word) is not None or ID_WITH_HYPHEN.fullmatch(word) is not None


def _not_variables(words: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence on texts that might be the names of variables, if there are some."""
    names = dict.fromkeys(quoted(word) for word in words if NAME.fullmatch(word))
    return (f"Taken for text, and not for variables: {', '.join(names)}.",) if names else ()


def _assigned(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a literal that a name is given, whose commas are no separators of cells."""
    without = unwrapped(text) if len(text) <= LONGEST_ASSIGNMENT and GIVEN.match(text) else None
    found = _literal(schema, target, without.text) if without else None
    return _within(schema, found, without.words) if without and found else None


def _call(schema: Schema, target: str, text: str) -> Found | None:
    literal = call_in(text)
    return _in_literal(schema, target, literal, "in a program") if literal else None


def _wrapped(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a code fence, after a prompt or an assignment, or in a text of a text."""
    words: list[str] = []
    while len(words) < MOST_WRAPPINGS and (without := _without_wrapping(text)):
        text, what = without
        words.append(what)
        found = first_found(INNER_READERS, schema, target, text)
        if found:
            return _within(schema, found, *words)
    return None


def _without(
    without: Unwrapped | None, readers: Iterable[tuple[str, Reader]], schema: Schema, target: str
) -> Found | None:
    """Return what readers find in a text without what was around it, and what was left out with that."""
    found = first_found(readers, schema, target, without.text) if without else None
    if without is None or found is None:
        return None
    found = replace(found, notes=(*without.notes, *found.notes))
    return _within(schema, found, without.words)


def _coloured(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a text with the codes of a terminal."""
    return _without(without_colours(text), (("JSON", _json), *READERS[1:]), schema, target)


def _in_session(schema: Schema, target: str, text: str) -> Found | None:
    """Return what a shell or a client has printed below what was typed there."""
    return _without(in_session(text), INNER_READERS, schema, target)


def _prefixed(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a quotation, a comment or a diff, each line behind a mark, as mail and tickets have it."""
    return _without(without_prefixes(text), (("JSON", _json), *READERS[2:]), schema, target)


def _fenced(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a code fence, whatever is written above and below it."""
    return _without(fenced(text), INNER_READERS, schema, target)


def _listed(schema: Schema, target: str, text: str) -> Found | None:
    """Return the rows with a separator that are the items of a list."""
    if not LIST_ITEM.match(text):
        return None
    lines = [line for line in text.split("\n") if line.strip()]
    if not all(LIST_ITEM.match(line) for line in lines):
        return None
    bare = "\n".join(LIST_ITEM.sub("", line, count=1) for line in lines)
    found = SEPARATED(schema, target, bare)
    return _within(schema, found, "in a list") if found else None


def _markup(_schema: Schema, _target: str, text: str) -> Found | None:
    if MARKUP.match(text):
        raise Refusal("Paste the records as JSON, CSV or a table's text instead.")
    return None


def _without_wrapping(text: str) -> tuple[str, str] | None:
    found = unwrapped(text)
    if found:
        return found.text, found.words
    # What begins with a bracket is no text in quotes, and was read already.
    literal = None if text.lstrip().startswith(("[", "{", "@(")) else read_literal(text)
    value = literal.node.value if literal and isinstance(literal.node, Scalar) else None
    return (value, "in quotes") if isinstance(value, str) and value.strip() else None


def _prose(schema: Schema, target: str, text: str) -> Found | None:
    literal = in_prose(text)
    return _in_literal(schema, target, literal, "among other text") if literal else None


def _in_paragraph(schema: Schema, target: str, text: str) -> Found | None:
    """Return the one table among the paragraphs of a text; raise Refusal if there are two."""
    paragraphs = PARAGRAPH_BREAK.split(text.strip("\r\n"), MOST_PARAGRAPHS)
    if not 1 < len(paragraphs) <= MOST_PARAGRAPHS:
        return None
    found: list[tuple[int, Found | Refusal]] = []
    for number, part in enumerate(paragraphs):
        try:
            table: Found | Refusal | None = first_found(IN_PARAGRAPHS, schema, target, part)
        except Refusal as refusal:
            table = refusal
        found += [(number, table)] if table else []
    if len(found) > 1:
        raise Refusal("It has more than one table among its words. Paste the one that you mean.")
    if not found:
        return None
    place, table = found[0]
    if isinstance(table, Refusal):
        raise table
    above, below = "\n".join(paragraphs[:place]), "\n".join(paragraphs[place + 1 :])
    around = notes_on_others(above.split("\n"), below.split("\n"))
    return _within(schema, replace(table, notes=(*around, *table.notes)), "among other text")


def _yaml(schema: Schema, target: str, text: str) -> Found | None:
    is_flow = text.lstrip().startswith(("[", "{"))
    # With names in quotes it is JSON that is not finished, or another language.
    root = None if is_flow and QUOTED_NAME.search(text) else read_yaml_nodes(text)
    found = records_in(schema, target, root) if root else None
    if found is None:
        return None
    bare = [word for record in found.records for word in _words_of(record)] if is_flow else []
    code = next((word for word in bare if CODE.search(word)), "")
    if code:
        raise Refusal(f"In YAML {quoted(code)} is a text, and in a program code. If it is a text, put it in quotes.")
    words = f"{schema.entity.counted(found.number)} of YAML"
    return replace(found, words=words, notes=(*found.notes, *_not_variables(bare)), dialect=YAML)


def _words_of(node: Node) -> Iterator[str]:
    """Yield the texts of a value that stand without quotes."""
    if isinstance(node, Object | Array):
        for each in node.items if isinstance(node, Array) else [member.value for member in node.members]:
            yield from _words_of(each)
    elif isinstance(node, Bare):
        yield str(node.value)


# What begins and ends where its lines do, however little else tells it from words.
IN_PARAGRAPHS: tuple[tuple[str, Reader], ...] = (
    ("records with a field on each line", found_in_table(read_vertical)),
    ("rows of names and values", found_in_table(read_pairs)),
    ("a table with aligned columns", found_in_table(read_aligned)),
    ("rows in SQL", found_in_table(read_script)),
)
# What is detected, and in which order: what a text is certainly, before what it may be as well.
READERS: tuple[tuple[str, Reader], ...] = (
    ("a text in colours", _coloured),
    ("a quotation, a comment or a diff", _prefixed),
    ("a code fence", _fenced),
    ("JSON Lines", _json_lines),
    ("an AWS CLI command", _command),
    ("a session", _in_session),
    ("records with a field on each line", found_in_table(read_vertical)),
    ("a table", found_in_table(read_ruled)),
    ("rows of INSERT statements", found_in_table(read_script)),
    ("rows of names and values", found_in_table(read_pairs)),
    ("an assignment", _assigned),
    ("a list of rows with a separator", _listed),
    ("rows with a separator", SEPARATED),
    ("rows of another type", _other_rows),
    ("nearly JSON", _literal),
    (PRINTED, _printed),
    ("a program", _call),
    ("a wrapped text", _wrapped),
    ("a table of HTML", found_in_table(read_html)),
    ("HTML or XML", _markup),
    ("YAML", _yaml),
    ("a table with aligned columns", found_in_table(read_aligned)),
    ("a table among other text", _in_paragraph),
    ("a value among other text", _prose),
    (A_CALL, _unread_call),
    ("rows without a heading", found_without_heading),
)
# What is not looked for within a wrapping.
OUTERMOST: tuple[Reader, ...] = (
    *(_coloured, _wrapped, _in_session, _in_paragraph, _prose),
    *(_unread_call, found_without_heading),
)
INNER_READERS: tuple[tuple[str, Reader], ...] = (
    ("JSON", _json),
    *((name, reader) for name, reader in READERS if reader not in OUTERMOST),
)
