"""How a person wants to see the console."""

from django.conf import settings
from django.db import models


class Mode(models.TextChoices):
    """Light or dark."""

    SYSTEM = "system", "System"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Density(models.TextChoices):
    """How much space there is between things."""

    COMFORTABLE = "comfortable", "Comfortable"
    COMPACT = "compact", "Compact"


class Appearance(models.Model):
    """What a person has chosen in Settings; whoever chose nothing has none."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.SYSTEM)
    density = models.CharField(max_length=20, choices=Density, default=Density.COMFORTABLE)

    def __str__(self) -> str:
        return f"{self.mode}, {self.density}"

    @property
    def chosen_mode(self) -> str:
        """Light or dark, or nothing where the system's own mode holds."""
        return "" if self.mode == Mode.SYSTEM else self.mode


def appearance_of(person_id: int) -> Appearance:
    """Return what a person has chosen, or what holds until they choose."""
    return Appearance.objects.filter(pk=person_id).first() or Appearance(pk=person_id)
