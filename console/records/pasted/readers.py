"""The readers of pasted text: what is detected, and in which order."""

import re
from dataclasses import replace
from itertools import islice

from console.records.entities import ENTITIES, kebab_case
from console.records.json.nodes import Node, Scalar, quoted
from console.records.pasted.commands.command import Command
from console.records.pasted.commands.reading import read_command
from console.records.pasted.config_texts import read_ini, read_toml
from console.records.pasted.cut_json import read_cut_json
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.envelopes.finding import find_records, note_on_left_out
from console.records.pasted.envelopes.other_type import records_of_other_type, refuse_other_type
from console.records.pasted.envelopes.target import check_target
from console.records.pasted.headless_texts import read_headless
from console.records.pasted.json_texts import read_escaped_json, read_json_lines, read_json_text
from console.records.pasted.literals.parsing import read_literal
from console.records.pasted.paragraphs import read_paragraphs
from console.records.pasted.path_texts import PATHS, read_path_text
from console.records.pasted.php_texts import DUMPED, PRINT_R, XDEBUG, read_dumped, read_php, read_xdebug_text
from console.records.pasted.pretty_logs import read_pretty_log
from console.records.pasted.printed_texts import PRINTED, read_printed_in_log, read_printed_text
from console.records.pasted.program_texts import (
    A_CALL,
    read_assigned,
    read_call,
    read_literal_text,
    read_prose,
    refuse_unread_call,
)
from console.records.pasted.reader import (
    Reader,
    first_found,
    found_without,
    has_records,
    records_in,
    taken_for_target,
    within,
)
from console.records.pasted.row_functions import read_row_function
from console.records.pasted.row_texts import read_list, read_program_string, read_rows, refuse_other_rows
from console.records.pasted.search_requests import read_search_requests
from console.records.pasted.sql_texts import read_bound, read_documents, read_logged_rows, read_objects
from console.records.pasted.table_records import found_in_documents, found_in_table, found_without_heading
from console.records.pasted.tables.aligned import read_aligned
from console.records.pasted.tables.alternating import read_alternating
from console.records.pasted.tables.cells_on_lines import read_cells_on_lines
from console.records.pasted.tables.glimpses import read_glimpse
from console.records.pasted.tables.html_table import read_html
from console.records.pasted.tables.pairs import read_pairs
from console.records.pasted.tables.ruled import read_ruled
from console.records.pasted.tables.sql.bare_rows import read_bare_rows
from console.records.pasted.tables.sql.conditions import read_conditions
from console.records.pasted.tables.sql.words_around import read_script_among_words
from console.records.pasted.tables.vertical import read_vertical
from console.records.pasted.tracker_calls import read_tracker_calls
from console.records.pasted.unread import CUT_JSON, refuse_markup, refuse_unread, refuse_unread_literal
from console.records.pasted.wrappings.diffs import REMOVED_RECORDS, old_side
from console.records.pasted.wrappings.event_streams import without_event_fields
from console.records.pasted.wrappings.fences import fenced
from console.records.pasted.wrappings.lines import without_colours, without_numbers, without_prefixes
from console.records.pasted.wrappings.log_lines import without_log_prefixes
from console.records.pasted.wrappings.numbered_items import without_item_numbers
from console.records.pasted.wrappings.sessions import in_session
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE
from console.records.pasted.wrappings.unwrapping import unwrapped
from console.records.pasted.yaml.reading import read_yaml_nodes
from console.records.pasted.yaml.symbols import texts_of_lines
from console.records.pasted.yaml_texts import read_yaml
from console.records.schemas.schema import Schema

# How many wrappings there may be around each other: a code fence, in it a prompt, in it an assignment.
MOST_WRAPPINGS = 4
# No prompt stands behind another.
A_PROMPT = "after a prompt"
# Characters of all texts within wrappings together: a longer text is read without its outer wrapping alone.
MOST_UNWRAPPED = 200_000
MOST_TEXTS = 20
# The beginning of a text of several lines in YAML.
BLOCK_OF_TEXT = re.compile(r":[ \t]++[|>][-+0-9]{0,2}[ \t\r]*+(?:#[^\n]*+)?\n(?:[ \t\r]*+\n)*+[ ]")
IN_BRACKETS = re.compile(r"\s*+(?:[\[{]|@\(|\(\s*+[\[{]|\w++\s*+[\[{])")


