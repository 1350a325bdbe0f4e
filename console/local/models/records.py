"""Records of datasets: users, items and actions."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from console.local.models.resources import Dataset

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField


class CodePointField(CharField):
    """Text that every database compares and sorts by its code points, as SQLite does and Python.

    PostgreSQL sorts by the rules of a language otherwise, in which the texts that begin alike need not stand together.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


class StoredRecord(models.Model):
    """What a user, an item and an action have: `properties` is the text of a JSON object by property name.

    `import_job` is the key of the dataset import job that brought the record, which is then one of the data in bulk
    (BULK); a record that was put individually (PUT) has none. It is no foreign key, which would be one more index to
    keep at each PutUsers. Nor has the dataset an index of its own: that of the constraint begins with it.
    """

    properties = models.TextField()
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    import_job = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class StoredUser(StoredRecord):
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="users", db_index=False)
    user_id = CodePointField(max_length=256)

    class Meta(StoredRecord.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "user_id"], name="one_user_of_each_id_per_dataset"),
        ]

    def __str__(self) -> str:
        return self.user_id


class StoredItem(StoredRecord):
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="items", db_index=False)
    item_id = CodePointField(max_length=256)

    class Meta(StoredRecord.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "item_id"], name="one_item_of_each_id_per_dataset"),
        ]

    def __str__(self) -> str:
        return self.item_id


class StoredAction(StoredRecord):
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="actions", db_index=False)
    action_id = CodePointField(max_length=256)

    class Meta(StoredRecord.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "action_id"], name="one_action_of_each_id_per_dataset"),
        ]

    def __str__(self) -> str:
        return self.action_id


# The records of a dataset, by its type; the others hold events, which are not stored.
type StoredEntity = StoredUser | StoredItem | StoredAction

STORED: dict[str, type[StoredEntity]] = {"USERS": StoredUser, "ITEMS": StoredItem, "ACTIONS": StoredAction}
