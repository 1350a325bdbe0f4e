"""Saves the stored data of an account, or of all accounts, as JSON Lines, and loads it again.

The first line says whose state it is, and of which version of the tables, and the last one how many rows are between
them. Each of these is a line: what it refers to comes before it. Keys, files, simulated responses and what is deleted
are not in it.
"""

import json
import tempfile
import uuid
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Field, Model, Q, QuerySet

from console.local.caller import is_account
from console.local.json_characters import check_characters
from console.local.models import (
    Dataset,
    DatasetGroup,
    EventTracker,
    Job,
    Resource,
    Schema,
    StoredEvent,
    StoredRecord,
    gone,
    visible_jobs,
)
from console.local.storage.one_writer import one_writer
from console.local.storage.record_writes import turn_to_write
from console.local.storage.resetting import remove_stored
from console.records.schemas.schema_rules import check_schema
from console.storage.migrations import migrations_of_code
from console.work.waking import wake_worker

# In bytes, of all lines. Rows are read and written one after another, so that it takes little memory.
LONGEST_STATE = 64 * 1024 * 1024
# In bytes too. A row is of one request, and a line of many small values would take many times its length in memory.
LONGEST_LINE = 2 * 1024 * 1024
ROWS_AT_ONCE = 500
HEADER = "personalizeLocalState"
END = "rows"
# By the names of their lines, in an order in which each refers to rows before it.
MODELS: dict[str, type[Model]] = {
    "datasetGroup": DatasetGroup,
    "schema": Schema,
    "dataset": Dataset,
    "eventTracker": EventTracker,
    "job": Job,
    "record": StoredRecord,
    "event": StoredEvent,
}
# No worker is at the jobs of a state that is loaded.
WITHOUT_WORKER = {"lease": "", "leased_until": None, "attempts": 0}


# Errors raised for a line that is not part of a state: by its form, a value, or a constraint of the database.
NO_ROW = (ValueError, TypeError, LookupError, OverflowError, ValidationError, IntegrityError, DataError)


class StateError(Exception):
    """A state that cannot be saved or loaded, with a sentence that says why."""


def save(account: str | None) -> IO[bytes]:
    """Return the state of an account, or of all accounts if it is None, in an unnamed file; raise StateError."""
    file = tempfile.TemporaryFile(dir=settings.CONSOLE_DATA_DIR)  # noqa: SIM115  # It is closed once it is sent.
    try:
        with turn_to_write(), one_writer():
            for line in _lines(account):
                file.write(json.dumps(line, ensure_ascii=False, default=_json_value).encode() + b"\n")
                if file.tell() > LONGEST_STATE:
                    raise StateError(f"What is stored takes more than {LONGEST_STATE} bytes, which no state may have.")
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def load(file: IO[bytes], account: str | None) -> None:
    """Replace the stored data of an account, or of all accounts if it is None, with the state in a file.

    The state of one account may be loaded into another: its resources get the other's ARNs, and its event trackers new
    tracking ids. Raise StateError and change nothing if the state cannot be read.
    """
    lines = _read_lines(file)
    header = next(lines, None)
    saved_of = _account_of(header)
    if account is None and saved_of is not None:
        account = saved_of
    if account is not None and saved_of is None:
        raise StateError("The state is of all accounts, so it cannot be loaded into one. Save that of one account.")
    loading = _Loading(account, is_moved=account != saved_of)
    with turn_to_write(), one_writer():
        remove_stored(account)
        _add_all(loading, lines)
        _store_last(loading)
        transaction.on_commit(wake_worker)


def _add_all(loading: "_Loading", lines: Iterator[Any]) -> None:
    rows, said = 0, None
    for number, line in enumerate(lines, start=2):
        if said is None and isinstance(line, dict) and END in line:
            said = line[END]
            continue
        try:
            loading.add(line)
        except NO_ROW as error:
            raise StateError(f"Line {number} of the state is no row of it.") from error
        rows += 1
    if said != rows:
        raise StateError(f"The state is not whole: it has {rows} rows, and no last line that says so. Save it anew.")


def _store_last(loading: "_Loading") -> None:
    try:
        loading.store_waiting()
    except NO_ROW as error:
        raise StateError("The last lines of the state are no rows of it.") from error


def version() -> str:
    """Return the version of the tables, which is the name of their last migration."""
    return max(name for app, name in migrations_of_code() if app == "local")


def _lines(account: str | None) -> Iterator[dict[str, Any]]:
    yield {HEADER: version(), "account": account}
    number = 0
    for kind, model in MODELS.items():
        for row in _rows(model, account).order_by("pk").iterator():
            values = {each.attname: each.value_from_object(row) for each in model._meta.concrete_fields}
            yield {"kind": kind, "row": values}
            number += 1
    yield {END: number}