def _command(schema: Schema, target: str, text: str) -> Found | None:
    command = read_command(schema.entity, text)
    if command is None:
        return None
    if command.output:
        return _output(schema, target, command)
    notes = tuple(f"{note}." for note in command.notes)
    sent = _sent(schema, target, command)
    if sent:
        return replace(sent, notes=(*notes, *sent.notes))
    if command.refusal:
        other = next((each for each in ENTITIES.values() if f" {kebab_case(each.operation)} " in f"{text} "), None)
        is_own = other is not None and other.is_type_of(schema.entity)
        raise Refusal(command.refusal, command.words, None if is_own else other)
    words = f"{schema.entity.counted(len(command.nodes))} of {command.words}"
    try:
        check_target(schema.entity, command.target, target, command.target_name)
    except Refusal as refusal:
        raise Refusal(str(refusal), words) from refusal
    taken = (taken_for_target(schema, command.target_variable),) if command.target_variable else ()
    return Found(words, tuple(command.nodes), (*taken, *notes))


def _sent(schema: Schema, target: str, command: Command) -> Found | None:
    """Return the records in what a command sends to another service; raise Refusal of those of another type."""
    if command.body is None:
        return None
    try:
        refuse_other_type(schema, records_of_other_type(schema, command.body))
        found = records_in(schema, target, command.body)
    except Refusal as refusal:
        raise Refusal(str(refusal), refusal.words or command.words, refusal.other) from refusal
    return within(schema, found, f"in {command.words}") if found else None


def _output(schema: Schema, target: str, command: Command) -> Found:
    """Return what is in the output of a command; raise Refusal if nothing is."""
    words = f"the output of {command.words}"
    try:
        found = first_found((("JSON", read_json_text), *READERS[1:]), schema, target, command.output)
    except Refusal as refusal:
        raise Refusal(str(refusal), words, refusal.other) from refusal
    sent = None if found else _sent(schema, target, command)
    if sent:
        return replace(sent, notes=(f"Left out below the command: {quoted(command.output.strip())}.", *sent.notes))
    if found is None:
        raise Refusal(f"{command.refusal} In its output below, no {schema.entity.nouns} were found.", command.words)
    note = f"Left out above the output: {quoted(' '.join(command.typed.split()))}."
    return within(schema, replace(found, notes=(note, *found.notes)), f"in {words}")


