"""What is stored, emptied, read back, saved and loaded; and the calls that were answered."""

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
    """Say that requests are answered and the database is there."""
    members_of_query(environ)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return as_json({"status": "ok"})


def reset_data(environ: Any) -> Answer:
    """Remove what is stored and simulated, of `account` or of all."""
    reset(members_of_body(environ, "account").account())
    return as_json({})


def records(environ: Any) -> Answer:
    """Return the records of a dataset, a line of JSON for each, made while they are sent."""
    arn = members_of_query(environ, "datasetArn").required("datasetArn")
    dataset = find_dataset(arn)
    if dataset is None:
        raise Refusal(HTTPStatus.NOT_FOUND, f"There is no dataset {arn[:300]}.")
    return Answer(in_pieces(record_lines(dataset)), JSON_LINES)


def calls(environ: Any) -> Answer:
    """Return the last calls, of `account` or of all, the oldest first."""
    return as_json({"calls": call_log.calls(members_of_query(environ, "account").account())})


def save_state(environ: Any) -> Answer:
    """Return what is stored, of `account` or of all, as lines of JSON that `load_state` takes."""
    try:
        return Answer(state.save(members_of_query(environ, "account").account()), JSON_LINES)
    except state.StateError as error:
        raise Refusal(HTTPStatus.CONFLICT, str(error)) from error


def load_state(environ: Any) -> Answer:
    """Replace what is stored, of `account` or of all, by a state that was saved."""
    account = members_of_query(environ, "account").account()
    check_content_type(environ, JSON_LINES, JSON)
    try:
        state.load(environ["wsgi.input"], account)
    except state.StateError as error:
        raise invalid(str(error)) from error
    return as_json({})
