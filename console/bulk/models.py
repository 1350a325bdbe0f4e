"""Imports: files of records on their way to a dataset, and the parts in which their rows are processed."""

import json
import uuid
import zlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from console.records.entities import ENTITIES, Entity
from console.work.leases import LeasedRow

# Level 1 takes a third of the time of the usual one, and the text is a tenth larger.
QUICKLY = 1


class Stage(models.TextChoices):
    """The stage of an import. The worker handles those that are being checked or sent."""

    UPLOADING = "uploading", "Uploading"
    MAPPING = "mapping", "Map columns"
    CHECKING = "checking", "Checking"
    CHECKED = "checked", "Checked"
    SENDING = "sending", "Sending"
    PAUSED = "paused", "Paused"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Failed"


AT_WORK = (Stage.CHECKING, Stage.SENDING)
# Nothing more will be sent in these stages.
OVER = (Stage.DONE, Stage.CANCELLED, Stage.FAILED)


def expiry() -> Any:
    """Return when the rows of an import created now expire."""
    return timezone.now() + timedelta(days=settings.CONSOLE_IMPORT_DAYS)


class Import(LeasedRow):
    """A file of records, from its upload to the last response. Its rows expire after some days; the trail stays."""

    # In addresses, and in the submissions of its calls.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=150)
    # The address that the person's request came from; "" by a command.
    address = models.CharField(max_length=64, blank=True)
    by_command = models.BooleanField(default=False)
    environment = models.CharField(max_length=63)
    endpoint = models.CharField(max_length=63)
    dataset_group = models.CharField(max_length=63)
    dataset_arn = models.CharField(max_length=256)
    dataset_type = models.CharField(max_length=32)
    file_name = models.CharField(max_length=255)
    file_size = models.BigIntegerField()
    # When it was changed last, in milliseconds since 1970, as the browser says that; null where nothing says it.
    file_changed_at = models.BigIntegerField(null=True)
    received = models.BigIntegerField(default=0)
    stage = models.CharField(max_length=16, choices=Stage, default=Stage.UPLOADING)
    # Why it is paused or has failed, in a sentence, and what it is waiting for while it is sent.
    problem = models.TextField(blank=True)
    waiting_for = models.TextField(blank=True)
    # How the file is read, and the person's choices where the file is ambiguous; see `records/files/source.py`.
    look = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    # The names of the fields that the columns are, null for one that is left out.
    columns = models.JSONField(default=list)
    # Which kinds of changes are left out, by the name of the field, and what the check has found.
    without = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    # The Avro JSON that the rows were checked against.
    schema_text = models.TextField(blank=True)
    # Rows by what the check says of them; `superseded` are valid ones whose id a later row has too.
    row_count = models.PositiveIntegerField(default=0)
    valid_count = models.PositiveIntegerField(default=0)
    invalid_count = models.PositiveIntegerField(default=0)
    superseded_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)
    # For a retry, the records that were sent again with other values since they failed.
    newer_count = models.PositiveIntegerField(default=0)
    # How far the check is, in bytes of the file, or in rows once all of it is read.
    progress = models.PositiveSmallIntegerField(default=0)
    # How it is sent: the percentage of AWS's rate, and whether records that
    # would change nothing, or would replace something newer, are left out.
    share = models.PositiveSmallIntegerField(default=80)
    # For an import sent by a dataset import job: FULL or INCREMENTAL, the job's name before it is created, and whether
    # Activity and the trail have recorded it.
    import_mode = models.CharField(max_length=16, blank=True)
    job_name = models.CharField(max_length=63, blank=True)
    is_job_noted = models.BooleanField(default=False)
    # As far as the check tells: see `sending/calls.py`.
    calls_per_record = models.FloatField(default=1)
    leaves_out_same = models.BooleanField(default=False)
    leaves_out_newer = models.BooleanField(default=False)
    # Records by what became of them.
    created_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    unconfirmed_count = models.PositiveIntegerField(default=0)
    # Calls that AWS answered with an error of throttling, each sent again.
    throttled_count = models.PositiveIntegerField(default=0)
    retry_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="retries")
    # For a retry: whether it has the rows that a cancelled import had not sent, rather than those that failed.
    is_rest = models.BooleanField(default=False)
    cancelled_by = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sending_began_at = models.DateTimeField(null=True)
    # How long it was sent in all, without its pauses.
    seconds_sending = models.FloatField(default=0)
    ended_at = models.DateTimeField(null=True)
    # Whether its person was told that it has ended.
    is_seen = models.BooleanField(default=False)
    expires_at = models.DateTimeField(default=expiry)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["environment", "dataset_arn", "-id"], name="imports_of_dataset"),
            models.Index(
                fields=["starts_at"], condition=models.Q(stage__in=("checking", "sending")), name="imports_to_run"
            ),
            models.Index(fields=["expires_at"], name="imports_expiring"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.dataset_arn}"

    @property
    def entity(self) -> Entity:
        """The type of the dataset that its records go to."""
        return ENTITIES[self.dataset_type]

    @property
    def to_send_count(self) -> int:
        """The number of records to send, once it is checked."""
        left_out = self.same_count if self.leaves_out_same else 0
        left_out += self.newer_count if self.leaves_out_newer else 0
        return self.valid_count - self.superseded_count - left_out

    @property
    def settled_count(self) -> int:
        """The number of these with an outcome."""
        return self.created_count + self.refused_count + self.unconfirmed_count

    @property
    def failed_count(self) -> int:
        """The number of these that did not arrive, or may not have arrived."""
        return self.refused_count + self.unconfirmed_count

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is handling it, or is about to."""
        return self.stage in AT_WORK

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be sent."""
        return self.stage in OVER


