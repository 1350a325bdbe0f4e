"""Uploads: a file arrives in pieces, in order, and is looked at once it is complete."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from console.bulk.models import Import, Stage
from console.bulk.uploading import store
from console.bulk.uploading.looks import choices_of_data, look_as_data, look_of_data
from console.bulk.uploading.mapping import remembered, with_added_fields
from console.records.files.added_columns import with_added
from console.records.files.heading_fields import fields_of_columns
from console.records.files.other_formats import read_misread, read_unread
from console.records.files.readers.look import look_at
from console.records.files.source import Choices, FileError, FileLook
from console.records.schemas.schema import Schema

MOST_BYTES = 1024**3
LONGEST_PIECE = 8 * 1024**2
LONGEST_NAME = 255
AS_RECORDS = "Rows are numbered as the records in it."


class UploadError(ValueError):
    """A file that cannot be used, with a sentence that says what is wrong and what to do."""


class WrongPlaceError(UploadError):
    """A piece that does not follow the previous one: `received` is the offset of the next piece."""

    def __init__(self, received: int) -> None:
        """Keep where the next piece begins."""
        super().__init__(f"The next piece of this file begins at byte {received}.")
        self.received = received


def begin(file_name: str, file_size: int, **known: Any) -> Import:
    """Return a new import for a file that is about to arrive; raise UploadError.

    `known` are the fields of the import that say who imports into which dataset.
    """
    if file_size <= 0:
        raise UploadError("The file is empty. Choose another one.")
    if file_size > MOST_BYTES:
        raise UploadError(f"The file has {file_size} bytes, and may have 1 GB. Split it into several files.")
    try:
        store.check_room(file_size)
    except store.NoRoomError as error:
        raise UploadError(
            "There is no room for this file on the console's disk. Ask an administrator to free some space."
        ) from error
    except OSError as error:
        reason = "it is a file" if isinstance(error, FileExistsError) else error.strerror
        raise UploadError(
            f"The console cannot store files in its directory ({reason}). {store.advice(error)}"
        ) from error
    return Import.objects.create(
        file_name=_kept_name(file_name), file_size=file_size, starts_at=timezone.now(), **known
    )


def unfinished(file_name: str, file_size: int, changed_at: int | None, **known: Any) -> Import | None:
    """Return the newest incomplete upload of a file, or None; `known` is as for `begin`.

    It must be the same person's, from anywhere, of a file with the same name, size and modification time.
    """
    own = {name: value for name, value in known.items() if name not in ("person_name", "address")}
    found = Import.objects.filter(
        stage=Stage.UPLOADING,
        file_name=_kept_name(file_name),
        file_size=file_size,
        file_changed_at=changed_at,
        **own,
    )
    return found.order_by("-pk").first()


def _kept_name(file_name: str) -> str:
    """Return the name of a file: browsers send only that, but other clients may send a path."""
    return file_name.replace("\\", "/").rpartition("/")[2].replace("\0", "")[:LONGEST_NAME] or "file"


def add_piece(bulk_import: Import, start: int, content: bytes) -> None:
    """Write the next piece into the file of an import; raise UploadError.

    A piece that has already arrived, as when its response was lost, changes nothing.
    """
    end = start + len(content)
    if bulk_import.stage != Stage.UPLOADING or start > bulk_import.received:
        raise WrongPlaceError(bulk_import.received)
    if end <= bulk_import.received:
        return
    if start < bulk_import.received:
        raise WrongPlaceError(bulk_import.received)
    if end > bulk_import.file_size or len(content) > LONGEST_PIECE:
        raise UploadError(f"The piece is too long: the file has {bulk_import.file_size} bytes. Upload it again.")
    try:
        store.add(bulk_import, start, content)
    except OSError as error:
        advice = store.advice(error, then=", then go on")
        raise UploadError(f"The piece could not be stored ({error.strerror}). {advice}") from error
    # Two that send the same piece at once count it once.
    Import.objects.filter(pk=bulk_import.pk, received=start).update(received=end)
    bulk_import.received = end


def look(
    bulk_import: Import, schema: Schema, schema_text: str, choices: Choices | None = None, *, target: str = ""
) -> None:
    """Look at the complete file of an import, and match its columns; raise UploadError.

    `choices` are a person's current answers to what the file leaves open. `target` is what a request in the file must
    name, as for `detect`: see `records/files/other_formats.py`.
    """
    if choices is None:
        choices = choices_of_data(bulk_import.choices)
    try:
        found = _look_at(bulk_import, schema, choices, target)
    except FileError as error:
        raise UploadError(str(error)) from error
    except FileNotFoundError as error:
        raise UploadError("The file is not there any more. Upload it again.") from error
    except OSError as error:
        raise UploadError(f"The file could not be stored ({error.strerror}). {store.advice(error)}") from error
    columns = remembered(bulk_import, schema, found.heading) or fields_of_columns(schema, found.heading)
    columns = with_added_fields(columns, [field for field, _value in found.added])
    with transaction.atomic():
        bulk_import.look = look_as_data(found)
        bulk_import.choices = {
            "encoding": choices.encoding,
            "separator": choices.separator,
            "sheet": choices.sheet,
            "added": choices.added,
        }
        bulk_import.columns = columns
        bulk_import.schema_text = schema_text
        bulk_import.stage = Stage.MAPPING
        bulk_import.save(update_fields=["look", "choices", "columns", "schema_text", "stage", "file_size", "received"])


def add_column(bulk_import: Import, columns: Sequence[str | None], field: str, value: str) -> None:
    """Add a column with one value in all rows, for a field that the file of an import lacks.

    `columns` are the fields chosen for the columns so far.
    """
    added = ((field, value),)
    bulk_import.look = look_as_data(with_added(look_of_data(bulk_import.look), added))
    bulk_import.choices = bulk_import.choices | {"added": [*bulk_import.choices.get("added", ()), *added]}
    bulk_import.columns = with_added_fields([*columns, None], [field])
    # The earlier check no longer describes what would be sent.
    bulk_import.stage = Stage.MAPPING
    bulk_import.save(update_fields=["look", "choices", "columns", "stage"])


def _look_at(bulk_import: Import, schema: Schema, choices: Choices, target: str) -> FileLook:
    """Return the look at a file; a file in another format becomes JSON Lines. Raise FileError and OSError."""
    with store.local_file(bulk_import) as path:
        try:
            found = look_at(path, schema, choices)
        except FileError as error:
            if choices.is_any:
                raise
            made = read_unread(path, schema, target, error)
        else:
            misread = None if choices.is_any else read_misread(path, schema, target, found)
            if misread is None:
                return found
            made = misread
    content = made.text.encode(errors="replace")
    store.put(bulk_import, content)
    bulk_import.file_size = bulk_import.received = len(content)
    with store.local_file(bulk_import) as path:
        found = look_at(path, schema, Choices(added=choices.added))
    return replace(found, words=made.words, notes=(AS_RECORDS, *made.changes, *found.notes))
