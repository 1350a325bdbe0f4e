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

# By what names an address and a form say which fields a table has: of those that are shown, and the others.
PARTS = {"field": False, "extra": True}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
# More than a schema has.
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
        self.fields["columns"].choices = [(each.key, each.heading) for each in kind.columns]  # type: ignore[attr-defined]

    def chosen(self, before: TablePreferences) -> dict[str, object]:
        """Return the fields of TablePreferences; the first column always stays visible.

        Choices for columns that were not offered, such as fields of other datasets, are kept.
        """
        seen = {self.kind.columns[0].key, *self.cleaned_data["columns"]}
        offered = {each.key for each in self.kind.columns}
        hidden = [each for each in before.hidden_columns if each not in offered]
        chosen = [each for each in before.chosen_columns if each not in offered]
        hidden += [each.key for each in self.kind.columns if each.key not in seen]
        chosen += [each.key for each in self.kind.columns if each.is_extra and each.key in seen]
        rest = {name: self.cleaned_data[name] for name in ("page_size", "wrap_lines", "striped_rows")}
        return {**rest, "hidden_columns": hidden[-MOST_KEPT:], "chosen_columns": chosen[-MOST_KEPT:]}


@console_page("table-preferences/<table>/", title="Preferences", keeps_environment=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def table_preferences(request: HttpRequest, table: str) -> HttpResponse:
    """Show the preferences of a table; on POST save them, and return to it. Raise Http404 for an unknown table."""
    kinds = (kind for page in pages().values() for kind in page.tables)
    kind = next((each for each in kinds if each.name == table), None)
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
        # The focus goes back to what opened the preferences.
        return redirect(f"{next_path.partition('#')[0]}#preferences-of-{kind.name}")
    context = {
        "form": form,
        "next": next_path,
        "kind": kind,
        "preferences": before,
    }
    return render(request, "tables/table_preferences.html", context, status=422 if form.is_bound else 200)


def _with_fields(kind: Kind, asked: QueryDict) -> Kind:
    """Return a kind with the columns of the fields that a request names, if it has such columns."""
    if not kind.has_fields:
        return kind
    named = [(name, is_extra) for part, is_extra in PARTS.items() for name in asked.getlist(part)]
    columns = {name: field_column(name, is_extra=is_extra) for name, is_extra in named if NAME.fullmatch(name)}
    return kind.with_fields(list(columns.values())[:MOST_FIELDS])
