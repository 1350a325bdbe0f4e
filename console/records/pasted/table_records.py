"""The records of tables, by their headings."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from console.records.json.nodes import Bare, Member, Object, Scalar, quoted
from console.records.json.reading import Reading, read_json
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.envelopes.finding import BEFORE_LEFT_OUT, find_records
from console.records.pasted.envelopes.flattening import flat
from console.records.pasted.tables.cells import UNESCAPED, unescaped
from console.records.pasted.tables.headings import IN_ORDER, has_json, matched_columns
from console.records.pasted.tables.separated import read_with_documents, read_without_heading
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.tables.table import LEFT_OUT_BY_PROGRAM, MAY_BE_ESCAPED, Table, is_left_out, with_columns
from console.records.pasted.wrappings.log_lines import shape_of
from console.records.schemas.schema import Schema

WORD = re.compile(r"[A-Za-z_][A-Za-z_ -]*")
# Words, code, and names with their values have commas as well; grep puts a place before each line.
NO_ID = re.compile(r"[\s(){}\[\]<>=;]|\A(?:[0-9]{1,6}:|[\w.~/-]+\.[A-Za-z]\w{1,5}:)")
OF_POSTGRESQL = re.compile(r'\{"\{.*\}"\}\Z', re.DOTALL)
# The words of a log.
BEFORE_OBJECT = re.compile(r"\A(?=[^{\[\"]*\w)[^{\[\"]{1,200}[\s:=](?=[\[{])")
TITLE_ENDS = re.compile(r"[\t,;|]")
# In the words of what was found.
AS_JSON_IN = "as JSON in "
NAMES_OF_ID = ("id", "_id")
NO_NAMES = "What stands beside the JSON is left out: the rows have no heading that names it."
NO_HEADING = "These are rows without a heading. Put the names of the fields in the first line."


def found_in_table(read: Callable[[Schema, str], Table | None]) -> Callable[[Schema, str, str], Found | None]:
    """Return the reader of records in a kind of table, as the list of readers has it."""

    def reader(schema: Schema, _target: str, text: str) -> Found | None:
        table = read(schema, text.replace("\r\n", "\n"))
        if table is None or table.heading == [] or not table.rows:
            return None
        if table.heading is not None:
            return _found(schema, table, table.heading)
        return _documents(schema, table, [""] * len(table.rows[0][1])) or _in_order(schema, table)

    return reader


def found_without_heading(schema: Schema, _target: str, text: str) -> Found | None:
    """Return rows without a heading by the schema's order, if they have as many cells as it has fields."""
    table = read_without_heading(schema, text.replace("\r\n", "\n"))
    if table is None:
        return None
    first = [str(cell.value).strip() for cell in table.rows[0][1]]
    if len(table.rows) > 1 and len(first) > 2 and all(map(WORD.fullmatch, first)) and not _are_words(table.rows[1][1]):
        # With fewer columns, words with a comma among them are as well.
        names = ", ".join(field.name for field in schema.declared_fields)
        raise Refusal(f"Its first line names no fields of the schema. Write {names} there.", table.words)
    ids = [place for place, field in enumerate(schema.declared_fields) if field.name.endswith("_ID")]
    if not all(_may_be_id(row[place]) for _line, row in table.rows for place in ids if place < len(row)):
        return None
    return _in_order(schema, table)


def _in_order(schema: Schema, table: Table) -> Found:
    """Return rows without a heading by the schema's order; raise Refusal if they have not as many cells."""
    names = [field.name for field in schema.declared_fields]
    if any(len(row) != len(names) for _line, row in table.rows):
        raise Refusal(f"{NO_HEADING} Each row of them needs a cell for each name.", table.words)
    first = [str(cell.value).strip() for cell in table.rows[0][1]]
    if len(table.rows) > 1 and all(WORD.fullmatch(cell) for cell in first) and not _are_words(table.rows[1][1]):
        raise Refusal(f"Its first line names no fields of the schema. Write {', '.join(names)} there.", table.words)
    found = _found(schema, table, names)
    return replace(found, notes=(NO_HEADING, IN_ORDER.format(", ".join(names)), *found.notes))


