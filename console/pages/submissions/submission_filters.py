"""The filters of Submissions, in the address: person, dataset, outcome, record, import, and the days of sending."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from console.pages.tables.filter_form import FilterForm
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.submissions.lists.search import Search
from console.submissions.models import Outcome, Submission
from console.submissions.trails.own_trail import origin_of

FIELDS = ("person", "dataset", "outcome", "record_id", "import", "from", "to")
NO_OUTCOME = "Outcome: there is no such outcome. Choose one from the list."
NO_IMPORT = "Import: expected the ID of an import, as the address of its page has it."


class Filters(FilterForm):
    """The filters of a request; empty ones leave all submissions."""

    names = FIELDS
    texts: ClassVar[Mapping[str, tuple[str, int]]] = {
        "person": ("Person", 150),
        "dataset": ("Dataset ARN", 256),
        "record_id": ("Record ID", 256),
    }
    unstripped = ("record_id",)
    outcome = forms.ChoiceField(required=False, choices=Outcome.choices, error_messages={"invalid_choice": NO_OUTCOME})

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.fields["import"] = forms.UUIDField(required=False, error_messages={"invalid": NO_IMPORT})

    def search(self, origin: int, group: str, text: str) -> Search | None:
        """Return the search among a dataset group's submissions, including the text of the table's own filter.

        None if a filter is wrong. `origin` is the key of the submissions' origin.
        """
        if self.errors:
            return None
        chosen = self.cleaned_data
        return Search(
            origin,
            group,
            text=text,
            person=chosen.get("person", ""),
            dataset=chosen.get("dataset", ""),
            outcome=Outcome(chosen["outcome"]) if chosen.get("outcome") else None,
            record_id=chosen.get("record_id", ""),
            bulk_import=chosen.get("import"),
            since=self.since,
            until=self.until,
        )


def submissions_to(environment: Environment, group: str, entity: Entity) -> QuerySet[Submission]:
    """Return the submissions to a dataset group's dataset of a type; raise PersonalizeError."""
    return submissions_of(environment, group).filter(dataset_type=entity.dataset_type)


def submissions_of(environment: Environment, group: str) -> QuerySet[Submission]:
    """Return the submissions to a dataset group from an environment as configured today; raise PersonalizeError."""
    return Submission.objects.filter(origin=origin_of(environment), dataset_group=group)
