"""The views Form and Table of Record input: the cards that they show, and the text made from them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.pages.records.shown_problems import STATES_IN_WORDS, ShownRemark
from console.records.form.controls import Control, Kind, State, rule_in_words
from console.records.form.form import Card, FilledCard, fill_form, read_form
from console.records.form.parts import OtherMember
from console.records.schemas.schema import Schema

# The fields of the cards: the position of a card's record in the text, its values, their states, and removed members.
CARD_FIELD = re.compile(r"(origin|value|state|dropped)-([0-9]{1,2})(?:-(\w{1,256}))?", re.ASCII)
# A position in the text or among a card's other members.
POSITION = re.compile(r"[0-9]{1,6}")
# Cards and table rows send fields with the same names.
CARD_VIEWS = ("form", "table")


@dataclass(frozen=True, slots=True)
class ShownControl:
    """A control with its position, its rule, and its problems as sentences."""

    key: str
    control: Control
    rule: str
    sentences: tuple[str, ...]

    @property
    def states(self) -> list[tuple[State, str]]:
        """The states that can be chosen, in words."""
        as_in_json = {State.KEPT: f"As in the JSON: {self.control.kept}"}
        return [(state, {**STATES_IN_WORDS, **as_in_json}[state]) for state in self.control.states]

    @property
    def state_without_null(self) -> str:
        """The state sent while "No value" is not chosen: a value, if "No value" was chosen before."""
        return State.VALUE if self.control.state is State.NULL else self.control.state

    @property
    def input_mode(self) -> str:
        """The on-screen keyboard for the control (HTML's `inputmode`)."""
        return {Kind.WHOLE_NUMBER: "numeric", Kind.DECIMAL: "decimal"}.get(self.control.kind, "text")

    @property
    def booleans(self) -> list[str]:
        """The options, if they are true and false: a value that is neither stays selectable."""
        others = [self.control.text] if self.control.text not in ("", "true", "false") else []
        return ["true", "false", *others]


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card with its number, and the problems of the record itself as sentences."""

    number: int
    card: Card
    controls: tuple[ShownControl, ...]
    sentences: tuple[str, ...]

    @property
    def title(self) -> str:
        """The record's id; "" while it has none."""
        return next((control.control.text for control in self.controls if control.control.field.is_id), "")

    @property
    def has_problems(self) -> bool:
        """Return whether the record or one of its values has a problem."""
        return bool(self.sentences) or any(control.sentences for control in self.controls)

    @property
    def others(self) -> tuple[OtherMember, ...]:
        """The members without a control."""
        return self.card.others


def typed_text(schema: Schema, fields: Mapping[str, str]) -> str:
    """Return the text of a request's fields: as typed, or made from the form."""
    text = fields.get("record_input", "")
    return fill_form(schema, text, filled_cards(schema, fields)) if fields.get("view") in CARD_VIEWS else text


def filled_cards(schema: Schema, fields: Mapping[str, str]) -> list[FilledCard]:
    """Return the cards of a request's fields, in the order of their numbers."""
    parts: dict[int, dict[tuple[str, str], str]] = {}
    for field, text in fields.items():
        match = CARD_FIELD.fullmatch(field)
        if match:
            parts.setdefault(int(match[2]), {})[match[1], match[3] or ""] = text
    cards = [_filled_card(parts[number]) for number in sorted(parts) if ("origin", "") in parts[number]]
    # A page has no more cards than this.
    return cards[: schema.entity.most_per_call]


def _filled_card(parts: Mapping[tuple[str, str], str]) -> FilledCard:
    origin = parts["origin", ""]
    names = {name for kind, name in parts if kind in ("value", "state")}
    return FilledCard(
        origin=int(origin) if POSITION.fullmatch(origin) else None,
        values={name: (_state(parts.get(("state", name))), parts.get(("value", name))) for name in names},
        dropped_others=frozenset(int(name) for kind, name in parts if kind == "dropped" and POSITION.fullmatch(name)),
    )


def _state(value: str | None) -> State:
    return State(value) if value in list(State) else State.VALUE


def shown_cards(
    schema: Schema, cards: Sequence[Card], problems: Sequence[ShownRemark], *, is_finished: bool
) -> list[ShownCard]:
    """Return cards for display, with each problem at its control or its card.

    Missing values are not mentioned until somebody says that the records are finished.
    """
    shown = [problem for problem in problems if is_finished or not problem.is_unfilled]
    return [_shown_card(schema, number, card, shown) for number, card in enumerate(cards, 1)]


def _shown_card(schema: Schema, number: int, card: Card, problems: Sequence[ShownRemark]) -> ShownCard:
    own = [problem for problem in problems if problem.record == number]
    names = {field.name for field in schema.fields}
    controls = tuple(
        ShownControl(
            key=f"{number}-{control.field.name}",
            control=control,
            rule=rule_in_words(control.field),
            sentences=tuple(problem.sentence for problem in own if problem.field == control.field.name),
        )
        for control in card.controls
    )
    return ShownCard(number, card, controls, tuple(problem.sentence for problem in own if problem.field not in names))


def with_another_card(schema: Schema, text: str) -> str | None:
    """Return a text with a new record at its end; None if it already has as many as can be sent."""
    cards = _unchanged(schema, text)
    return _filled(schema, text, [*cards, FilledCard(None, {})] if cards is not None else None)


def with_card_again(schema: Schema, text: str, number: int) -> str | None:
    """Return a text with a copy of a record after it; None if it already has as many as can be sent."""
    cards = _unchanged(schema, text)
    if cards is None or not 1 <= number <= len(cards):
        return None
    return _filled(schema, text, [*cards[:number], *cards[number - 1 :]])


def without_card(schema: Schema, text: str, number: int) -> str | None:
    """Return a text without the record of a number; None if there is no such record."""
    cards = _unchanged(schema, text)
    if cards is None or not 1 <= number <= len(cards):
        return None
    return _filled(schema, text, [*cards[: number - 1], *cards[number:]])


def without_empty_fields(schema: Schema, text: str) -> str | None:
    """Return a text without empty optional fields; None if it cannot be shown as a form."""
    form = read_form(schema, text)
    cards = [
        FilledCard(
            card.origin,
            {control.field.name: (State.ABSENT, None) for control in card.controls if _is_removable(control)},
        )
        for card in form.cards
    ]
    return None if form.refusal else _filled(schema, text, cards)


def empty_form(schema: Schema) -> str:
    """Return the text of a form with one empty record."""
    return fill_form(schema, "[]", [FilledCard(None, {})])


def _is_removable(control: Control) -> bool:
    return control.is_empty and State.ABSENT in control.states


def _unchanged(schema: Schema, text: str) -> list[FilledCard] | None:
    """Return the cards of a text, or None if it cannot be shown as a form."""
    form = read_form(schema, text)
    return None if form.refusal else [FilledCard(card.origin, {}) for card in form.cards]


def _filled(schema: Schema, text: str, cards: list[FilledCard] | None) -> str | None:
    return None if cards is None or len(cards) > schema.entity.most_per_call else fill_form(schema, text, cards)
