"""Records with a field on each line: of psql's \\x, MariaDB's \\G, sqlite, PowerShell's Format-List, Miller's xtab."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.cells import rows_between
from console.records.pasted.tables.env_files import without_comments
from console.records.pasted.tables.headings import field_named, matched_columns, names_fields
from console.records.pasted.tables.surroundings import is_count, notes_on_others
from console.records.pasted.tables.table import Table, TableError
from console.records.pasted.tables.uneven import Block, filled_rows, names_of_all, uneven_line
from console.records.pasted.values.dialect import PLAIN, Dialect
from console.records.schemas.schema import Schema

# psql's with borders 0, 1 and 2, pgcli's and mycli's, Spark's, and those of Cassandra's cqlsh.
RECORD_WITH_BARS = re.compile(
    r"(?:[+\u250c\u251c]?[-\u2500]\[ RECORD \d+ \][-+\u2500\u252c\u253c\u2510\u2524]*+"
    r"|\*+\[ \d+\. row \]\*+|-RECORD \d+-+|@ Row \d+)\s*"
)
RECORD_WITHOUT_BORDERS = re.compile(r"\* Record \d+\s*")
RECORD_OF_MYSQL = re.compile(r"\*+ \d+\. row \*+\s*")
RECORD_OF_CLICKHOUSE = re.compile(r"Row \d+:\s*")
FIELD_WITH_BARS = re.compile(r"(?P<edge>[|\u2502] )?\s*+(?P<name>[^|\u2502]+)[|\u2502] ?(?P<value>.*)")
FIELD_WITHOUT_BORDERS = re.compile(r"(?P<name>\S++)(?: +(?P<value>.*))?")
FIELD_OF_MYSQL = re.compile(r" *(?P<name>[^:]+): ?(?P<value>.*)")
FIELD_OF_CLICKHOUSE = re.compile(r"(?P<name>[^:]+): *(?P<value>.*)")
FIELD_OF_SQLITE = re.compile(r" *(?P<name>[\w.-]+) =(?!>) ?(?P<value>.*)")
# Variables of a shell or an environment file, in capitals; a dollar refers to another variable.
FIELD_OF_SHELL = re.compile(
    r"(?:export |declare -x |set |SET )?(?P<name>[A-Z][A-Z0-9_]*)="
    r"(?P<value>'[^'\n]*'|(?:(?!,[ ]*[A-Z_][A-Z0-9_]*=)[^$`'\n])*)"
)
# Format-List puts a space before the colon; YAML does not.
FIELD_OF_POWERSHELL = re.compile(r"(?P<name>[\w.-]+) +:(?: (?P<value>.*))?")
FIELD_WITH_ARROW = re.compile(r"[ \t]*(?P<name>[\w.-]+) *(?:[-=]>|:=|[\u2192\u21d2]) *(?P<value>.*)")
FIELD_OF_MILLER = re.compile(
    r"(?P<name>[\w.-]+) ++(?![:=|](?: |$)|[-=]>|:=|[\u2192\u21d2])(?P<value>.*)|(?P<alone>[\w.-]+)"
)
FIELD_BEFORE_BAR = re.compile(r"(?P<name>[^|\"]+)\|(?P<value>.*)")
# A single record of this form is YAML; quotes belong to a program.
FIELD_BEFORE_COLON = re.compile(r"(?P<name>[\w.-]+(?: [\w.-]+){0,3}):(?: ++(?P<value>(?![\"'\[{|>]).*))?")
# Fields as notes and chats list them, in bold or below a number.
FIELD_OF_LIST = re.compile(
    r"[ \t]*(?:(?:[-*\u2022]|[0-9]{1,3}[.)])[ \t]+)?(?P<mark>\*\*|__|\*|)(?P<name>\w[\w.-]*(?: [\w.-]+){0,3})"
    r"(?::(?P=mark)|(?P=mark)[ ]?:)(?:[ \t]+(?P<value>.*))?"
)
# Forms with a mark between a name and its value, which may end with a colon as a caption does.
MARKED_FIELDS = (FIELD_OF_SQLITE, FIELD_OF_POWERSHELL, FIELD_WITH_ARROW, FIELD_BEFORE_BAR, FIELD_BEFORE_COLON)
# A YAML list of single fields is improbable. One asterisk is strong emphasis in chats and in Jira.
LIST_OF_FIELDS = re.compile(
    r"\s*(?:(?:[-*\u2022][ \t]+)?(?:[0-9]{1,3}[.)][ \t]|\*\*|__|\*\w[\w. -]{0,100}(?:\*[ ]?:|:\*))|[*\u2022][ \t]"
    r"|(?:-[ \t]++[^\s:-][^\n:]*+:[^\n]*+\s*+)++\Z)"
)
# The last line of one row of a data frame.
OF_SERIES = re.compile(r"Name: .*, dtype: .*")
# Below or between the fields of a record.
RULE = re.compile(r"[-+\u2500-\u257f]+")
# Between records, without a name: xsv, and people.
BETWEEN_RECORDS = re.compile(r"#|[-=*_\u2500-\u257f]{3,}")
# The number of a record in the line above it, with no name of a field before it.
NUMBERED = re.compile(r"\W*+(?P<words>(?:[A-Za-z][A-Za-z_]*+ ?+)*+)[:#.\[( ]*+(?<![\w.-])[0-9]{1,9}\W*+")
NUMBER = re.compile(r"[0-9]{1,9}")
# Prefixes that pages and chats put before a line, and invisible characters.
ZERO_WIDTH = "\u200b\u2060\ufeff"
# Separators of a spreadsheet, and of psql's CSV.
SEPARATORS = ("\t", ",", ";")
MOST_FIELDS = 1000
OTHER_FIELDS = "The record at line {} has other fields than the others, or one of them twice."
WORDS = "records with a name and a value on each line"


def read_vertical(schema: Schema, text: str, *, is_in_mail: bool = False) -> Table | None:
    """Return the table of a text that has a field on each line, or None; raise TableError.

    One record with colons is YAML, but in a mail (`is_in_mail`), where other lines have colons as well.
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    for is_record, field, words, dialect in (
        (RECORD_WITH_BARS, FIELD_WITH_BARS, "records of psql", PLAIN),
        (RECORD_WITHOUT_BORDERS, FIELD_WITHOUT_BORDERS, "records of psql", PLAIN),
        (RECORD_OF_MYSQL, FIELD_OF_MYSQL, "records of MySQL or MariaDB", Dialect(frozenset(("NULL",)))),
        (RECORD_OF_CLICKHOUSE, FIELD_OF_CLICKHOUSE, "records of ClickHouse", PLAIN),
    ):
        starts = [number for number, line in enumerate(lines) if is_record.fullmatch(line.lstrip(ZERO_WIDTH))]
        if starts:
            blocks, below = _marked(lines, starts, field)
            _check_same_names(blocks)
            return _table(schema, words, blocks, dialect, notes_on_others(lines[: starts[0]], below))
    lines = _without_numbered_titles(schema, lines)
    if "".join(islice((line.strip() for line in lines if line.strip()), 1))[:1] in ("[", "{"):
        return None
    lines, captions = _without_caption(schema, lines)
    variables, comments = without_comments(lines)
    for field, words in (
        (FIELD_OF_SQLITE, "records of sqlite"),
        (FIELD_OF_SHELL, "records of variables of a shell"),
        (FIELD_OF_POWERSHELL, "records of PowerShell"),
        (FIELD_WITH_ARROW, WORDS),
        (FIELD_OF_MILLER, "records of Miller"),
        (FIELD_BEFORE_BAR, WORDS),
        (FIELD_BEFORE_COLON, WORDS),
        *([(FIELD_OF_LIST, WORDS)] if LIST_OF_FIELDS.match(text) else []),
    ):
        is_of_shell = field is FIELD_OF_SHELL
        blocks = _blocks(schema, variables if is_of_shell else lines, field)
        if field is FIELD_BEFORE_COLON and len(blocks) < 2 and not is_in_mail:
            continue
        named = [[name for name, _value in fields] for _line, fields in blocks]
        if (
            named
            and _are_fields(schema, named[0])
            and all(_are_fields(schema, names) or set(names) < set(named[0]) for names in named)
        ):
            notes = (*notes_on_others(captions, ()), *(comments if is_of_shell else ()))
            return _table(schema, words, blocks, PLAIN, notes)
    return _separated(schema, text) or _separated_below_heading(schema, text)


