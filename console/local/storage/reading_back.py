"""The records of a dataset as lines of JSON: AWS itself has no call that reads them back."""

import json
from collections.abc import Iterator
from typing import Any

from console.local.models import Dataset
from console.records.entities import ENTITIES

# Characters that some programs take for the end of a line; JSON itself escapes the others.
LINE_SEPARATORS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def find_dataset(arn: str) -> Dataset | None:
    """Return the dataset with an ARN, in any account, or None if it does not exist."""
    dataset = Dataset.objects.filter(arn=arn).first()
    return None if dataset is None or dataset.is_gone else dataset


def record_lines(dataset: Dataset) -> Iterator[str]:
    """Yield each record of a dataset as a line of JSON without its end, which every program reads as one line.

    Users, items and actions come in the order of their ids, interactions in that in which they were stored.
    """
    for each in _records(dataset):
        yield one_line(json.dumps(each, ensure_ascii=False))


def one_line(text: str) -> str:
    """Return JSON text that every program reads as one line."""
    return text.translate(LINE_SEPARATORS)


def _records(dataset: Dataset) -> Iterator[dict[str, Any]]:
    """Yield the records of a dataset; an event of an unknown user has no user ID."""
    entity = ENTITIES[dataset.dataset_type]
    if not entity.is_event:
        rows = dataset.records.order_by("record_id").values_list("record_id", "properties")
        for record_id, properties in rows.iterator():
            yield {entity.id_property: record_id, "properties": json.loads(properties)}
        return
    for user_id, properties in dataset.events.order_by("pk").values_list("user_id", "properties").iterator():
        user = {entity.id_property: user_id} if user_id else {}
        yield user | json.loads(properties)
