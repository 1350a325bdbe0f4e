"""The parts of an import one after another, for those who write between."""

from collections.abc import Iterator

from console.bulk.models import Import, Part


def parts_of(bulk_import: Import, *fields: str) -> Iterator[Part]:
    """Yield the parts of an import in their order, with all fields or some, one at a time.

    No statement is open while the caller has one: SQLite would refuse to write beside it once another process has
    written since it began.
    """
    parts = Part.objects.filter(bulk_import=bulk_import).order_by("number")
    chosen = parts.only(*fields) if fields else parts
    for pk in list(parts.values_list("pk", flat=True)):
        if part := chosen.filter(pk=pk).first():
            yield part
