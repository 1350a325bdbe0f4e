"""The service's own tables: keys, the rate of calls, the demo, and simulated responses."""

from django.db import models
from django.utils import timezone

from console.local.models.resources import DatasetGroup


class PutRate(models.Model):
    """The last second's calls of PutUsers, PutItems and PutActions for a dataset group: see `put_rate.Call`."""

    group = models.OneToOneField(DatasetGroup, on_delete=models.CASCADE, primary_key=True)
    calls = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{len(self.calls)} calls for {self.group}"


class AccessKey(models.Model):
    """An access key that signs requests for one account.

    The secret is kept as it is, not as a hash: both sides of Signature Version 4 compute with the secret itself.
    Nothing but the command that makes a pair prints it.
    """

    access_key_id = models.CharField(max_length=128, unique=True)
    secret = models.CharField(max_length=128)
    name = models.CharField(max_length=128, blank=True)
    account = models.CharField(max_length=12)
    is_read_only = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.access_key_id


class Demo(models.Model):
    """Marks that the demo data was created, so that it is created only once."""

    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Demo data of {self.made_at:%Y-%m-%d}"


class Simulation(models.Model):
    """A simulated response that replaces that of some calls; if several apply, the oldest is used."""

    # Whose calls it is for, of which operation, and for which dataset group, by its ARN; "" for all of them. Where it
    # names no operation, it is for those that put records.
    account = models.CharField(max_length=12, blank=True, default="")
    operation = models.CharField(max_length=64, blank=True, default="")
    dataset_group = models.CharField(max_length=256, blank=True, default="")
    # The name of one of simulation.RESPONSES.
    response = models.CharField(max_length=64)
    # How long an answer waits.
    seconds = models.FloatField(default=0)
    # How many calls it is for, and how many of these are left; None for all calls until it is switched off.
    calls = models.PositiveIntegerField(null=True)
    remaining = models.PositiveIntegerField(null=True)
    started_by = models.CharField(max_length=150)
    started_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.response} since {self.started_at:%Y-%m-%d %H:%M}"
