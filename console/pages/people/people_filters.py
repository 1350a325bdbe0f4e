"""The filters of People, in the address: role, status, group and environment."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.http import HttpRequest

from console.pages.people.accounts import STATES, Account
from console.pages.tables.filter_form import FilterForm
from console.people.roles import OPERATOR, ROLES
from console.personalize.environments import environments

FIELDS = ("role", "status", "group", "environment")
NOT_THERE = "{}: there is no such one. Choose one from the list."


class PeopleFilters(FilterForm):
    """The filters of a request; empty ones leave everybody."""

    names = FIELDS
    texts: ClassVar[Mapping[str, tuple[str, int]]] = {}

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        groups = Group.objects.exclude(name=OPERATOR).order_by("name").values_list("name", flat=True)
        self.choices = {
            "role": [(role, role.capitalize()) for role in ROLES],
            "status": STATES,
            "group": [(group, group) for group in groups],
            "environment": [(name, environment.label) for name, environment in environments().items()],
        }
        for name, choices in self.choices.items():
            wrong = {"invalid_choice": NOT_THERE.format(name.capitalize())}
            self.fields[name] = forms.ChoiceField(required=False, choices=choices, error_messages=wrong)

    def left(self, accounts: Iterable[Account]) -> list[Account]:
        """Return the filtered accounts; none if a filter is wrong."""
        return [] if self.problem else [account for account in accounts if self._matches(account)]

    def _matches(self, account: Account) -> bool:
        has = {
            "role": (account.role,),
            "status": (account.state,),
            "group": account.groups,
            "environment": [environment.name for environment in account.environments],
        }
        return all(not chosen or chosen in has.get(name, (chosen,)) for name, chosen in self.cleaned_data.items())