def _may_be_id(cell: Scalar) -> bool:
    """Return whether a cell can be an id where no heading says that it is one."""
    return not isinstance(cell, Bare) or not NO_ID.search(str(cell.value).strip())


def _are_words(row: Sequence[Scalar]) -> bool:
    return all(WORD.fullmatch(str(cell.value).strip()) for cell in row)


def _found(schema: Schema, table: Table, heading: Sequence[str]) -> Found:
    if len(table.rows) > schema.entity.most_per_call:
        if any(is_left_out([cell.value for cell in row]) for _line, row in table.rows):
            raise Refusal(LEFT_OUT_BY_PROGRAM, table.words)
        # Beyond the number of records that can be sent, rows are only counted.
        return Found(f"{len(table.rows)} {table.words}", (), count=len(table.rows))
    documents = _documents(schema, table, heading)
    if documents:
        return documents
    columns = with_columns(schema, table, heading)
    records = columns.records
    words = table.words if len(records) > 1 else table.words.replace("rows", "row", 1).replace("records", "record", 1)
    notes = (*columns.notes, *_missing_fields(schema, records))
    return Found(f"{len(records)} {words}", records, notes, columns.dialect)


def found_in_documents(schema: Schema, _target: str, text: str) -> Found | None:
    """Return the records that a column of rows with a separator has as JSON, whatever its heading names, or None."""
    text = text.replace("\r\n", "\n").strip("\n")
    title, _break, rest = text.partition("\n")
    # A title has none of what separates the columns below it.
    texts = (text, rest) if rest and not TITLE_ENDS.search(title) else (text,)
    for each in texts:
        table = read_with_documents(each)
        found = _documents(schema, table, table.heading) if table and table.heading else None
        if found:
            return found if each is text else replace(found, notes=(*notes_on_others([title], ()), *found.notes))
    return None


def _documents(schema: Schema, table: Table, heading: Sequence[str]) -> Found | None:
    """Return the records that one column has as JSON, with the fields that other columns of their row are.

    A heading that has JSON itself is the first of rows without one.
    """
    if has_json([BEFORE_OBJECT.sub("", name, count=1) for name in heading]):
        first = (1, [Bare(0, name) for name in heading])
        table, heading = replace(table, rows=[first, *table.rows]), [""] * len(heading)
    table = _without_words(table)
    places = [place for place, name in enumerate(heading) if not schema.field(name) and _is_json(table, place)]
    if len(places) != 1 or any(len(row) != len(heading) for _line, row in table.rows):
        return None
    names, said = _with_id_beside(schema, table, places[0], matched_columns(schema, heading)[0])
    records: list[Object] = []
    for _line, row in table.rows:
        root = _reading(row[places[0]]).root
        found = find_records(schema, "", root) if root else None
        beside = [Member(0, name, cell) for name, cell in zip(names, row, strict=True) if schema.field(name)]
        inner = [each for each in found.records if isinstance(each, Object)] if found else []
        if not inner and beside and isinstance(root, Object):
            inner = [root]
        if not inner or len(inner) < len(found.records if found else inner):
            return None
        for each in inner:
            own = {schema.field(member.key) for member in each.members}
            others = [member for member in beside if schema.field(member.key) not in own]
            records.append(Object(each.start, [*others, *each.members]))
    notes = (*said, *_notes_on_others(schema, [name for place, name in enumerate(names) if place != places[0]]))
    if any(_is_escaped_again(str(row[places[0]].value).strip()) for _line, row in table.rows):
        notes = (UNESCAPED, *notes)
    count = len(records) if len(records) > schema.entity.most_per_call else None
    words = f"{schema.entity.counted(len(records))} {AS_JSON_IN}{table.words}"
    return Found(
        words, tuple(records), (*(each for each in table.notes if each != MAY_BE_ESCAPED), *notes), count=count
    )