class Difference:
    """How a valid record compares with the known one of its ID, as a part stores it: one character each.

    NEWER marks a record of a retry that was accepted with other values since it failed.
    """

    NEW, CHANGED, SAME, NEWER, UNKNOWN = "n", "c", "s", "w", "?"


class Part(models.Model):
    """Some consecutive rows of an import: its valid records and its invalid rows, each packed.

    `outcomes` has a character for each call of its records, as defined in `sending/settled.py`.
    """

    bulk_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    # A row that was fixed on the page is in a part of its own, after all others.
    is_of_fixed_rows = models.BooleanField(default=False)
    packed_records = models.BinaryField()
    # See `invalid_rows.py`.
    packed_invalid = models.BinaryField()
    valid_count = models.PositiveIntegerField(default=0)
    invalid_count = models.PositiveIntegerField(default=0)
    # The rows of valid records that a later row replaces, by their numbers.
    superseded = models.JSONField(default=list)
    # The `Difference` of each valid record; "" where nothing is compared.
    differences = models.TextField(blank=True)
    # How many invalid rows there are of each problem: see `invalid_rows.py`.
    problems = models.JSONField(default=dict)
    outcomes = models.TextField(blank=True)
    is_settled = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bulk_import", "number"], name="parts_of_import")
        ]

    def __str__(self) -> str:
        return f"{self.bulk_import_id}, part {self.number}"

    @property
    def records(self) -> dict[str, list[Any]]:
        """The valid records: `numbers` of their rows, their `ids`, and `properties` as JSON text, in one order."""
        found: dict[str, list[Any]] = unpacked(self.packed_records)
        return found


class TypedRow(models.Model):
    """The cells that a person typed into a row of the file, and those of the file; see `typed_rows.py`."""

    bulk_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="typed_rows")
    number = models.PositiveIntegerField()
    # How the file was read.
    reading = models.JSONField(default=dict)
    before = models.JSONField(default=list)
    cells = models.JSONField(default=list)
    typed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bulk_import", "number"], name="typed_rows_of_import")
        ]

    def __str__(self) -> str:
        return f"{self.bulk_import_id}, row {self.number}"


class Piece(models.Model):
    """A piece of an uploaded file, if the database is the store that all machines share."""

    bulk_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="pieces")
    start = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar[list[str]] = ["start"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bulk_import", "start"], name="pieces_of_import")
        ]

    def __str__(self) -> str:
        return f"{self.bulk_import_id} from {self.start}"


def packed(value: Mapping[str, Any] | list[Any]) -> bytes:
    """Return plain data compressed for a column of a part."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), QUICKLY)


def unpacked(content: bytes | memoryview) -> Any:
    """Return the data that was given to `packed`."""
    return json.loads(zlib.decompress(content))
