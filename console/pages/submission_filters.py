"""The filters of Submissions, kept in the address: person, dataset, outcome, user, and the days of sending."""

from datetime import UTC, datetime, time
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from console.history.models import Outcome, SentUser, Submission, of_outcome_now
from console.history.people_names import person_condition
from console.personalize.environments import Environment

FIELDS = ("person", "dataset", "outcome", "user_id", "from", "to")
TEXTS = {"person": ("Person", 150), "dataset": ("Dataset ARN", 256), "user_id": ("User ID", 256)}
DAYS = {"from": "From", "to": "To"}
NO_DAY = "{}: expected a day as YYYY-MM-DD, such as 2026-03-31."
TOO_LONG = "{}: expected at most {} characters."
NO_OUTCOME = "Outcome: there is no such outcome. Choose one of the list."
BACKWARDS = "From is a later day than To. Exchange them."


class Filters(forms.Form):
    """The filters as a request has them; what is empty leaves all submissions."""

    outcome = forms.ChoiceField(required=False, choices=Outcome.choices, error_messages={"invalid_choice": NO_OUTCOME})

    def __init__(self, request: HttpRequest) -> None:
        # No database can be asked for NUL.
        super().__init__({name: request.GET.get(name, "").replace("\0", "") for name in FIELDS})
        for name, (label, most) in TEXTS.items():
            wrong = {"max_length": TOO_LONG.format(label, most)}
            self.fields[name] = forms.CharField(
                required=False, max_length=most, strip=name != "user_id", error_messages=wrong
            )
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
        """What the address says of the filters, without what it need not say."""
        return {name: value for name, value in self.data.items() if value}

    def condition(self) -> Q:
        """Return the condition of the submissions that the filters leave: none, as long as one of them is wrong."""
        if self.errors:
            return Q(pk__in=[])
        chosen, found = self.cleaned_data, Q()
        if chosen.get("person"):
            found &= person_condition(chosen["person"]) or Q(person_name__iexact=chosen["person"])
        if chosen.get("dataset"):
            found &= Q(dataset_arn__icontains=chosen["dataset"])
        if chosen.get("outcome"):
            found &= of_outcome_now(Outcome(chosen["outcome"]))
        if chosen.get("user_id"):
            found &= Q(pk__in=SentUser.objects.filter(user_id=chosen["user_id"]).order_by().values("submission"))
        if chosen.get("from"):
            found &= Q(created_at__gte=datetime.combine(chosen["from"], time(), UTC))
        if chosen.get("to"):
            found &= Q(created_at__lte=datetime.combine(chosen["to"], time.max, UTC))
        return found


def submissions_of(environment: Environment, group: str) -> QuerySet[Submission]:
    """Return the submissions to a dataset group."""
    return Submission.objects.filter(environment=environment.name, dataset_group=group)


def matches(sought: str) -> Q:
    """Return the condition of the table's own filter: a part of a person's name, an outcome, or a user ID."""
    by_name_or_id = Q(person_name__icontains=sought) | Q(user_ids__icontains=sought)
    by_name_or_id |= person_condition(sought) or Q()
    return reduce(
        or_, (of_outcome_now(each) for each in Outcome if sought.lower() in each.label.lower()), by_name_or_id
    )
