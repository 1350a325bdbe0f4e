"""The form of a record input: a card for each record with a control for each field, and the way back to the text.

What was filled in is a patch of the text: everything that the form does not show as a control stays as it was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.records.form.controls import Control, State, control_of, filled_value, template_value
from console.records.form.parts import OtherMember, Record, put_together, taken_apart
from console.records.json.nodes import Array, Member, Node, Object, Scalar, items_of
from console.records.json.reading import read_json
from console.records.json.writing import json_of, laid_out
from console.records.record_input import LONGEST_INPUT
from console.records.schemas.schema import Schema

# Most members shown alongside the controls; more than that were pasted by mistake.
MOST_OTHERS = 100


@dataclass(frozen=True, slots=True)
class Card:
    """One record: its controls in the schema's order, and the members that have none.

    `origin` is the record's position in the text, from 0; None is a record that the text does not have. `json` is
    what stands there if it is no object, and has no controls then; otherwise it is empty.
    """

    origin: int | None
    controls: tuple[Control, ...]
    others: tuple[OtherMember, ...] = ()
    json: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing of the record is filled in: it is the template, or no more than that."""
        return not self.json and not self.others and all(control.is_empty for control in self.controls)


@dataclass(frozen=True, slots=True)
class Form:
    """The cards of a text, or why it has none: a sentence."""

    cards: tuple[Card, ...]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class FilledCard:
    """A card as it came back: states and texts by field name, and the positions of the others that were dropped.

    A field that is not in `values` stays as it was, and so does a value whose text is None. One that the schema does
    not have is given as text: the schema changed since the card was made, and what was typed must not go. An `origin`
    that the text does not have is a new record.
    """

    origin: int | None
    values: Mapping[str, tuple[State, str | None]]
    dropped_others: frozenset[int] = frozenset()


def read_form(schema: Schema, text: str) -> Form:
    """Return the form of a record input, or the reason that there is none; a single object is one card."""
    root = _read(schema, text)
    if isinstance(root, str):
        return Form((), root)
    cards = tuple(_card(schema, origin, node) for origin, node in enumerate(items_of(root)))
    found = sum(len(card.others) for card in cards)
    if found > MOST_OTHERS:
        return Form((), f"The form shows at most {MOST_OTHERS} fields that the schema does not have; found {found}.")
    return Form(cards)


def fill_form(schema: Schema, text: str, cards: Sequence[FilledCard]) -> str:
    """Return the text with what was filled into its form; it is laid out anew if anything changed.

    Cards stand in the order of the new text: one of an origin that comes twice is a copy, and records without a card
    are gone. A text that has no form comes back as it is. A field that was given twice is shown by its second value
    once its first one is left out, unless that was dropped too.
    """
    root = _read(schema, text)
    if isinstance(root, str):
        return text
    records = items_of(root)
    filled = [_filled(schema, records, card) for card in cards]
    if len(filled) == len(records) and all(new is old for new, old in zip(filled, records, strict=True)):
        return text
    is_single = len(filled) == 1 and not isinstance(root, Array)
    return laid_out(filled[0] if is_single else Array(0, filled))


def _read(schema: Schema, text: str) -> Node | str:
    """Return the root of a text, or the sentence that says why it has no form."""
    if len(text) > LONGEST_INPUT:
        return f"The form shows at most {LONGEST_INPUT} characters of text; found {len(text)}. Shorten the JSON."
    if not text.strip():
        return "There is no text yet. Write a record as JSON, or start from the template."
    reading = read_json(text)
    if reading.root is None or reading.faults:
        return "The text is not JSON yet, so the form cannot show it. Fix the JSON first."
    found, most = len(items_of(reading.root)), schema.entity.most_per_call
    if found > most:
        advice = f"Keep the first {most} in the JSON, and send the others after them."
        return f"The form shows at most {most} records; found {found}. {advice}"
    return reading.root


def _card(schema: Schema, origin: int, node: Node) -> Card:
    if not isinstance(node, Object):
        return Card(origin, (), json=json_of(node))
    record = taken_apart(schema, node)
    values = record.values
    fields = [field for field in schema.fields if field.name in schema.form_field_names or field.name in values]
    controls = tuple(control_of(field, values.get(field.name)) for field in fields)
    return Card(origin, controls, tuple(part.other for part in record.parts if part.other))


def _filled(schema: Schema, records: Sequence[Node], card: FilledCard) -> Node:
    """Return the record that a card stands for: the very node that it was made of if nothing of it changed."""
    if card.origin is None or not 0 <= card.origin < len(records):
        template = {field.name: value for field in schema.fields if (value := template_value(field))}
        made = put_together(schema, Record(()), _values(schema, template, card), card.dropped_others)
        return _with_unknown_fields(schema, made, card)
    node = records[card.origin]
    if not isinstance(node, Object):
        return node
    record = taken_apart(schema, node)
    filled = put_together(schema, record, _values(schema, record.values, card), card.dropped_others)
    filled = _with_unknown_fields(schema, filled, card)
    return node if json_of(filled) == json_of(node) else filled


def _with_unknown_fields(schema: Schema, record: Object, card: FilledCard) -> Object:
    given = {member.key for member in record.members}
    unknown = [
        Member(0, name, Scalar(0, text))
        for name, (state, text) in card.values.items()
        if text and state is State.VALUE and schema.field(name) is None and name not in given
    ]
    return Object(0, [*record.members, *unknown]) if unknown else record


def _values(schema: Schema, shown: Mapping[str, Node], card: FilledCard) -> dict[str, Node]:
    """Return a record's values by field name: those that were shown, but for what came back from their controls."""
    values = dict(shown)
    for field in schema.fields:
        if field.name in card.values:
            node = values.pop(field.name, None)
            value = filled_value(control_of(field, node), node, *card.values[field.name])
            if value is not None:
                values[field.name] = value
    return values
