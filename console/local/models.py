"""What the local service holds, per account and region."""

from typing import ClassVar

from django.db import models


class Resource(models.Model):
    """What every resource of the service has."""

    account = models.CharField(max_length=12)
    region = models.CharField(max_length=32)
    name = models.CharField(max_length=63)
    arn = models.CharField(max_length=256, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.arn


class DatasetGroup(Resource):
    domain = models.CharField(max_length=32, blank=True)
    role_arn = models.CharField(max_length=256, blank=True)
    kms_key_arn = models.CharField(max_length=2048, blank=True)
    status = models.CharField(max_length=32, default="ACTIVE")
    failure_reason = models.TextField(blank=True)


class Schema(Resource):
    text = models.TextField()
    domain = models.CharField(max_length=32, blank=True)


class Dataset(Resource):
    group = models.ForeignKey(DatasetGroup, on_delete=models.CASCADE, related_name="datasets")
    schema = models.ForeignKey(Schema, on_delete=models.PROTECT, related_name="datasets")
    dataset_type = models.CharField(max_length=32)
    status = models.CharField(max_length=32, default="ACTIVE")

    class Meta(Resource.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["group", "dataset_type"], name="one_dataset_of_each_type_per_group"),
        ]


class StoredUser(models.Model):
    """A user of a Users dataset; `properties` is the text of a JSON object by property name."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="users")
    user_id = models.CharField(max_length=256)
    properties = models.TextField()
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "user_id"], name="one_user_of_each_id_per_dataset"),
        ]

    def __str__(self) -> str:
        return self.user_id


class Demo(models.Model):
    """The mark that the demo data was made, so that it is not made again."""

    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Demo data of {self.made_at:%Y-%m-%d}"
