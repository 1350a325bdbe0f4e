"""The view Table of Record input: cards as rows of a grid, with each control in a cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.pages.records.record_form import ShownCard, ShownControl
from console.pages.tables.grid import Grid, GridButton, GridCell, GridColumn, GridRow
from console.records.form.controls import control_of, rule_in_words, template_value
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema

CELL_TEMPLATE = "records/cell.html"
NOT_A_RECORD = "This is not {} {} record."
NOT_SHOWN = "Not in the table: {}."


@dataclass(frozen=True, slots=True)
class _Place:
    """A row's number in the names of its fields, and its card; None for a row that a script adds."""

    key: str
    card: ShownCard | None


def record_table(schema: Schema, cards: Sequence[ShownCard]) -> Grid:
    """Return cards as a grid with a column for each field that any card shows, in the schema's order."""
    shown = {control.control.field.name for card in cards for control in card.controls}
    fields = [field for field in schema.fields if field in schema.form_fields or field.name in shown]
    return Grid(
        "Record input",
        "Record",
        [GridColumn(field.name, rule_in_words(field), "" if field.nullable else "required") for field in fields],
        [_row(schema, fields, _Place(str(card.number), card)) for card in cards],
        is_of_one_form=True,
        new_row=_row(schema, fields, _Place(Grid.NEW, None)),
        most_rows=schema.entity.most_per_call,
    )


def _row(schema: Schema, fields: Sequence[Field], place: _Place) -> GridRow:
    key, card = place.key, place.card
    controls = {control.control.field.name: control for control in card.controls} if card else {}
    is_record = card is None or not card.card.json
    cells = [_cell(key, field, controls.get(field.name), is_new=card is None) for field in fields] if is_record else []
    origin = card.card.origin if card else None
    return GridRow(
        key,
        key,
        cells,
        _problems(schema, card) if card else (),
        {f"origin-{key}": "" if origin is None else str(origin)},
        card.card.json if card else "",
        [NOT_SHOWN.format(", ".join(member.name for member in card.others))] if card and card.others else (),
        row_id=f"record-{key}",
        buttons=(
            GridButton("Duplicate", "intent", f"duplicate {key}", f"?#record-{card.number + 1 if card else key}"),
            GridButton("Remove", "intent", f"remove {key}", "?#cards"),
        ),
    )


def _cell(key: str, field: Field, shown: ShownControl | None, *, is_new: bool) -> GridCell:
    """Return the cell of a field: empty if its card does not show it, the template's in a new row."""
    if shown is None:
        control = control_of(field, template_value(field) if is_new else None)
        shown = ShownControl(f"{key}-{field.name}", control, rule_in_words(field), ())
    return GridCell(field.name, shown.control.text, shown.sentences, CELL_TEMPLATE, shown)


def _problems(schema: Schema, card: ShownCard) -> list[str]:
    """Return the problems of a record itself, and of members that have no column."""
    not_a_record = NOT_A_RECORD.format(schema.entity.article, schema.entity.name)
    return [*card.sentences, *([not_a_record] if card.card.json else [])]
