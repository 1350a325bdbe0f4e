"""The records of datasets, of any type."""

from typing import TYPE_CHECKING, Any, ClassVar, override

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from console.local.models.resources import Dataset

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField


class CodePointField(CharField):
    """Text that every database compares and sorts by code point, as SQLite and Python do.

    By default, PostgreSQL sorts by the rules of a language, where texts with the same beginning need not be adjacent.
    """

    @override
    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


class StoredRecord(models.Model):
    """A record of a dataset: `properties` is the text of a JSON object by property name.

    `import_job` is the key of the dataset import job that imported the record, which is then bulk data (BULK); a
    record that was put individually (PUT) has none. It is no foreign key, whose index every PutUsers would have to
    update. Nor has the dataset an index of its own: the index of the constraint begins with it.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="records", db_index=False)
    record_id = CodePointField(max_length=256)
    properties = models.TextField()
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    import_job = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "record_id"], name="one_record_of_each_id_per_dataset"),
        ]

    def __str__(self) -> str:
        return self.record_id


class StoredEvent(models.Model):
    """An event of a dataset of interactions: `properties` is the text of a JSON object by property name.

    That has all of the event but its user, who is "" where nobody is known. The other columns are those of what is
    searched, and in seconds since 1970 the moment of the event. `object_id` is the id of the item or the action.
    An event replaces no other, but of identical ones only one is kept ("Importing training data into Amazon
    Personalize datasets", developer guide): `digest` stands for the user and the properties. `import_job` is as that
    of StoredRecord.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="events", db_index=False)
    user_id = models.CharField(max_length=256)
    object_id = models.CharField(max_length=256)
    event_type = models.CharField(max_length=256)
    moment = models.BigIntegerField()
    properties = models.TextField()
    digest = models.BinaryField(max_length=16)
    created_at = models.DateTimeField()
    import_job = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Events come in the order of their moments, so that the index grows at its end.
            models.UniqueConstraint(
                fields=["dataset", "moment", "digest"], name="one_of_identical_events_per_dataset"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["dataset", "id"], name="events_of_dataset"),
            models.Index(fields=["dataset", "user_id", "id"], name="events_of_user"),
            models.Index(fields=["dataset", "object_id", "id"], name="events_of_object"),
            models.Index(fields=["dataset", "event_type", "id"], name="events_of_type"),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} of {self.object_id}"
