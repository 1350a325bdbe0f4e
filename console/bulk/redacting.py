"""Redaction of a person in imports from files: one that holds the ID goes as a whole, with its file and its rows.

What was sent of it stays in the trail, which is redacted for itself.
"""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from console.bulk.checking.invalid_rows import rows_in
from console.bulk.models import Import, Stage
from console.bulk.removing import remove
from console.bulk.uploading import store
from console.records.files.readers.content import ZIP_MAGIC, opened
from console.records.files.readers.xlsx.package import bytes_of_archive
from console.records.files.source import FileError
from console.submissions.redaction.kept import Order
from console.submissions.redaction.redacting import Redacted

# Their rows are not taken from the file yet, or never will be.
WITHOUT_ROWS = (Stage.UPLOADING, Stage.MAPPING, Stage.CHECKING, Stage.FAILED)
BYTES_AT_ONCE = 4 * 1024**2
# More than the longest ID has in any writing.
OVERLAP = 4096
SENDING = "An import that is being sent holds the ID: it is removed within minutes of its end. Redact again then."
UNKNOWN = (
    "A file is not complete, or cannot be unpacked, so it is not known whether it holds the ID. Cancel its import, or "
    "redact again once it is checked."
)
NOT_REMOVED = "The file of an import that holds the ID could not be removed: see the log. The worker tries again."


def redact_imports(order: Order, found: Redacted) -> None:
    """Remove the imports that hold the ID of an order, and say which are left."""
    datasets = {each.partition(" ")[::2] for each in order.datasets}
    asked = Q(pk__in=[])
    for endpoint, arn in datasets:
        asked |= Q(endpoint=endpoint, dataset_arn=arn)
    for bulk_import in Import.objects.filter(asked, created_at__lte=order.asked_at).order_by("pk"):
        holds = _holds(bulk_import, order.record_id)
        if holds is None and bulk_import.stage == Stage.FAILED:
            # Nothing of it can be read any more, by nobody.
            holds = True
        if holds is None:
            found.left.append(UNKNOWN)
        elif holds and bulk_import.stage == Stage.SENDING:
            Import.objects.filter(pk=bulk_import.pk).update(expires_at=timezone.now())
            found.left.append(SENDING)
        elif holds and remove(bulk_import):
            found.imports += 1
        elif holds:
            found.left.append(NOT_REMOVED)
    found.left[:] = dict.fromkeys(found.left)


def _holds(bulk_import: Import, record_id: str) -> bool | None:
    """Return whether an import's rows, or its file before there are rows, have an ID; None if that is unknown."""
    for row in bulk_import.typed_rows.all():
        if record_id in row.cells or record_id in row.before:
            return True
    for part in bulk_import.parts.iterator(chunk_size=1):
        if record_id in part.records["ids"]:
            return True
        invalid = rows_in(bytes(part.packed_invalid)) if part.invalid_count else ()
        if any(record_id in cells for _number, cells, _problems in invalid):
            return True
    if bulk_import.stage not in WITHOUT_ROWS:
        return False
    try:
        with store.local_file(bulk_import) as path:
            return _has_word(path, record_id)
    except FileNotFoundError:
        return False
    except FileError:
        return None


def _has_word(path: Path, record_id: str) -> bool:
    """Return whether a file has an ID as a word, as texts, JSON and spreadsheets write it; raise FileError."""
    ways = {record_id, json.dumps(record_id)[1:-1], escape(record_id, quote=False)}
    found = {
        re.compile(rb"(?<![\w-])" + re.escape(way.encode(code)) + rb"(?![\w-])")
        for way in ways
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    }
    before = b""
    for content in _contents(path):
        text = before + content
        if any(each.search(text) for each in found):
            return True
        before = text[-OVERLAP:]
    return False


def _contents(path: Path) -> Iterator[bytes]:
    """Yield the content of a file in pieces, unpacked, and of an archive that of its parts; raise FileError."""
    with opened(path) as content:
        is_archive = content.read(len(ZIP_MAGIC)) == ZIP_MAGIC
    if is_archive:
        yield from bytes_of_archive(path)
        return
    with opened(path) as content:
        yield from iter(lambda: content.read(BYTES_AT_ONCE), b"")
