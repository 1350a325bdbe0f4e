"""The filters of Submissions, in the address: person, dataset, outcome, record, import, and the days of sending."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from console.personalize.environments import Environment
from console.records.entities import Entity
from console.submissions.lists.search import Search
from console.submissions.models import Outcome, Submission
from console.submissions.trails.own_trail import origin_of

FIELDS = ("person", "dataset", "outcome", "record_id", "import", "from", "to")
TEXTS = {"person": ("Person", 150), "dataset": ("Dataset ARN", 256), "record_id": ("Record ID", 256)}
DAYS = {"from": "From", "to": "To"}
NO_DAY = "{}: expected a day as YYYY-MM-DD, such as 2026-03-31."
TOO_LONG = "{}: expected at most {} characters."
NO_OUTCOME = "Outcome: there is no such outcome. Choose one from the list."
NO_IMPORT = "Import: expected the ID of an import, as the address of its page has it."
BACKWARDS = "From is later than To. Swap them."


class Filters(forms.Form):
    """The filters as a request has them; what is empty leaves all submissions."""

    outcome = forms.ChoiceField(required=False, choices=Outcome.choices, error_messages={"invalid_choice": NO_OUTCOME})

    def __init__(self, request: HttpRequest) -> None:
        # No database can be asked for NUL.
        super().__init__({name: request.GET.get(name, "").replace("\0", "") for name in FIELDS})
        for name, (label, most) in TEXTS.items():
            wrong = {"max_length": TOO_LONG.format(label, most)}
            self.fields[name] = forms.CharField(
                required=False, max_length=most, strip=name != "record_id", error_messages=wrong
            )
        self.fields["import"] = forms.UUIDField(required=False, error_messages={"invalid": NO_IMPORT})
        for name, label in DAYS.items():
            wrong = {"invalid": NO_DAY.format(label)}
            self.fields[name] = forms.DateField(required=False, input_formats=["%Y-%m-%d"], error_messages=wrong)
        self.full_clean()

    def clean(self) -> dict[str, Any]:
        """Say that days stand the wrong way around."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and first > last:
            self.add_error(None, BACKWARDS)
        return self.cleaned_data

    @property
    def problem(self) -> str:
        """What is wrong with the filters, in a sentence for each; "" if nothing is."""
        return " ".join(str(sentence) for sentences in self.errors.values() for sentence in sentences)

    @property
    def conditions(self) -> dict[str, str]:
        """The query parameters of the filters, without empty ones."""
        return {name: value for name, value in self.data.items() if value}

    def search(self, origin: int, group: str, text: str) -> Search | None:
        """Return the search among the submissions to a dataset group, also for the text of the table's own filter.

        None, as long as one of the filters is wrong. `origin` is the key of the origin of these submissions.
        """
        if self.errors:
            return None
        chosen = self.cleaned_data
        first, last = chosen.get("from"), chosen.get("to")
        return Search(
            origin,
            group,
            text=text,
            person=chosen.get("person", ""),
            dataset=chosen.get("dataset", ""),
            outcome=Outcome(chosen["outcome"]) if chosen.get("outcome") else None,
            record_id=chosen.get("record_id", ""),
            bulk_import=chosen.get("import"),
            since=datetime.combine(first, time(), UTC) if first else None,
            until=datetime.combine(last, time.max, UTC) if last else None,
        )


def submissions_to(environment: Environment, group: str, entity: Entity) -> QuerySet[Submission]:
    """Return the submissions to a dataset group's dataset of a type; raise PersonalizeError."""
    return submissions_of(environment, group).filter(dataset_type=entity.dataset_type)


def submissions_of(environment: Environment, group: str) -> QuerySet[Submission]:
    """Return the submissions to a dataset group from an environment as it is today; raise PersonalizeError."""
    return Submission.objects.filter(origin=origin_of(environment), dataset_group=group)
