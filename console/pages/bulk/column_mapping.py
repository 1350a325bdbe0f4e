"""Map columns: the field of each column, and questions about what the file leaves open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.bulk.models import Import
from console.bulk.uploading.looks import choices_of_data, look_of_data
from console.records.files.added_columns import LONGEST_VALUE
from console.records.files.checking.table_checks import problem_of_columns
from console.records.files.dates import SLASHES, DateOrder, order_of
from console.records.files.readers.separated import SEPARATORS
from console.records.files.readers.text import WORDS
from console.records.files.source import Cell, Choices, FileKind, FileLook
from console.records.property_names import property_name
from console.records.schemas.schema import Schema, read_entity_schema

MOST_EXAMPLES = 3
COLUMN, ORDER = "column-", "date-order-"
WHAT = {"encoding": "Encoding", "separator": "Separator", "sheet": "Sheet"}
OPTIONS = {"encoding": WORDS, "separator": SEPARATORS}


@dataclass(frozen=True, slots=True)
class Choice:
    """A select: its field's name, its label, a sentence, and its options by value, one of them selected."""

    name: str
    label: str
    sentence: str
    options: Mapping[str, str]
    chosen: str


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file: its number from 1, its heading, sample values, and its field, if any.

    `order` asks for the order of its dates if these do not show which part is the month.
    """

    number: int
    heading: str
    examples: tuple[str, ...]
    field: str | None
    order: Choice | None = None

    @property
    def select(self) -> str:
        """The name of its select in the form."""
        return f"{COLUMN}{self.number}"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The mapping of a file's columns, for display."""

    look: FileLook
    questions: Sequence[Choice]
    columns: Sequence[FileColumn]
    fields: Sequence[tuple[str, str]]
    problem: str
    # Fields that no column is mapped to, and whether they are required: one can be given one value in all rows.
    free_fields: Sequence[tuple[str, str]] = ()
    # The field and the value of an added column that was not accepted.
    added_field: str = ""
    added_value: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)


def column_mapping(bulk_import: Import, columns: Sequence[str | None], orders: Mapping[str, str]) -> ColumnMapping:
    """Return the mapping of an import's columns to schema fields, with the orders of dates by field."""
    schema = read_entity_schema(bulk_import.entity, bulk_import.schema_text)
    look = look_of_data(bulk_import.look)
    fields = [(field.name, "" if field.nullable else " (required)") for field in schema.fields]
    free = free_fields(look, schema, columns)
    return ColumnMapping(
        look,
        [
            _question(look, question.choice, question.options, question.assumed, question.sentence)
            for question in look.questions
        ],
        [_column(look, index, name, orders) for index, name in enumerate(columns)],
        fields,
        problem_of_columns(schema, columns),
        # Required fields first: one of them is missing.
        sorted((field for field in fields if field[0] in free), key=lambda field: not field[1]),
    )


def _question(look: FileLook, choice: str, options: Sequence[str], assumed: str, sentence: str) -> Choice:
    known = OPTIONS.get(choice, {})
    chosen: str = getattr(look, choice) or assumed
    return Choice(choice, WHAT[choice], sentence, {option: known.get(option, option) for option in options}, chosen)


def _column(look: FileLook, index: int, name: str | None, orders: Mapping[str, str]) -> FileColumn:
    cells = [row.cells[index] for row in look.first_rows if index < len(row.cells)]
    examples = tuple(dict.fromkeys(str(cell) for cell in cells if cell not in (None, "")))[:MOST_EXAMPLES]
    order = _order_choice(name, cells, orders) if name else None
    return FileColumn(index + 1, look.heading[index], examples, name, order)


