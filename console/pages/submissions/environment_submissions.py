"""All submissions: the records sent from an environment to all of its dataset groups, with a search."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from django import forms
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from console.pages.frame.decorators import environment_page
from console.pages.frame.table_kinds import Column, Kind
from console.pages.submissions.submission_filters import NO_OUTCOME
from console.pages.submissions.submissions_table import POSITIONS, arrange_submissions
from console.pages.tables.filter_form import FilterForm
from console.pages.tables.table_page import show_table
from console.pages.tables.tables import sought_in
from console.people.roles import may_see_properties
from console.personalize.environments import Environment
from console.submissions.lists.search import Search
from console.submissions.lists.several import SearchInSeveral
from console.submissions.models import Outcome
from console.submissions.trails.own_trail import origin_of
from console.submissions.trails.people_names import add_ids_to_names
from console.submissions.trails.trails import groups_of

FIELDS = ("within", "person", "outcome", "record_id", "from", "to")
TABLE = Kind(
    "environment_submissions",
    "submissions",
    (
        Column("created", "Submitted", "created"),
        Column("outcome", "Outcome"),
        Column("group", "Dataset group"),
        Column("person", "Person"),
        Column("records", "Records"),
        Column("code", "Error code"),
        Column("request", "Request ID"),
    ),
    status_of=lambda row: (str(row.pk), row.outcome_now.value),
    conditions=FIELDS,
    positions=POSITIONS,
)
TIMES = {
    "24h": ("Last 24 hours", timedelta(hours=24)),
    "7d": ("Last 7 days", timedelta(days=7)),
    "30d": ("Last 30 days", timedelta(days=30)),
}
NO_TIME = "Time: there is no such choice. Choose one from the list."


class EnvironmentFilters(FilterForm):
    """The filters of a request; empty ones leave all submissions."""

    names = FIELDS
    texts: ClassVar[Mapping[str, tuple[str, int]]] = {"person": ("Person", 150), "record_id": ("Record ID", 256)}
    unstripped = ("record_id",)
    outcome = forms.ChoiceField(required=False, choices=Outcome.choices, error_messages={"invalid_choice": NO_OUTCOME})
    within = forms.ChoiceField(
        required=False,
        choices=[(name, words) for name, (words, _length) in TIMES.items()],
        error_messages={"invalid_choice": NO_TIME},
    )

    @property
    def since(self) -> datetime | None:
        """The beginning of the time span: the first day, or the last hours or days, whichever is later."""
        within = self.cleaned_data.get("within")
        begins = [super().since, timezone.now() - TIMES[within][1] if within else None]
        return max((begin for begin in begins if begin), default=None)

    def search(self, everything: SearchInSeveral, text: str, *, sees_messages: bool) -> SearchInSeveral | None:
        """Return a search, by these filters, in the dataset groups of `everything`; None if a filter is wrong."""
        if self.errors:
            return None
        if not self.conditions and not text:
            return everything
        chosen, since = self.cleaned_data, self.since
        outcome = Outcome(chosen["outcome"]) if chosen["outcome"] else None
        searches = tuple(
            Search(
                search.origin,
                search.dataset_group,
                text=text,
                person=chosen["person"],
                outcome=outcome,
                record_id=chosen["record_id"],
                since=since,
                until=self.until,
                is_wide=True,
                sees_messages=sees_messages,
            )
            for search in everything.searches
        )
        return SearchInSeveral(everything.origin, searches)


@environment_page(
    "submissions/",
    "All submissions",
    parent="dataset_groups",
    tables=(TABLE,),
    has_properties=True,
)
def environment_submissions(request: HttpRequest, environment: Environment) -> HttpResponse:
    """List the submissions of an environment to all of its dataset groups, newest first."""
    origin = origin_of(environment)
    sees_properties = may_see_properties(request.user, environment)
    everything = all_of(origin)
    filters = EnvironmentFilters(request)
    search = filters.search(everything, sought_in(request), sees_messages=sees_properties)
    table, problem = arrange_submissions(request, TABLE, search, filters.conditions, everything)
    add_ids_to_names(table.page.object_list)
    if sees_properties:
        prefetch_related_objects([row for row in table.page.object_list if row.entity.is_event], "sent_records")
    context = {
        "selection_problem": " ".join(filter(None, (filters.problem, problem))),
        "filters": filters,
        "times": [(name, words) for name, (words, _length) in TIMES.items()],
        "outcomes": Outcome.choices,
    }
    return show_table(request, "submissions/environment_submissions.html", table, status=200, **context)


def all_of(origin: int) -> SearchInSeveral:
    """Return the search for all submissions from an origin, by its key, to all dataset groups."""
    return SearchInSeveral(origin, tuple(Search(origin, group) for group in groups_of(origin)))
