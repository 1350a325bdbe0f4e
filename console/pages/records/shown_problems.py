"""Problems and warnings as Create record(s) shows them: at their places in the text, or next to form controls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from console.records.form.controls import Control, State
from console.records.form.form import Card
from console.records.json.nodes import enumerated, shortened
from console.records.problems import Problem, Remark, wanted
from console.records.validation.rules_in_words import in_words
from console.records.validation.validation import PLACEHOLDER

STATES_IN_WORDS = {State.VALUE: "Value", State.NULL: "No value", State.ABSENT: "Left out"}


@dataclass(frozen=True, slots=True)
class ShownRemark(Remark):
    """A remark as a page shows it.

    `anchor` is the id of the control or card that it is about, "" in a text. `is_unfilled`: the only problem is that a
    value has not been filled in yet.
    """

    anchor: str = ""
    is_unfilled: bool = False


def in_text(cards: Sequence[Card], remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return remarks on a text: only one for a record that is still the template. `cards` are the text's records."""
    return _with_empty_records(cards, [_in_text(remark) for remark in remarks], TEMPLATE)


def beside_controls(cards: Sequence[Card], remarks: Sequence[Remark]) -> tuple[ShownRemark, ...]:
    """Return remarks worded for and ordered by the form's controls: only one for an empty card."""
    controls = {
        (number, control.field.name): control for number, card in enumerate(cards, 1) for control in card.controls
    }
    places = {place: position for position, place in enumerate(controls)}
    ordered = sorted(
        remarks,
        key=lambda remark: (remark.record or 0, places.get((remark.record or 0, remark.field or ""), len(places))),
    )
    placed = [_placed(controls.get((remark.record or 0, remark.field or "")), remark) for remark in ordered]
    return _with_empty_records(cards, placed, EMPTY_CARD)


TEMPLATE = "This record is still the template. Replace its data types with values"
EMPTY_CARD = "Nothing is filled in yet. Enter values"


def _with_empty_records(cards: Sequence[Card], remarks: Sequence[ShownRemark], words: str) -> tuple[ShownRemark, ...]:
    """Return remarks, with a single one for each record in which nothing is filled in."""
    shown: list[ShownRemark] = []
    for number, of_record in groupby(remarks, key=lambda remark: remark.record):
        own = list(of_record)
        is_empty = number is not None and number <= len(cards) and cards[number - 1].is_empty
        shown += [_of_empty(own[0], cards, words)] if is_empty else own
    return tuple(shown)


def _of_empty(first: ShownRemark, cards: Sequence[Card], words: str) -> ShownRemark:
    """Return the remark on a record in which nothing is filled in; `first` is the first remark on its values."""
    number = first.record or 0
    required = [control.field.name for control in cards[number - 1].controls if not control.field.nullable]
    sentence = f"{words}: at least {enumerated(required)}" if required else words
    others = ", or remove the record" if len(cards) > 1 else ""
    anchor = f"record-{number}" if first.anchor else ""
    return ShownRemark(first.line, first.column, number, None, f"{sentence}{others}.", anchor, is_unfilled=True)


def _in_text(remark: Remark) -> ShownRemark:
    is_unfilled = isinstance(remark, Problem) and remark.kind == PLACEHOLDER
    return ShownRemark(
        remark.line, remark.column, remark.record, remark.field, remark.sentence, is_unfilled=is_unfilled
    )


def _placed(control: Control | None, remark: Remark) -> ShownRemark:
    anchor = f"record-{remark.record}" if remark.record else "cards"
    if control is not None:
        anchor = f"value-{remark.record}-{control.field.name}"
    is_unfilled = isinstance(remark, Problem) and control is not None and control.is_empty
    return ShownRemark(
        remark.line, remark.column, remark.record, remark.field, _sentence(control, remark), anchor, is_unfilled
    )


def _sentence(control: Control | None, remark: Remark) -> str:
    """Return a remark's sentence; for a value in a control it does not mention JSON syntax."""
    if control is None or not isinstance(remark, Problem):
        return remark.sentence
    if remark.expected != in_words(control.field, reads_dates=True):
        return remark.sentence
    if control.is_empty:
        return _not_filled_in(control)
    if control.state is State.KEPT and State.VALUE in control.states:
        kept = f"In the JSON it is {shortened(control.kept)}, which {control.field.name} does not take."
        return f"{kept} Choose Value to send what the control shows, or enter another."
    rest = remark.sentence.removeprefix(f"Expected {wanted(remark.expected, remark.found)}")
    # "No value" has a checkbox of its own next to the control.
    in_control = in_words(replace(control.field, nullable=False), text="text", reads_dates=True)
    return f"Expected {wanted(in_control, remark.found)}{rest}"


def _not_filled_in(control: Control) -> str:
    choice = f", or choose {STATES_IN_WORDS[State.NULL]}" if control.field.nullable else ""
    return f"Not filled in yet. Enter a value{choice}."
