"""Controls of a form: a field's value as a person sees and changes it, and the way back to JSON without a loss."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from console.records.event_members import SESSION_ID
from console.records.json.nodes import Node, Scalar
from console.records.json.strings import whole_text
from console.records.json.writing import json_of
from console.records.problems import LINE_BREAK
from console.records.schemas.field_types import WHOLE_NUMBER_TYPES
from console.records.schemas.fields import Field
from console.records.template import placeholder
from console.records.validation.rules import CATEGORY_SEPARATOR, scalar_of
from console.records.validation.rules_in_words import DATE_EXAMPLE, in_words

# Without bounds, which hardly anybody comes to: a problem says them.
RULES_IN_WORDS = {
    "string": "text",
    "int": "whole number",
    "long": "whole number",
    "float": "number",
    "double": "number",
    "boolean": "true or false",
}


class State(StrEnum):
    """What a control says of its field."""

    # The value is what the control's text says.
    VALUE = "value"
    # There is no value: null.
    NULL = "null"
    # The field is left out.
    ABSENT = "absent"
    # The value is as it stands in the JSON, because the control cannot show it exactly.
    KEPT = "kept"


class Kind(StrEnum):
    """What kind of control a field has; a union of unlike types has one for text."""

    TEXT = "text"
    CATEGORIES = "categories"
    WHOLE_NUMBER = "whole number"
    DECIMAL = "decimal"
    # A number of seconds, or a date in letters and digits.
    MOMENT = "moment"
    BOOLEAN = "boolean"
    NULL = "null"


ONE_LINE_KINDS = (Kind.WHOLE_NUMBER, Kind.DECIMAL, Kind.MOMENT)


@dataclass(frozen=True, slots=True)
class Control:
    """One field of one record: what its control shows, and the states that may be chosen for it.

    `kept` is the value's JSON text if the state is KEPT, and empty otherwise.
    """

    field: Field
    kind: Kind
    text: str
    state: State
    states: tuple[State, ...]
    kept: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether the control is not filled in, and nobody chose that it has no value."""
        return not self.text and self.state in (State.VALUE, State.ABSENT)

    @property
    def has_lines(self) -> bool:
        """Return whether the control takes more than one line: for a long text, or a value that has line breaks."""
        is_long = self.field.textual and not self.field.categorical
        return self.kind in (Kind.TEXT, Kind.CATEGORIES) and (is_long or "\n" in self.text)

    @property
    def may_be_null(self) -> bool:
        """Return whether that there is no value is all that can be chosen beside what the control shows."""
        return State.NULL in self.states and State.VALUE in self.states and State.KEPT not in self.states


def kind_of(field: Field) -> Kind:
    """Return the kind of control that takes every value of a field."""
    # A user's id is one text, whatever its schema says of categories.
    return _kind_of(field.types, has_categories=field.categorical and not field.is_id, is_moment=field.is_timestamp)


@lru_cache
def _kind_of(types: tuple[str, ...], *, has_categories: bool, is_moment: bool) -> Kind:
    kinds = set(types)
    if not kinds:
        return Kind.NULL
    if kinds == {"boolean"}:
        return Kind.BOOLEAN
    if is_moment and "string" not in kinds:
        return Kind.MOMENT
    if kinds <= set(WHOLE_NUMBER_TYPES):
        return Kind.WHOLE_NUMBER
    if kinds <= {*WHOLE_NUMBER_TYPES, "float", "double"}:
        return Kind.DECIMAL
    return Kind.CATEGORIES if has_categories and kinds == {"string"} else Kind.TEXT


def rule_in_words(field: Field) -> str:
    """Return what a control's text must be, for a person who writes no JSON; null and leaving out are states."""
    if field.member and field.types == ("string",):
        has_choice = field.member.values or field.member.is_list
        words = in_words(replace(field, nullable=False), text="text") if has_choice else "text"
        return words[0].upper() + words[1:] + _of_whom(field)
    if field.is_id:
        return "Text"
    if field.is_timestamp:
        return f"Seconds since 1970, or a date with its offset such as {DATE_EXAMPLE}"
    if kind_of(field) is Kind.CATEGORIES:
        return f"One category, or several with {CATEGORY_SEPARATOR} between them"
    words = ", or ".join(dict.fromkeys(RULES_IN_WORDS[each] for each in field.types)) or "null alone"
    return words[0].upper() + words[1:]


