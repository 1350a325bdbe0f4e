"""The part with an import's fixed rows, which is sent after all others."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from console.bulk.checking.invalid_rows import pack_rows
from console.bulk.models import Import, Part, packed

# The number of the row, the ID of the record, and its properties as JSON text.
type Fixed = tuple[int, str, str]


def add_fixed(bulk_import: Import, fixed: Iterable[Fixed]) -> int:
    """Add fixed records to the last part, if it has not been sent.

    They replace records with the same IDs there; return how many were replaced.
    """
    part = Part.objects.filter(bulk_import=bulk_import, is_of_fixed_rows=True, is_settled=False).first()
    records: dict[str, list[Any]] = part.records if part else {"numbers": [], "ids": [], "properties": []}
    kept: list[Fixed] = list(zip(records["numbers"], records["ids"], records["properties"], strict=True))
    count = len(kept)
    for each in fixed:
        count += 1
        if not bulk_import.entity.is_event:
            kept = [other for other in kept if other[1] != each[1]]
        kept.append(each)
    if not kept:
        return 0
    numbers, ids, texts = (list(column) for column in zip(*kept, strict=True))
    fields = {
        "packed_records": packed({"numbers": numbers, "ids": ids, "properties": texts}),
        "valid_count": len(kept),
    }
    if part:
        Part.objects.filter(pk=part.pk).update(**fields)
        return count - len(kept)
    last = Part.objects.filter(bulk_import=bulk_import).aggregate(last=Max("number"))["last"]
    Part.objects.create(
        bulk_import=bulk_import,
        number=0 if last is None else last + 1,
        is_of_fixed_rows=True,
        packed_invalid=pack_rows([]),
        **fields,
    )
    return count - len(kept)
