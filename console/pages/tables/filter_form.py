"""The query parameters that narrow a table besides its filter: texts of limited length, days, and others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest

from console.pages.frame.zones import current_zone
from console.people.zones import beginning, end, zone_words

DAYS = {"from": "From", "to": "To"}
NO_DAY = "{}: expected a day as YYYY-MM-DD, such as 2026-03-31."
TOO_LONG = "{}: expected at most {} characters."
BACKWARDS = "From is later than To. Swap them."


class FilterForm(forms.Form):
    """The filters of a request; empty ones leave all rows."""

    # The query parameters; `texts` has the labels and most characters of those that are texts.
    names: ClassVar[tuple[str, ...]]
    texts: ClassVar[Mapping[str, tuple[str, int]]]
    # Texts whose leading and trailing spaces matter.
    unstripped: ClassVar[tuple[str, ...]] = ()

    def __init__(self, request: HttpRequest) -> None:
        # Some databases reject NUL in queries.
        super().__init__({name: request.GET.get(name, "").replace("\0", "") for name in self.names})
        for name, (label, most) in self.texts.items():
            wrong = {"max_length": TOO_LONG.format(label, most)}
            self.fields[name] = forms.CharField(
                required=False, max_length=most, strip=name not in self.unstripped, error_messages=wrong
            )
        for name, label in DAYS.items():
            wrong = {"invalid": NO_DAY.format(label)}
            self.fields[name] = forms.DateField(required=False, input_formats=["%Y-%m-%d"], error_messages=wrong)

    def clean(self) -> dict[str, Any]:
        """Reject days in the wrong order."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and first > last:
            self.add_error(None, BACKWARDS)
        return self.cleaned_data

    @property
    def problem(self) -> str:
        """The problems of the filters as sentences; "" if there are none."""
        return " ".join(str(sentence) for sentences in self.errors.values() for sentence in sentences)

    @property
    def conditions(self) -> dict[str, str]:
        """The query parameters of the filters that are not empty."""
        return {name: value for name, value in self.data.items() if value}

    @property
    def recorded(self) -> dict[str, str]:
        """The query parameters as Activity records them, with the time zone of their days."""
        of_days = {"time zone": zone_words(current_zone())} if DAYS.keys() & self.conditions.keys() else {}
        return self.conditions | of_days

    @property
    def since(self) -> datetime | None:
        """The moment at which the first day begins in the person's time zone; None without one."""
        first = self.cleaned_data.get("from")
        return beginning(first, current_zone()) if first else None

    @property
    def until(self) -> datetime | None:
        """The moment at which the last day ends in the person's time zone; None without one."""
        last = self.cleaned_data.get("to")
        return end(last, current_zone()) if last else None
