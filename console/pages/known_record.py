"""Load known record: the last record of a user that this console sent and AWS accepted, put into Record input."""

from dataclasses import dataclass

from console.history.known_users import last_accepted
from console.pages.record_edits import Edit, is_untouched
from console.pages.shown_ids import shown_id
from console.personalize.environments import Environment
from console.records.editing import with_known_record
from console.records.schema import Schema

NO_ID = "Enter the USER_ID of the user whose record is to be loaded. Nothing was changed."
NOT_KNOWN = "AWS accepted no record of the user {} from this console, so there is none to load. Nothing was changed."
REDACTED = "The properties of the user {} were redacted, so there is no record to load. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Loading:
    """What loading does to the text, or why it cannot be: then there is no edit."""

    edit: Edit | None
    notice: str = ""


def load_known(environment: Environment, dataset_arn: str, user_id: str) -> Loading:
    """Return what loading the known record of a user does."""
    if not user_id.strip():
        return Loading(None, NO_ID)
    # No user has NUL, and no database can be asked for it.
    sent = None if "\0" in user_id else last_accepted(environment.name, dataset_arn, user_id)
    if sent is None:
        return Loading(None, NOT_KNOWN.format(shown_id(user_id)))
    if not sent.properties:
        return Loading(None, REDACTED.format(shown_id(user_id)))
    properties = sent.properties

    def edit(schema: Schema, _arn: str, text: str) -> str | None:
        return with_known_record(schema, "" if is_untouched(schema, text) else text, user_id, properties)

    return Loading(edit)