def _with_id_beside(schema: Schema, table: Table, place: int, names: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the names of columns with the id's own in the place of `id`, where neither they nor the JSON have it."""
    ids = [name for name in names if name.lower() in NAMES_OF_ID]
    id_field = schema.id_field.name
    if len(ids) != 1 or id_field in names or schema.entity.is_event:
        return names, ()
    root = _reading(table.rows[0][1][place]).root
    own = [each.key for each in root.members] if isinstance(root, Object) else []
    if not own or id_field in matched_columns(schema, own)[0] or any(each.lower() in NAMES_OF_ID for each in own):
        return names, ()
    return [id_field if name == ids[0] else name for name in names], (f"{ids[0]} is taken for {id_field}.",)


def _without_words(table: Table) -> Table:
    """Return a table without the words of one shape that stand before an object in each cell of a column."""
    width = min((len(row) for _line, row in table.rows), default=0)
    first = replace(table, rows=[(line, [_behind_words(cell) for cell in row]) for line, row in table.rows[:1]])
    for place in range(width):
        # Most columns are none, which their first cell tells.
        if not _is_json(first, place):
            continue
        found = [BEFORE_OBJECT.match(str(row[place].value)) for _line, row in table.rows]
        words = [each[0] for each in found if each]
        if len(words) < len(found) or len({shape_of(each.strip()) for each in words}) > 1:
            continue
        rows = [
            (line, [*row[:place], Scalar(0, str(row[place].value)[len(each) :]), *row[place + 1 :]])
            for (line, row), each in zip(table.rows, words, strict=True)
        ]
        if _is_json(replace(table, rows=rows), place):
            return replace(
                table, rows=rows, notes=(*table.notes, BEFORE_LEFT_OUT.format(quoted(" ".join(words[0].split()))))
            )
    return table


def _behind_words(cell: Scalar) -> Scalar:
    return Scalar(0, BEFORE_OBJECT.sub("", str(cell.value), count=1))


def _notes_on_others(schema: Schema, names: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence on the columns beside JSON that are left out."""
    left_out = [name for name in names if not schema.field(name)]
    if not any(left_out):
        return (NO_NAMES,) if left_out else ()
    return (f"Left out beside the JSON: {', '.join(left_out)}.",)


def _is_json(table: Table, place: int) -> bool:
    """Return whether a column has an object or an array in each row."""
    cells = [row[place] for _line, row in table.rows if place < len(row)]
    readings = [_reading(cell) for cell in cells if str(cell.value).lstrip()[:1] in ("[", "{")]
    return len(readings) == len(table.rows) and all(each.root is not None and not each.faults for each in readings)


def _reading(cell: Scalar) -> Reading:
    """Return the reading of a cell as JSON, whose escapes a database client may have escaped again."""
    text = str(cell.value).strip()
    if OF_POSTGRESQL.match(text):
        # An array of texts has braces.
        return read_json(f"[{text[1:-1]}]")
    return read_json(str(unescaped(Bare(0, text)).value)) if _is_escaped_again(text) else read_json(text)


def _is_escaped_again(text: str) -> bool:
    return "\\\\" in text and not OF_POSTGRESQL.match(text) and bool(read_json(text).faults)


def _missing_fields(schema: Schema, records: Sequence[Object]) -> tuple[str, ...]:
    """Return a sentence on the fields that the schema requires and that a heading does not have."""
    named = {schema.field(member.key) for each in records[:1] for member in flat(schema, each).record.members}
    missing = [field.name for field in schema.fields if not field.nullable and field not in named]
    if not missing:
        return ()
    return (f"The heading has no {', '.join(missing)}: add the values that are missing afterwards.",)
