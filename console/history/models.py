"""Submissions: one for each press of Create record(s) that passes judgement."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from console.history.append_only import AppendOnly, AppendOnlyError

if TYPE_CHECKING:
    from mypy_boto3_personalize_events.type_defs import UserTypeDef

# The console gives up waiting for AWS well before. What has no answer then gets none.
LONGEST_SENDING = timedelta(seconds=3 * settings.CONSOLE_AWS_SECONDS)
# The properties of a user who was sent as an id alone.
NO_PROPERTIES = "{}"


class Outcome(models.TextChoices):
    """What became of a submission. `sending` is written first; a crash before the answer leaves it."""

    SENDING = "sending", "Sending"
    CREATED = "created", "Created"
    REFUSED = "refused", "Refused"
    NOT_SENT = "not sent", "Not sent"
    UNCONFIRMED = "unconfirmed", "Unconfirmed"

    @property
    def shown(self) -> "Outcome":
        """The outcome as it is shown: a submission without an answer is unconfirmed."""
        return Outcome.UNCONFIRMED if self is Outcome.SENDING else self


class Submission(AppendOnly):
    """One request to PutUsers: written before it is sent, completed once by its answer, redacted once.

    The database refuses every other change too: see `console/history/triggers.py`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # An account that has sent something is deactivated, not deleted. It is null where older versions deleted one.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # The account's name when this was sent: an account may be renamed, and another one may get its name.
    person_name = models.CharField(max_length=150)
    environment = models.CharField(max_length=63)
    dataset_group = models.CharField(max_length=63)
    dataset_arn = models.CharField(max_length=256)
    # The address that the request came from, as the server has it.
    address = models.CharField(max_length=64, blank=True)
    # What was typed, to the character; nothing once it is redacted.
    record_input = models.TextField()
    # The ids alone, one a line: what lists show and search, without what else was sent.
    user_ids = models.TextField()
    user_count = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.SENDING)
    error_code = models.CharField(max_length=128, blank=True)
    # What happened and what to do, in the console's words, and the message of AWS.
    sentence = models.TextField(blank=True)
    message = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    request_id = models.CharField(max_length=128, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    duration_ms = models.FloatField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True)
    # When what was typed, and the users' properties, were removed.
    redacted_at = models.DateTimeField(null=True)
    # Whether the name alone does not tell the account, as far as `add_ids_to_names` was asked.
    needs_person_id = False

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["environment", "dataset_group", "-created_at"], name="submissions_of_group"),
            # Whether a name is that of one account alone: see `console/history/people_names.py`.
            models.Index(fields=["person_name", "person"], name="submissions_of_name"),
            models.Index(
                fields=["created_at"], condition=models.Q(redacted_at__isnull=True), name="submissions_unredacted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.dataset_arn}: {self.outcome}"

    @property
    def person_shown(self) -> str:
        """The person's name, with the account's id where the name alone does not tell the account."""
        if not self.needs_person_id:
            return self.person_name
        account = "deleted account" if self.person_id is None else f"ID {self.person_id}"
        return f"{self.person_name} ({account})"

    @property
    def user_id_list(self) -> list[str]:
        """The ids of the users, in the order they were sent."""
        return self.user_ids.split("\n")

    @property
    def users(self) -> "list[UserTypeDef]":
        """The members of the request's `users`, as they were sent; ids alone once they are redacted."""
        return [sent.as_request_member() for sent in self.sent_users.all()]

    @property
    def shown_outcome(self) -> Outcome:
        """The outcome as it is shown."""
        return Outcome(self.outcome).shown

    @property
    def outcome_now(self) -> Outcome:
        """The outcome as lists show it, which may still be `sending`."""
        is_recent = timezone.now() - self.created_at < LONGEST_SENDING
        return Outcome.SENDING if is_recent and self.outcome == Outcome.SENDING else self.shown_outcome

    @classmethod
    def begin(cls, users: list[dict[str, str]], **known: Any) -> "Submission":
        """Write a submission that is about to be sent, with what is known of it by field name."""
        user_ids = "\n".join(user["userId"] for user in users)
        submission = cls(user_ids=user_ids, user_count=len(users), **known)
        with transaction.atomic():
            submission.save()
            SentUser.objects.bulk_create(
                SentUser(
                    submission=submission,
                    dataset=f"{submission.environment} {submission.dataset_arn}",
                    user_id=user["userId"],
                    properties=user.get("properties", NO_PROPERTIES),
                )
                for user in users
            )
        return submission

    def complete(self, outcome: Outcome, **answer: Any) -> None:
        """Write the answer: its outcome, and what is known of it by field name.

        Raise AppendOnlyError if there is one already.
        """
        fields = {
            field: self._storable(field, value) if isinstance(value, str) else value for field, value in answer.items()
        }
        fields |= {"outcome": outcome, "completed_at": timezone.now()}
        waiting = Submission._base_manager.filter(pk=self.pk, outcome=Outcome.SENDING)
        if not waiting.update(**fields):
            raise AppendOnlyError
        for field, value in fields.items():
            setattr(self, field, value)

    def _storable(self, field: str, value: str) -> str:
        """Return a text of an answer as every database can hold it: any server may be behind an endpoint."""
        characters = value.encode(errors="replace").decode().replace("\0", "\ufffd")
        longest = getattr(self._meta.get_field(field), "max_length", None)
        return characters[:longest]


def of_outcome_now(outcome: Outcome) -> models.Q:
    """Return the condition of submissions that lists show with an outcome: see `Submission.outcome_now`."""
    since = timezone.now() - LONGEST_SENDING
    if outcome is Outcome.SENDING:
        return models.Q(outcome=Outcome.SENDING, created_at__gt=since)
    found = models.Q(outcome=outcome)
    if outcome is Outcome.UNCONFIRMED:
        found |= models.Q(outcome=Outcome.SENDING, created_at__lte=since)
    return found


class SentUser(AppendOnly):
    """One user of a submission, found by the dataset and the id: the memory that AWS does not have."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="sent_users")
    # The environment's name and the dataset's ARN.
    dataset = models.CharField(max_length=320)
    user_id = models.CharField(max_length=256)
    # The JSON text that was sent; nothing once it is redacted.
    properties = models.TextField()

    class Meta:
        # In the order in which they were sent.
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["dataset", "user_id", "-id"], name="sent_users_of_dataset"),
            models.Index(fields=["user_id"], name="sent_users_of_id"),
        ]

    def __str__(self) -> str:
        return self.user_id

    def as_request_member(self) -> "UserTypeDef":
        """Return the user as it was sent; an id alone if it has no properties, or none any more."""
        if self.properties in ("", NO_PROPERTIES):
            return {"userId": self.user_id}
        return {"userId": self.user_id, "properties": self.properties}
