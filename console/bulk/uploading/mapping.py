"""The field of each column of a file: matched by name and alias, or chosen earlier for the same headings."""

from collections.abc import Sequence

from console.bulk.models import Import, Stage
from console.records.schemas.schema import Schema

# How many earlier imports of a dataset are looked at for the same heading.
MOST_REMEMBERED = 50
MAPPED = (Stage.CHECKING, Stage.CHECKED, Stage.SENDING, Stage.PAUSED, Stage.DONE, Stage.CANCELLED)


def remembered(bulk_import: Import, schema: Schema, heading: Sequence[str]) -> list[str | None] | None:
    """Return the fields last chosen for a heading in the dataset; None if there are none.

    Only from what the importing person may know: imports in the same environment.
    """
    known = {each.name for each in schema.fields}
    earlier = Import.objects.filter(
        environment=bulk_import.environment, dataset_arn=bulk_import.dataset_arn, stage__in=MAPPED
    ).exclude(pk=bulk_import.pk)
    for look, columns in earlier.order_by("-pk").values_list("look", "columns")[:MOST_REMEMBERED]:
        if look.get("heading") == list(heading):
            return [name if name in known else None for name in columns]
    return None


def with_added_fields(columns: Sequence[str | None], added: Sequence[str]) -> list[str | None]:
    """Return the fields of columns ending in ones that a person added: no other column may have their fields."""
    own = columns[: len(columns) - len(added)]
    return [*(None if name in added else name for name in own), *added]