def _wrapped(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a code fence, after a prompt or an assignment, or in a text of a text."""
    words: list[str] = []
    length = 0
    while len(words) < MOST_WRAPPINGS and length < MOST_UNWRAPPED and (without := _without_wrapping(text)):
        text, what = without
        if words and words[-1] == what == A_PROMPT:
            return None
        length += len(text)
        words.append(what)
        found = first_found(INNER_READERS, schema, target, text)
        if found:
            return within(schema, found, *words)
    return None


def _coloured(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a text with the codes of a terminal."""
    return found_without(without_colours(text), (("JSON", read_json_text), *READERS[1:]), schema, target)


def _in_session(schema: Schema, target: str, text: str) -> Found | None:
    """Return what a shell or a client has printed below what was typed there."""
    readers = (*INNER_READERS, ("a wrapped text", _wrapped), ("rows without a heading", found_without_heading))
    return found_without(in_session(text), readers, schema, target)


def _prefixed(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a quotation, a comment or a diff, each line behind a mark, as mail and tickets have it."""
    readers = (("JSON", read_json_text), *READERS[2:])
    found = found_without(without_prefixes(text), readers, schema, target)
    removed = None if found else old_side(text[:LONGEST_PROSE])
    if removed and has_records(readers, schema, target, removed[0]):
        raise Refusal(REMOVED_RECORDS.format(schema.entity.nouns, removed[1]), "lines of a diff")
    return found


def _numbered(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is behind the numbers of its lines; rows without a heading may begin with ids that are numbers."""
    return found_without(without_numbers(text), BARE_READERS, schema, target)


def _expanded(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a list that a console or a debugger has expanded."""
    return found_without(without_item_numbers(text), INNER_READERS, schema, target)


def _logged(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a log, each line behind its moment, level or source."""
    return found_without(without_log_prefixes(text), BARE_READERS, schema, target)


def _streamed(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a stream of events, each behind the name of its field."""
    return found_without(without_event_fields(text), INNER_READERS, schema, target)


def _fenced(schema: Schema, target: str, text: str) -> Found | None:
    """Return what is in a code fence, whatever is written above and below it."""
    return found_without(fenced(text), INNER_READERS, schema, target)


def _without_wrapping(text: str) -> tuple[str, str] | None:
    found = unwrapped(text)
    if found:
        return found.text, found.words
    # Text that begins with a bracket, or a name before one, is not quoted text, and has been tried already.
    literal = None if IN_BRACKETS.match(text) else read_literal(text)
    value = literal.node.value if literal and isinstance(literal.node, Scalar) else None
    return (value, "in quotes") if isinstance(value, str) and value.strip() else None


def _file_in_yaml(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of the one text of several lines in YAML, as settings have files."""
    root = read_yaml_nodes(text) if BLOCK_OF_TEXT.search(text) else None
    if root and find_records(schema, target, root):
        # The texts are values of its own records, such as their properties.
        return None
    return found_in_texts(schema, target, root, "in a text of YAML") if root else None


def found_in_texts(schema: Schema, target: str, root: Node, words: str) -> Found | None:
    """Return the records of the one text of several lines within a value; raise Refusal if two have some."""
    found: list[Found] = []
    for text, beside in islice(texts_of_lines(root), MOST_TEXTS):
        each = first_found(INNER_READERS, schema, target, text) if len(text) <= MOST_UNWRAPPED else None
        if each:
            found.append(replace(each, notes=(*note_on_left_out(beside), *each.notes)))
    if len(found) > 1:
        raise Refusal("It has records in more than one of its texts. Paste the one that you mean.")
    return within(schema, found[0], words) if found else None


# Formats in the order of detection: unambiguous ones first.
READERS: tuple[tuple[str, Reader], ...] = (
    ("a text in colours", _coloured),
    ("a quotation, a comment or a diff", _prefixed),
    ("numbered lines", _numbered),
    ("a code fence", _fenced),
    ("JSON Lines", read_json_lines),
    ("JSON with escapes of a database client", read_escaped_json),
    ("an AWS CLI command", _command),
    ("requests to Elasticsearch", read_search_requests),
    ("a session", _in_session),
    ("a stream of events", _streamed),
    ("a file in YAML", _file_in_yaml),
    (PRINT_R, read_php),
    (XDEBUG, read_xdebug_text),
    (PATHS, read_path_text),
    ("columns on a line each", found_in_table(read_glimpse)),
    ("rows in a list", read_list),
    ("records with a field on each line", found_in_table(read_vertical)),
    ("cells on a line each", found_in_table(read_cells_on_lines)),
    ("names and values in turn", found_in_table(read_alternating)),
    ("a table", found_in_table(read_ruled)),
    ("documents in SQL", read_documents),
    ("objects in SQL", read_objects),
    ("an INSERT statement with placeholders", read_bound),
    ("rows in SQL", found_in_table(read_script_among_words)),
    ("rows in SQL in a log", read_logged_rows),
    ("rows of literals of SQL", found_in_table(read_bare_rows)),
    ("rows as conditions of SQL", found_in_table(read_conditions)),
    ("rows of names and values", found_in_table(read_pairs)),
    ("a list in a console", _expanded),
    ("entries of a log", read_pretty_log),
    ("lines of a log", _logged),
    ("an assignment", read_assigned),
    ("rows in a program", read_program_string),
    ("rows of tribble", read_row_function),
    ("rows with a separator", read_rows),
    ("rows of another type", refuse_other_rows),
    ("JSON in rows with a separator", found_in_documents),
    ("TOML", read_toml),
    ("INI", read_ini),
    (DUMPED, read_dumped),
    ("nearly JSON", read_literal_text),
    (CUT_JSON, read_cut_json),
    (PRINTED, read_printed_text),
    ("calls of a tracker", read_tracker_calls),
    ("a program", read_call),
    ("a wrapped text", _wrapped),
    ("a table of HTML", found_in_table(read_html)),
    ("HTML or XML", refuse_markup),
    ("YAML", read_yaml),
    ("a table with aligned columns", found_in_table(read_aligned)),
    ("a table among other text", read_paragraphs),
    ("a value among other text", read_prose),
    ("what a program prints in a log", read_printed_in_log),
    (A_CALL, refuse_unread_call),
    ("rows without a heading", read_headless),
    ("a text of a known kind", refuse_unread),
    ("values of a program", refuse_unread_literal),
)
# Formats not searched for within a wrapping.
OUTERMOST: tuple[Reader, ...] = (
    *(_coloured, _numbered, _logged, _expanded, _wrapped, _in_session, read_paragraphs, read_prose),
    *(refuse_unread_call, read_headless, refuse_unread, refuse_unread_literal),
)
INNER_READERS: tuple[tuple[str, Reader], ...] = (
    ("JSON", read_json_text),
    *((name, reader) for name, reader in READERS if reader not in OUTERMOST),
)
# Formats searched for after a prefix of every line.
BARE_READERS = tuple((name, reader) for name, reader in INNER_READERS if reader not in (_prefixed, _fenced))
