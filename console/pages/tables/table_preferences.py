"""Preferences of a table: page size, line wrapping and columns, kept for a person on every device."""

import re

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.pages.frame.decorators import console_page
from console.pages.frame.registry import pages
from console.pages.frame.requests import safe_path
from console.pages.frame.table_kinds import Kind, field_column
from console.people.models import TablePreferences, table_preferences_of

# The query parameters and form fields that name a table's fields, and whether those are hidden by default.
PARTS = {"field": False, "extra": True}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
# More than any schema has.
MOST_FIELDS = 200
# Most remembered choices for columns that a table once had.
MOST_KEPT = 1000


class PreferencesForm(forms.Form):
    """Rows on a page, their appearance, and the visible columns."""

    page_size = forms.TypedChoiceField(
        choices=[(size, size) for size in TablePreferences.PAGE_SIZES],
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a page size."),
    )
    wrap_lines = forms.BooleanField(required=False)
    striped_rows = forms.BooleanField(required=False)
    columns = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "There is no column %(value)s: choose from the list."}
    )

    def __init__(self, kind: Kind, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # The stubs know a QueryDict by another name.
        self.kind = kind
        self.fields["columns"].choices = [(column.key, column.heading) for column in kind.columns]  # type: ignore[attr-defined]

    def chosen(self, before: TablePreferences) -> dict[str, object]:
        """Return the fields of TablePreferences; the first column always stays visible.

        Choices for columns that were not offered, such as fields of other datasets, are kept.
        """
        seen = {self.kind.columns[0].key, *self.cleaned_data["columns"]}
        offered = {column.key for column in self.kind.columns}
        hidden = [key for key in before.hidden_columns if key not in offered]
        chosen = [key for key in before.chosen_columns if key not in offered]
        hidden += [column.key for column in self.kind.columns if column.key not in seen]
        chosen += [column.key for column in self.kind.columns if column.is_extra and column.key in seen]
        rest = {name: self.cleaned_data[name] for name in ("page_size", "wrap_lines", "striped_rows")}
        return {**rest, "hidden_columns": hidden[-MOST_KEPT:], "chosen_columns": chosen[-MOST_KEPT:]}


@console_page("table-preferences/<table>/", title="Preferences", keeps_environment=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def table_preferences(request: HttpRequest, table: str) -> HttpResponse:
    """Show the preferences of a table; on POST save them, and return to it. Raise Http404 for an unknown table."""
    kinds = (kind for page in pages().values() for kind in page.tables)
    kind = next((candidate for candidate in kinds if candidate.name == table), None)
    if kind is None:
        raise Http404(f"There is no table {table}.")
    assert request.user.pk is not None
    next_path = safe_path(request.POST.get("next") or request.GET.get("next", ""))
    kind = _with_fields(kind, request.POST if request.method == "POST" else request.GET)
    form = PreferencesForm(kind, request.POST if request.method == "POST" else None)
    before = table_preferences_of(request.user.pk, kind.name)
    if form.is_valid():
        chosen = form.chosen(before)
        TablePreferences.objects.update_or_create(person_id=request.user.pk, table=kind.name, defaults=chosen)
        # Focus returns to the link that opened the preferences.
        return redirect(f"{next_path.partition('#')[0]}#preferences-of-{kind.name}")
    context = {
        "form": form,
        "next": next_path,
        "kind": kind,
        "preferences": before,
    }
    return render(request, "tables/table_preferences.html", context, status=422 if form.is_bound else 200)


def _with_fields(kind: Kind, query: QueryDict) -> Kind:
    """Return a kind with the columns of the fields that a request names, if it has such columns."""
    if not kind.has_fields:
        return kind
    named = [(name, is_extra) for part, is_extra in PARTS.items() for name in query.getlist(part)]
    columns = {name: field_column(name, is_extra=is_extra) for name, is_extra in named if NAME.fullmatch(name)}
    return kind.with_fields(list(columns.values())[:MOST_FIELDS])
