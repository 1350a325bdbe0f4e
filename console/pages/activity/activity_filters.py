"""The filters of Activity, in the address: kind, person, environment, and the days."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from console.activity.listing import Filters
from console.activity.models import Kind
from console.pages.tables.filter_form import FilterForm

FIELDS = ("kind", "person", "environment", "from", "to")
NO_KIND = "Kind: there is no such kind. Choose one from the list."


class ActivityFilters(FilterForm):
    """The filters of a request; empty ones leave all entries."""

    names = FIELDS
    texts: ClassVar[Mapping[str, tuple[str, int]]] = {"person": ("Person", 150), "environment": ("Environment", 63)}
    kind = forms.ChoiceField(required=False, choices=Kind.choices, error_messages={"invalid_choice": NO_KIND})

    def asked(self, text: str) -> Filters | None:
        """Return the filters, including the text of the table's own filter; None if a filter is wrong."""
        if self.errors:
            return None
        chosen = self.cleaned_data
        kind = Kind(chosen["kind"]) if chosen["kind"] else None
        return Filters(kind, chosen["person"], chosen["environment"], text, self.since, self.until)