def _order_choice(name: str, cells: Sequence[Cell], orders: Mapping[str, str]) -> Choice | None:
    """Return the question which part of a column's dates is the month, if they are ambiguous."""
    dates = [cell for cell in cells if isinstance(cell, str) and SLASHES.fullmatch(cell.strip())]
    if not dates:
        return None
    detected = order_of(dates)
    options = {"": f"{detected}, as the first rows tell" if detected else "As the whole file tells"}
    options |= {order.value: order.value for order in DateOrder}
    sentence = f"Is {dates[0].strip()} day/month/year or month/day/year?"
    return Choice(f"{ORDER}{name}", f"Dates in {name}", sentence, options, orders.get(name, ""))


def has_all_columns(bulk_import: Import, form: Mapping[str, str]) -> bool:
    """Return whether a form has all columns of an import: another page may have added one meanwhile."""
    return f"{COLUMN}{len(bulk_import.look['heading'])}" in form


def chosen_columns(bulk_import: Import, form: Mapping[str, str]) -> list[str | None]:
    """Return the fields that a form assigns to the columns; None for any value that is not a field.

    JSON has a column for each field that its first records do not name: another column can be chosen instead of it.
    """
    schema: Schema = read_entity_schema(bulk_import.entity, bulk_import.schema_text)
    known = {field.name for field in schema.fields}
    count = len(bulk_import.look["heading"])
    given = [form.get(f"{COLUMN}{number}", "") for number in range(1, count + 1)]
    chosen = [name if name in known else None for name in given]
    look = look_of_data(bulk_import.look)
    unnamed = {
        index
        for index, name in enumerate(chosen)
        if name and look.heading[index] == property_name(name) and not _has_values(look, index)
    }
    replaced = {name for index, name in enumerate(chosen) if index not in unnamed}
    is_json = look.kind in (FileKind.JSON, FileKind.JSON_LINES)
    return [None if is_json and index in unnamed and name in replaced else name for index, name in enumerate(chosen)]


def chosen_orders(columns: Sequence[str | None], form: Mapping[str, str]) -> dict[str, str]:
    """Return the orders of dates chosen in a form, by field."""
    orders = {name: form.get(f"{ORDER}{name}", "") for name in columns if name}
    return {name: order for name, order in orders.items() if order in set(DateOrder)}


def free_fields(look: FileLook, schema: Schema, columns: Sequence[str | None]) -> set[str]:
    """Return the fields, except the id, without a column that has values in the first rows."""
    filled = {name for index, name in enumerate(columns) if name and _has_values(look, index)}
    return {field.name for field in schema.fields} - filled - {schema.id_field.name}


def _has_values(look: FileLook, index: int) -> bool:
    """Return whether a column has values in the first rows."""
    return any(index < len(row.cells) and row.cells[index] not in (None, "") for row in look.first_rows)


def chosen_addition(
    bulk_import: Import, columns: Sequence[str | None], form: Mapping[str, str]
) -> tuple[str, str] | str:
    """Return the field and value of the column that a form adds, or a sentence on why it cannot be added.

    `columns` are the fields assigned to the columns.
    """
    schema: Schema = read_entity_schema(bulk_import.entity, bulk_import.schema_text)
    field, value = form.get("added_field", ""), form.get("added_value", "")
    if field not in free_fields(look_of_data(bulk_import.look), schema, columns):
        return "No column was added. Choose a field that no column of the file is taken for."
    if not value.strip():
        return f"No column was added. Type the value that {field} has in all rows."
    if len(value) > LONGEST_VALUE:
        return f"No column was added: a value may have {LONGEST_VALUE:,} characters here."
    return field, value


def chosen_reading(bulk_import: Import, form: Mapping[str, str]) -> Choices:
    """Return the chosen answers to the questions on how to read the file."""
    kept = choices_of_data(bulk_import.choices)
    chosen: dict[str, str | None] = {name: getattr(kept, name) for name in WHAT}
    for question in look_of_data(bulk_import.look).questions:
        if form.get(question.choice) in question.options:
            chosen[question.choice] = form[question.choice]
    return Choices(**chosen, added=kept.added)
