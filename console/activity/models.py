"""Entries of Activity: what somebody did, or what happened to an account, each recorded once."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from console.submissions.append_only import AppendOnly

# An entry still marked as begun after this has an unknown end. The longest actions are exports, which are written as
# they are read.
LONGEST = timedelta(minutes=10)
LONGEST_NAME = 256
# Columns that lists can be sorted by, besides the time, by the name of the order. Ties are newest first.
KEYS = {
    "person": "person_name",
    "kind": "kind",
    "name": "name",
    "environment": "environment",
    "address": "address",
    "outcome": "outcome",
}


class Kind(models.TextChoices):
    """What was done, in words for a list."""

    SIGNED_IN = "signed in", "Signed in"
    SIGNED_OUT = "signed out", "Signed out"
    SIGN_IN_FAILED = "sign-in failed", "Sign-in failed"
    LOCKED_OUT = "locked out", "Locked out"
    LOCK_OUT_LIFTED = "lock-out lifted", "Lock-out lifted"
    ACCOUNT_CREATED = "account created", "Account created"
    ACCOUNT_CHANGED = "account changed", "Account changed"
    ACCOUNT_DELETED = "account deleted", "Account deleted"
    GROUP_CREATED = "group created", "Group created"
    GROUP_CHANGED = "group changed", "Group changed"
    GROUP_DELETED = "group deleted", "Group deleted"
    CREATED = "created", "Created"
    DELETED = "deleted", "Deleted"
    SCHEMA_REPLACED = "schema replaced", "Schema replaced"
    TAGS_CHANGED = "tags changed", "Tags changed"
    EXPORTED = "exported", "Exported"
    REDACTED = "redacted", "Redacted"
    SIMULATED = "simulated", "Simulation started"
    SIMULATION_STOPPED = "simulation stopped", "Simulation stopped"
    DEMO_RESET = "demo reset", "Demo data reset"
    ENVIRONMENT = "environment", "Environment at start"


class Outcome(models.TextChoices):
    """What became of it. What calls AWS is written as begun first; a crash before its end leaves that."""

    BEGUN = "begun", "Begun"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    NOT_SENT = "not sent", "Not sent"
    BROKEN_OFF = "broken off", "Broken off"
    UNCONFIRMED = "unconfirmed", "Unconfirmed"


class Entry(AppendOnly):
    """What was done once. Its end is written once, and its address goes after a time.

    The database refuses every other change too: see `console/activity/triggers.py`.
    """

    happened_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=32)
    # The account, and its name then. No foreign key: whatever becomes of the account, the entry stays as it is. Both
    # are empty of what the console itself or a command did.
    person_id = models.IntegerField(null=True)
    person_name = models.CharField(max_length=150, blank=True)
    # The address that the request came from, as the server has it; nothing once it is removed.
    address = models.CharField(max_length=64, blank=True)
    environment = models.CharField(max_length=63, blank=True)
    dataset_group = models.CharField(max_length=63, blank=True)
    # What was acted on: a noun for sentences, such as "schema", and its name.
    noun = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    # Further details for the sentence, by kind (see `words.py`); never properties of records or secrets.
    facts = models.JSONField(default=dict)
    outcome = models.CharField(max_length=16, default=Outcome.DONE)
    # The number of rows of an export, once it has ended.
    row_count = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["happened_at", "id"], name="activity_by_time"),
            *(
                models.Index(fields=[column, "-happened_at", "-id"], name=f"activity_by_{name}")
                for name, column in KEYS.items()
            ),
            # Those whose address is still to go.
            models.Index(fields=["happened_at"], condition=~models.Q(address=""), name="activity_with_address"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.person_name}: {self.kind} {self.name}"

    @property
    def outcome_now(self) -> Outcome:
        """The outcome as lists show it: what should have ended by now is unconfirmed."""
        if self.outcome == Outcome.BEGUN and timezone.now() - self.happened_at > LONGEST:
            return Outcome.UNCONFIRMED
        return Outcome(self.outcome)

    def end(self, outcome: Outcome, row_count: int | None = None) -> None:
        """Write how it ended, unless that was written before."""
        fields: dict[str, Any] = {"outcome": outcome, "row_count": row_count}
        # The manager of append-only rows refuses; the database takes this change alone.
        Entry._base_manager.filter(pk=self.pk, outcome=Outcome.BEGUN).update(**fields)
