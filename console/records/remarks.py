"""Remarks on records that may be sent as they are."""

from collections.abc import Mapping

from console.records.nodes import Array
from console.records.problems import Places, Remark
from console.records.reading import read_json


def remarks_on_records(text: str, sentences: Mapping[int, str]) -> tuple[Remark, ...]:
    """Return a remark at the start of each record of a record input that a sentence is about, by its number."""
    root = read_json(text).root if sentences else None
    if root is None:
        return ()
    places = Places(text)
    records = root.items if isinstance(root, Array) else [root]
    return tuple(
        Remark(*places.at(records[number - 1].start), number, None, sentence) for number, sentence in sentences.items()
    )
