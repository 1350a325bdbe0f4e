"""Controls that reset, read back, save and load the stored data, and list the received calls."""

from http import HTTPStatus
from typing import Any

from django.db import connection

from console.local.controls.answers import Answer, as_json, in_pieces
from console.local.controls.requests import (
    JSON,
    JSON_LINES,
    Refusal,
    check_content_type,
    invalid,
    members_of_body,
    members_of_query,
)
from console.local.storage import call_log, state
from console.local.storage.reading_back import find_dataset, record_lines
from console.local.storage.resetting import reset


def health(environ: Any) -> Answer:
    """Report that the service and its database are available."""
    members_of_query(environ)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return as_json({"status": "ok"})


def reset_data(environ: Any) -> Answer:
    """Remove all stored data and simulated responses of `account`, or of all accounts."""
    reset(members_of_body(environ, "account").account())
    return as_json({})


def records(environ: Any) -> Answer:
    """Return the records of a dataset as JSON Lines, generated while they are sent."""
    arn = members_of_query(environ, "datasetArn").required("datasetArn")
    dataset = find_dataset(arn)
    if dataset is None:
        raise Refusal(HTTPStatus.NOT_FOUND, f"There is no dataset {arn[:300]}.")
    return Answer(in_pieces(record_lines(dataset)), JSON_LINES)


def calls(environ: Any) -> Answer:
    """Return the latest calls of `account`, or of all accounts, oldest first."""
    return as_json({"calls": call_log.calls(members_of_query(environ, "account").account())})


def save_state(environ: Any) -> Answer:
    """Return the stored data of `account`, or of all accounts, as JSON Lines for `load_state`."""
    try:
        return Answer(state.save(members_of_query(environ, "account").account()), JSON_LINES)
    except state.StateError as error:
        raise Refusal(HTTPStatus.CONFLICT, str(error)) from error


def load_state(environ: Any) -> Answer:
    """Replace the stored data of `account`, or of all accounts, with a saved state."""
    account = members_of_query(environ, "account").account()
    check_content_type(environ, JSON_LINES, JSON)
    try:
        state.load(environ["wsgi.input"], account)
    except state.StateError as error:
        raise invalid(str(error)) from error
    return as_json({})
