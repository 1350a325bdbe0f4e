"""Sessions, ways to sign in, and people's preferences for the console and its tables."""

from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from console.people.roles import Person


class Session(AbstractBaseSession):
    """A session with its person, so that all of a person's sessions can be ended."""

    person_id = models.IntegerField(null=True, db_index=True)
    # As the session's own data has it, so that the people who are seen can be listed.
    seen_at = models.DateTimeField(null=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the class that reads and writes these sessions; its module imports this one."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class ProviderAccount(models.Model):
    """A person's account at an OpenID provider.

    Only issuer and subject together identify a person (OpenID Connect Core 1.0, section 5.7); names and e-mail
    addresses may pass to others.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="provider_account")
    issuer = models.CharField(max_length=500)
    # At most 255 characters of ASCII, says section 8.
    subject = models.CharField(max_length=255)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_for_each_issuer_and_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} of {self.issuer}"


class FailedSignIns(models.Model):
    """Consecutive failures to sign in, for an account, an address, or both: see `lock_out.py`."""

    # Digests: people type passwords into the field for their names, and addresses are personal data.
    key = models.CharField(max_length=64, primary_key=True)
    account = models.CharField(max_length=64, db_index=True)
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.last_at}"


class Mode(models.TextChoices):
    """Light or dark."""

    SYSTEM = "system", "System"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Density(models.TextChoices):
    """The spacing between elements."""

    COMFORTABLE = "comfortable", "Comfortable"
    COMPACT = "compact", "Compact"


class Appearance(models.Model):
    """A person's choices in Settings; there is no row for a person who chose nothing."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.SYSTEM)
    density = models.CharField(max_length=20, choices=Density, default=Density.COMFORTABLE)
    # A name of `zones.py`; "" for the console's own.
    zone = models.CharField(max_length=64, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.mode}, {self.density}, {self.zone or 'no zone'}"

    @property
    def chosen_mode(self) -> str:
        """Light or dark; empty if the system's mode applies."""
        return "" if self.mode == Mode.SYSTEM else self.mode


def appearance_of(person: Person) -> Appearance:
    """Return a person's choices, or the defaults."""
    chosen: Appearance | None = getattr(person, "appearance", None)
    return chosen or Appearance(pk=person.pk)


class TablePreferences(models.Model):
    """A person's Preferences of a table; the defaults are Cloudscape's."""

    PAGE_SIZES: ClassVar[tuple[int, ...]] = (10, 20, 50, 100)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The name of the page that has the table.
    table = models.CharField(max_length=40)
    page_size = models.PositiveSmallIntegerField(default=20)
    wrap_lines = models.BooleanField(default=False)
    striped_rows = models.BooleanField(default=False)
    # Not those that are shown: a column that a later version brings is seen.
    hidden_columns = models.JSONField(default=list)
    # The chosen ones among columns that are hidden by default.
    chosen_columns = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "table"], name="one_for_each_person_and_table"),
        ]

    def __str__(self) -> str:
        return f"{self.table}: {self.page_size}"


def table_preferences_of(person_id: int, table: str) -> TablePreferences:
    """Return a person's preferences for a table, or the defaults."""
    chosen = TablePreferences.objects.filter(person_id=person_id, table=table).first()
    return chosen or TablePreferences(person_id=person_id, table=table)