def _of_whom(field: Field) -> str:
    """Return what is to be said of the two fields of an event that say whose it is."""
    if field.is_id:
        return f". It can be left out for a user who has not signed in, if there is a {SESSION_ID}."
    is_session = field.member is not None and field.member.field == SESSION_ID
    return ". Without one, the console makes a session for each user." if is_session else ""


def control_of(field: Field, node: Node | None) -> Control:
    """Return the control that shows a field's value; None is a field that is left out."""
    text = _shown(field, node)
    state = _state(field, node, text)
    states = _states(state, has_types=bool(field.types), is_nullable=field.nullable)
    kept = json_of(node) if node is not None and state is State.KEPT else ""
    return Control(field, kind_of(field), text, state, states, kept)


@lru_cache
def _states(state: State, *, has_types: bool, is_nullable: bool) -> tuple[State, ...]:
    """Return the states that a control in one of them can take."""
    may_be_chosen = {
        State.VALUE: has_types,
        State.NULL: is_nullable or state is State.NULL,
        State.ABSENT: is_nullable or state is State.ABSENT,
        State.KEPT: state is State.KEPT,
    }
    return tuple(each for each, may_be in may_be_chosen.items() if may_be)


def template_value(field: Field) -> Scalar | None:
    """Return what a new record has for a field: its placeholder, or None if the field may be left out.

    That an event has no user is for a person to say.
    """
    return None if field.nullable and not field.is_id else Scalar(0, placeholder(field))


def filled_value(control: Control, node: Node | None, state: State, text: str | None) -> Node | None:
    """Return the value that a field gets from its control as it came back, or None if the field is left out.

    `control` is how it was shown, and `node` the value that it showed. Typed text says more than a state that nobody
    touched; null and left out say more than text if they were chosen in the same breath. A control that was emptied
    leaves its field out, where that may be. No text at all is the text of a control that did not come back: it is as
    it was.
    """
    chosen = state if state in control.states else State.VALUE
    typed = control.text if text is None else _as_browsers_give_it(control.kind, text)
    is_as_before = typed == control.text
    if chosen is State.KEPT and is_as_before:
        return node
    if chosen in (State.NULL, State.ABSENT) and (is_as_before or chosen is not control.state):
        return Scalar(0, None) if chosen is State.NULL else None
    is_emptied = not typed and not (is_as_before and chosen is control.state)
    if is_emptied and control.field.nullable and control.field.types:
        return None
    return _written(control.field, typed)


def _as_browsers_give_it(kind: Kind, text: str) -> str:
    """Return a text as a page's control of a kind gives it back: no NUL, whole characters, one kind of line breaks.

    The controls of numbers are of one line, and browsers drop its breaks.
    """
    return LINE_BREAK.sub("" if kind in ONE_LINE_KINDS else "\n", whole_text(text))


def _shown(field: Field, node: Node | None) -> str:
    """Return the text that stands for a value: readable always, exact only if writing it gives the same value."""
    match node:
        case None | Scalar(value=None):
            return ""
        case Scalar(value=str(value)):
            if value == placeholder(field):
                return ""
            return _as_browsers_give_it(kind_of(field), value)
        case _:
            return json_of(node)


def _state(field: Field, node: Node | None, text: str) -> State:
    if node is None:
        return State.ABSENT
    if isinstance(node, Scalar) and node.value is None:
        return State.NULL
    is_exact = field.types and json_of(_written(field, text)) == json_of(node)
    return State.VALUE if is_exact else State.KEPT


def _written(field: Field, text: str) -> Scalar:
    """Return the value that a control's text stands for; what the field does not take is left to the validation.

    No text is a value that is not filled in yet, as the template's placeholder is: never a text without characters.
    """
    if kind_of(field) is Kind.CATEGORIES:
        # Lines are how lists of them are copied.
        text = text.rstrip("\n").replace("\n", CATEGORY_SEPARATOR)
    if text:
        return scalar_of(field, text)
    return Scalar(0, placeholder(field) if field.types else None)
