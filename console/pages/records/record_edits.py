"""The edits that the buttons of Record input make to its text, by button value."""

from collections.abc import Callable

from console.pages.records import record_form
from console.records.editing import formatted, with_another_record
from console.records.form.form import read_form
from console.records.pasted.detection import detect
from console.records.pasted.suggestions import FIXES, suggested
from console.records.schemas.schema import Schema
from console.records.template import record_template

UNCHANGED = "The text cannot be read, so it was left unchanged. Fix the problems listed below first."
FULL = "A request can have at most {} {}. Send these first, then the others."
NO_CARD = "This record no longer exists, so nothing was changed."

type Edit = Callable[[Schema, str, str], str | None]
type CardEdit = Callable[[Schema, str, int], str | None]


def _fix(name: str) -> Edit:
    """Return the edit that applies a suggestion."""
    return lambda schema, _target, text: suggested(schema, text, name)


def _converted(schema: Schema, target: str, text: str) -> str | None:
    detected = detect(schema, target, text)
    return detected.text if detected and detected.text else None


SUGGESTED: dict[str, Edit] = {name: _fix(name) for name in FIXES}
EDITS: dict[str, Edit] = {
    **SUGGESTED,
    "convert": _converted,
    "format": lambda _schema, _target, text: formatted(text),
    "add": lambda schema, _target, text: with_another_record(schema, text),
    "reset": lambda schema, _target, _text: record_template(schema),
}
FORM_EDITS: dict[str, Edit] = {
    **SUGGESTED,
    "convert": _converted,
    "add": lambda schema, _target, text: record_form.with_another_card(schema, text),
    "leave-out": lambda schema, _target, text: record_form.without_empty_fields(schema, text),
    "reset": lambda schema, _target, _text: record_form.empty_form(schema),
}
# The value of these buttons ends in a card number.
CARD_EDITS: dict[str, CardEdit] = {
    "duplicate": record_form.with_card_again,
    "remove": record_form.without_card,
}


def find_edit(intent: str, *, is_form: bool) -> Edit | None:
    """Return the edit of a button, or None if it has none; an edit that is impossible returns None."""
    if not is_form:
        return EDITS.get(intent)
    name, _, number = intent.partition(" ")
    if name not in CARD_EDITS or not number.isascii() or not number.isdecimal() or len(number) > 4:
        return FORM_EDITS.get(intent)
    return lambda schema, _target, text: CARD_EDITS[name](schema, text, int(number))


def in_view(schema: Schema, text: str, view: str) -> str:
    """Return the text for a view: an untouched template becomes the other view's template."""
    return _templates(schema)[view] if is_untouched(schema, text) else text


def is_untouched(schema: Schema, text: str) -> bool:
    """Return whether a text is still a view's template."""
    # Browsers send line breaks as CR LF.
    return text.replace("\r\n", "\n") in _templates(schema).values()


def _templates(schema: Schema) -> dict[str, str]:
    return {"json": record_template(schema)} | dict.fromkeys(record_form.CARD_VIEWS, record_form.empty_form(schema))


def unchanged_notice(schema: Schema, text: str, *, is_form: bool) -> str:
    """Return why a button left the text unchanged."""
    if not is_form:
        return UNCHANGED
    form = read_form(schema, text)
    most = schema.entity.most_per_call
    is_full = len(form.cards) == most
    return form.refusal or (FULL.format(most, schema.entity.nouns) if is_full else NO_CARD)