def _rows(model: type[Model], account: str | None) -> QuerySet[Any]:
    """Return the rows of a table that requests show."""
    if model in (StoredRecord, StoredEvent):
        path, shown = "dataset__", ~gone("dataset__")
    elif model is Job:
        path, shown = "", visible_jobs()
    else:
        path, shown = "", Q() if model is Schema else ~gone()
    # Deleted resources have no account.
    whose = ~Q(**{f"{path}account": ""}) if account is None else Q(**{f"{path}account": account})
    return model._default_manager.filter(whose, shown)


def _json_value(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"A row has {type(value).__name__}, which a state cannot have.")


def _read_lines(file: IO[bytes]) -> Iterator[Any]:
    length, number = 0, 0
    while line := _read_line(file):
        length, number = length + len(line), number + 1
        if length > LONGEST_STATE:
            raise StateError(f"The state is longer than {LONGEST_STATE} bytes.")
        if len(line) > LONGEST_LINE:
            raise StateError(f"Line {number} of the state is longer than {LONGEST_LINE} bytes, which no row of it is.")
        try:
            found = json.loads(line.decode())
            check_characters(line, found)
        except (ValueError, RecursionError) as error:
            raise StateError(f"Line {number} of the state is not JSON in UTF-8.") from error
        yield found


def _read_line(file: IO[bytes]) -> bytes:
    try:
        return file.readline(LONGEST_LINE + 1)
    except (OSError, SuspiciousOperation) as error:
        raise StateError(f"The state has not arrived, or is longer than {LONGEST_STATE} bytes.") from error


def _account_of(header: object) -> str | None:
    """Return the account of a state from its first line, None for all; raise StateError if it cannot be loaded."""
    if not isinstance(header, dict) or not isinstance(header.get(HEADER), str):
        raise StateError("The body is no state of the local service: its first line does not say so.")
    if header[HEADER] != version():
        raise StateError(
            f"The state is of version {header[HEADER][:100]}, and this service loads {version()} alone. Save it anew "
            "with this version."
        )
    account = header.get("account")
    if account is not None and not is_account(account):
        raise StateError("The first line of the state has an account that is not 12 digits.")
    return account


@dataclass(slots=True)
class _Loading:
    """Stores rows one after another; `keys` has the new key of each former one, by its table."""

    account: str | None
    is_moved: bool
    keys: dict[type[Model], dict[int, int]] = field(default_factory=lambda: {each: {} for each in MODELS.values()})
    waiting: list[Model] = field(default_factory=list)

    def add(self, line: Any) -> None:
        """Store a row; raise one of NO_ROW if it is invalid."""
        model = MODELS[line["kind"]]
        values = {each.attname: self._value(each, line["row"][each.attname]) for each in model._meta.concrete_fields}
        former = values.pop("id")
        if issubclass(model, Resource):
            self._make_own(model, values)
            row = model(**values)
            # As it was: without the moments of today.
            row.save_base(raw=True, force_insert=True)
            self.keys[model][former] = row.pk
            return
        if not isinstance(json.loads(values["properties"]), dict):
            raise ValueError("The properties of a record are no JSON object.")
        import_job = values["import_job"]
        values["import_job"] = None if import_job is None else self.keys[Job][import_job]
        if self.waiting and (type(self.waiting[0]) is not model or len(self.waiting) >= ROWS_AT_ONCE):
            self.store_waiting()
        self.waiting.append(model(**values))

    def store_waiting(self) -> None:
        """Store the records collected so far."""
        if self.waiting:
            type(self.waiting[0])._default_manager.bulk_create(self.waiting)
            self.waiting = []

    def _value(self, column: "Field[Any, Any]", value: Any) -> Any:
        if value is None and not column.null and not column.primary_key:
            raise ValueError("A column has no value.")
        if column.remote_field and value is not None:
            return self.keys[column.remote_field.model][value]
        if isinstance(value, str) and "\0" in value:
            raise ValueError("A text has the character NUL.")
        found = column.to_python(value)
        column.run_validators(found)
        return found

    def _make_own(self, model: type[Resource], values: dict[str, Any]) -> None:
        """Move a resource to the account that the state is loaded into; raise ValueError if its ARN does not match."""
        start, arn = f"arn:aws:personalize:{values['region']}:", values["arn"]
        former = f"{start}{values['account']}:"
        if not is_account(values["account"]) or not arn.startswith(former):
            raise ValueError("The ARN of a resource is of another account or region.")
        if model is Schema:
            check_schema(values["text"], values["domain"])
        if self.account is not None:
            values |= {"account": self.account, "arn": f"{start}{self.account}:{arn.removeprefix(former)}"}
        if model is EventTracker and self.is_moved:
            values["tracking_id"] = str(uuid.uuid4())
        if model is Job:
            values |= WITHOUT_WORKER


__all__ = ["LONGEST_STATE", "StateError", "load", "save", "version"]
