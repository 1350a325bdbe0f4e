"""Submissions: one for each call that a press of Create record(s) makes, after its records passed validation."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from console.records.entities import ENTITIES, Entity
from console.records.event_parts import EventParts, event_parts
from console.records.requests import Sent
from console.submissions.append_only import AppendOnly
from console.submissions.orders import Folded, order_indexes
from console.submissions.origins import Origin

# The console gives up waiting for AWS well before. What has no answer then gets none.
LONGEST_SENDING = timedelta(seconds=3 * settings.CONSOLE_AWS_SECONDS)


class Outcome(models.TextChoices):
    """The outcome of a submission. `sending` is written first; a crash before the response leaves it."""

    SENDING = "sending", "Sending"
    CREATED = "created", "Created"
    REFUSED = "refused", "Refused"
    NOT_SENT = "not sent", "Not sent"
    UNCONFIRMED = "unconfirmed", "Unconfirmed"

    @property
    def shown(self) -> "Outcome":
        """The outcome for display: without a response, a submission is unconfirmed."""
        return Outcome.UNCONFIRMED if self is Outcome.SENDING else self


class Submission(AppendOnly):
    """A request that sends records: recorded before it is sent, completed once by its response, redacted once.

    The database refuses every other change too: see `console/submissions/triggers/submission_triggers.py`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # An account that has sent something is deactivated, not deleted. It is null where older versions deleted one.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # The account's name when this was sent: an account may be renamed, and another one may get its name.
    person_name = models.CharField(max_length=150)
    environment = models.CharField(max_length=63)
    # The environment of that name at the time. Every index of a list begins with it.
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, db_index=False, related_name="+")
    dataset_group = models.CharField(max_length=63)
    dataset_arn = models.CharField(max_length=256)
    dataset_type = models.CharField(max_length=32)
    # For events: the event tracker they were sent to, the key of the page, and the number of the call in its press.
    # Null in rows of other types.
    tracking_id = models.CharField(max_length=256, null=True)  # noqa: DJ001 (a column without null is a new table)
    press = models.UUIDField(null=True)
    call_number = models.PositiveSmallIntegerField(null=True)
    call_count = models.PositiveSmallIntegerField(null=True)
    # For a call of an import from a file: the import's key and the number of the call in it; otherwise null.
    bulk_import = models.UUIDField(null=True)
    bulk_call = models.BigIntegerField(null=True)
    # The address that the request came from, as the server has it.
    address = models.CharField(max_length=64, blank=True)
    # The text exactly as typed; empty once it is redacted.
    record_input = models.TextField()
    # The ids alone, one a line, for lists and searches, which need no properties.
    record_ids = models.TextField()
    record_count = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.SENDING)
    error_code = models.CharField(max_length=128, blank=True)
    # The failure and the advice in the console's words, and the message of AWS.
    sentence = models.TextField(blank=True)
    message = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    request_id = models.CharField(max_length=128, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    duration_ms = models.FloatField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True)
    # When the typed text and the properties of the records were removed.
    redacted_at = models.DateTimeField(null=True)
    # Whether the database has the answer that this object has, whether the journal had it, and whether it is in the
    # memory of this process alone: see `recording.py`.
    is_recorded = True
    is_kept = False
    is_held = False
    # The records of a submission that was begun by this process, which need no reading.
    begun_with: list[Sent] | None = None
    # Which attempt of its key it is of, as far as `attempts.py` was asked; the first is 0.
    attempt = 0
    # Whether what it sent was redacted, or has been removed from the dataset since, as far as that was asked there.
    is_lost = False
    # Whether the name alone does not tell the account, as far as `add_ids_to_names` was asked.
    needs_person_id = False

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            *order_indexes(),
            models.Index(fields=["press"], condition=models.Q(press__isnull=False), name="submissions_of_press"),
            models.Index(
                fields=["bulk_import", "bulk_call"],
                condition=models.Q(bulk_import__isnull=False),
                name="submissions_of_import",
            ),
            # Whether a name is that of one account alone: see `console/submissions/trails/people_names.py`.
            models.Index(fields=["person_name", "person"], name="submissions_of_name"),
            models.Index(
                fields=["created_at"], condition=models.Q(redacted_at__isnull=True), name="submissions_unredacted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.dataset_arn}: {self.outcome}"

    @property
    def person_shown(self) -> str:
        """The person's name, with the account's id if the name does not identify the account."""
        if not self.needs_person_id:
            return self.person_name
        account = "deleted account" if self.person_id is None else f"ID {self.person_id}"
        return f"{self.person_name} ({account})"

    @property
    def entity(self) -> Entity:
        """The type of the dataset that the records were sent to."""
        return ENTITIES[self.dataset_type]

    @property
    def target(self) -> str:
        """The target in the request: the dataset's ARN, or a tracking id."""
        return self.tracking_id or self.dataset_arn

    @property
    def record_id_list(self) -> list[str]:
        """The ids of the records, in the order they were sent."""
        return self.record_ids.split("\n")

    @property
    def known_from(self) -> datetime:
        """Since when its records are known: for a demo's initial data, since that was made."""
        return max(self.created_at, self.origin.began_at or self.created_at)

    @property
    def records(self) -> list[Sent]:
        """The records as they were sent, by id with their properties; without properties once redacted."""
        if self.begun_with is not None:
            return self.begun_with
        return [(sent.record_id, sent.properties) for sent in self.sent_records.all()]

    @property
    def has_all_properties(self) -> bool:
        """Whether no properties of its records have been redacted, by age or with a person."""
        return self.redacted_at is None and all(properties for _record_id, properties in self.records)

    @property
    def events(self) -> list[EventParts]:
        """What identifies its events, in the order they were sent; empty for other records."""
        return [event_parts(self.entity, each) for each in self.records] if self.entity.is_event else []

    @property
    def shown_outcome(self) -> Outcome:
        """The outcome for display."""
        return Outcome(self.outcome).shown

    @property
    def outcome_now(self) -> Outcome:
        """Return the outcome of a submission as lists show it, which may still be `sending`."""
        return outcome_now(self.outcome, self.created_at)

    def take(self, fields: Mapping[str, Any]) -> None:
        """Set the fields of a response on this object, even if the database does not have them yet."""
        for field, value in fields.items():
            setattr(self, field, value)


def dataset_key(endpoint: str, dataset_arn: str) -> str:
    """Return what identifies a dataset among all others: its endpoint, and its ARN there."""
    return f"{endpoint} {dataset_arn}"


def outcome_now(outcome: str, created_at: datetime) -> Outcome:
    """Return the outcome of a submission as lists show it, which may still be `sending`."""
    is_recent = timezone.now() - created_at < LONGEST_SENDING
    return Outcome.SENDING if is_recent and outcome == Outcome.SENDING else Outcome(outcome).shown


def of_outcome_now(outcome: Outcome) -> models.Q:
    """Return the condition for submissions that lists show with an outcome: see `Submission.outcome_now`."""
    since = timezone.now() - LONGEST_SENDING
    if outcome is Outcome.SENDING:
        return models.Q(outcome=Outcome.SENDING, created_at__gt=since)
    found = models.Q(outcome=outcome)
    if outcome is Outcome.UNCONFIRMED:
        found |= models.Q(outcome=Outcome.SENDING, created_at__lte=since)
    return found


class SentRecord(AppendOnly):
    """A record of a submission, found by dataset and id: the memory that AWS does not offer."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="sent_records")
    # As `dataset_key` has it: environments with one endpoint write to the same dataset of an ARN.
    dataset = models.CharField(max_length=320)
    record_id = models.CharField(max_length=256)
    # The JSON text that was sent; nothing once it is redacted.
    properties = models.TextField()

    class Meta:
        # In the order in which they were sent.
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["dataset", "record_id", "-id"], name="sent_records_of_dataset"),
            # For the beginnings of ids in any case. PostgreSQL reads it alone since it has the column itself too.
            models.Index(
                "dataset",
                Folded("record_id"),
                "submission",
                include=["record_id"],
                name="sent_records_of_any_case",
            ),
        ]

    def __str__(self) -> str:
        return self.record_id

    @property
    def is_event(self) -> bool:
        """Whether it is an event, which replaces no other."""
        entity = ENTITIES.get(self.dataset.rpartition("/")[2])
        return entity is not None and entity.is_event


class Redaction(AppendOnly):
    """The redaction of one person's records: by whom, when, and up to which record of a dataset.

    The database allows deleting the properties of these records, and texts that may quote them, and no others: see
    `console/submissions/triggers/submission_triggers.py`.
    """

    dataset = models.CharField(max_length=320)
    record_id = models.CharField(max_length=256)
    # The key of the newest of its records then.
    last_record = models.BigIntegerField()
    person_name = models.CharField(max_length=150)
    redacted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["dataset", "record_id", "last_record"], name="redactions_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.redacted_at:%Y-%m-%d %H:%M} {self.dataset}: up to {self.last_record}"


class DatasetEvent(AppendOnly):
    """An event of a dataset other than a submission, after which earlier records may no longer exist.

    `record_id` is the only record concerned; without it all records are.
    """

    class Kind(models.TextChoices):
        """What happened, in words that follow the date."""

        USERS_DELETED = "users deleted", "a data deletion job removed the user"
        IMPORTED = "imported", "a dataset import job replaced data"
        DATASET_DELETED = "dataset deleted", "the dataset was deleted"
        DEMO_RESET = "demo reset", "the demo data was reset"

    dataset = models.CharField(max_length=320)
    record_id = models.CharField(max_length=256, blank=True)
    kind = models.CharField(max_length=16, choices=Kind)
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["dataset", "record_id", "-happened_at"], name="dataset_events_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.dataset}: {self.kind}"