def _without_numbered_titles(schema: Schema, lines: list[str]) -> list[str]:
    """Return lines with blank ones for those that only count the records, as `item: 0` does, from the first on."""
    title = NUMBERED.fullmatch(next((line.strip() for line in lines if line.strip()), ""))
    if title is None or _is_id(schema, title["words"].strip(), lines):
        return lines
    kind = NUMBER.sub("#", title[0])
    titles = [number for number, line in enumerate(lines) if NUMBER.sub("#", line.strip()) == kind]
    counts = [int(NUMBER.findall(lines[number])[-1]) for number in titles]
    if len(titles) < 2 or counts != list(range(counts[0], counts[0] + len(counts))):
        return lines
    if any(later - one < 2 for one, later in pairwise(titles)):
        return lines
    counted = set(titles)
    return ["" if number in counted else line for number, line in enumerate(lines)]


def _is_id(schema: Schema, name: str, lines: list[str]) -> bool:
    """Return whether a name is that of a field, or another name of one that no line begins with."""
    own = schema.field(matched_columns(schema, [name])[0][0])
    if own is None or field_named(schema, name):
        return own is not None
    return not any(line.strip().startswith(own.name) for line in lines)


def _without_caption(schema: Schema, lines: list[str]) -> tuple[list[str], list[str]]:
    """Return lines with a blank one for a first one that ends with a colon, is no field and comes once; and that."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    caption = lines[first].strip()
    is_field = any(
        field_named(schema, match["name"].strip()) for each in MARKED_FIELDS if (match := each.fullmatch(caption))
    )
    is_caption = caption.endswith(":") and not is_field and lines.count(lines[first]) == 1
    return (["" if line == lines[first] else line for line in lines], [caption]) if is_caption else (lines, [])


def _separated(schema: Schema, text: str) -> Table | None:
    """Return records whose fields stand on lines behind a name and a separator: beside one another, or below."""
    is_long = text.count("\n") > MOST_FIELDS and '"' not in text
    for separator in SEPARATORS:
        first, found, rest = text.partition(separator)
        if not found or not schema.field(first.strip(' "\n')):
            continue
        line, _end, below = rest.partition("\n")
        if is_long and (separator in line or below.startswith(f"{first.lstrip()}{separator}")):
            # Beside one another, records have a line for each field, and below one another more fields than one.
            continue
        try:
            rows = rows_between(text, separator)
        except TableError:
            continue
        names = [str(row[0].value).strip() for _line, row in rows]
        widths = {len(row) for _line, row in rows}
        if len(widths) > 1 or widths == {1}:
            continue
        each = names.index(names[0], 1) if names[0] in names[1:] else len(names)
        if not _are_fields(schema, names[:each]) or (each < len(names) and widths != {2}):
            continue
        if each == len(names):
            columns = zip(*(row[1:] for _line, row in rows), strict=True)
            return Table(WORDS, names, [(rows[0][0], column) for column in columns])
        blocks = [
            (part[0][0], [(str(row[0].value).strip(), row[1]) for _line, row in part])
            for part in (rows[start : start + each] for start in range(0, len(rows), each))
        ]
        return _table(schema, WORDS, blocks, PLAIN)
    return None


def _separated_below_heading(schema: Schema, text: str) -> Table | None:
    """Return records beside one another below a line such as `field,first,second`, which is left out with a note."""
    heading, _end, rest = text.lstrip().partition("\n")
    separator = next((each for each in SEPARATORS if each in heading), None)
    second = rest.partition("\n")[0]
    is_long = text.count("\n") > MOST_FIELDS
    if is_long or separator is None or second.count(separator) != heading.count(separator):
        return None
    table = _separated(schema, "\n" + rest)
    is_turned = table is not None and schema.id_field.name in matched_columns(schema, table.heading or ())[0]
    return replace(table, notes=(*notes_on_others([heading], ()), *table.notes)) if table and is_turned else None


def _are_fields(schema: Schema, names: Sequence[str]) -> bool:
    """Return whether most of the names at the beginnings of lines are fields: nearly any line begins with a word."""
    known = {field.name for name in names if (field := field_named(schema, name))}
    return 3 * len(known) >= 2 * len(names) > 2 and names_fields(schema, names)


def _marked(lines: Sequence[str], starts: Sequence[int], field: re.Pattern[str]) -> tuple[list[Block], Sequence[str]]:
    """Return the fields of each record below a line of its own, and the lines below a blank one at the end."""
    blocks: list[Block] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        fields: list[tuple[str, Scalar]] = []
        blocks.append((start + 1, fields))
        for number in range(start + 1, end):
            line = lines[number]
            if not line.strip() or RULE.fullmatch(line.strip()) or is_count(line):
                continue
            match = field.fullmatch(line)
            if match:
                fields.append((match["name"].strip(), Bare(0, _value_of(match))))
            elif end == len(lines) and not lines[number - 1].strip():
                return blocks, lines[number:]
            else:
                raise TableError(f"Line {number + 1}: expected a field and its value; found “{line[:40]}”.")
    return blocks, ()


def _value_of(match: re.Match[str]) -> str:
    """Return a value without the border behind it."""
    value = (match["value"] or "").rstrip()
    return value[:-1].rstrip() if match.groupdict().get("edge") and value[-1:] in ("|", "\u2502") else value


def _blocks(schema: Schema, lines: Sequence[str], field: re.Pattern[str]) -> list[Block]:
    """Return the fields of each record, to a blank line or its first name again; none of lines that are no fields."""
    blocks: list[Block] = []
    is_new = True
    for number, line in enumerate(lines):
        if not line.strip() or OF_SERIES.fullmatch(line) or BETWEEN_RECORDS.fullmatch(line.strip()):
            is_new = True
            continue
        match = field.fullmatch(line)
        if match is None:
            return []
        found = match.groupdict()
        name = (found.get("alone") or found["name"]).strip()
        if is_new or name == blocks[-1][1][0][0]:
            if len(blocks) == 1 and not _are_fields(schema, [each for each, _value in blocks[0][1]]):
                return []
            blocks.append((number + 1, []))
        blocks[-1][1].append((name, Bare(0, (found["value"] or "").strip())))
        is_new = False
    return blocks


def _check_same_names(blocks: Sequence[Block]) -> None:
    """Raise TableError if a record has not all fields that others have, as a database writes them."""
    heading = names_of_all(blocks)
    line = next((line for line, fields in blocks if len(fields) < len(heading)), None)
    if line is not None:
        raise TableError(OTHER_FIELDS.format(line))


def _table(
    schema: Schema, words: str, blocks: Sequence[Block], dialect: Dialect, notes: tuple[str, ...] = ()
) -> Table:
    line = uneven_line(schema, blocks)
    if line is not None:
        raise TableError(OTHER_FIELDS.format(line))
    heading, rows, others = filled_rows(blocks)
    return Table(words, heading, rows, dialect, (*notes, *others))
