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
    """The filters as a request has them; what is empty leaves everybody."""

    names = FIELDS
    texts: ClassVar[Mapping[str, tuple[str, int]]] = {}

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        groups = Group.objects.exclude(name=OPERATOR).order_by("name").values_list("name", flat=True)
        self.choices = {
            "role": [(each, each.capitalize()) for each in ROLES],
            "status": STATES,
            "group": [(each, each) for each in groups],
            "environment": [(name, each.label) for name, each in environments().items()],
        }
        for name, choices in self.choices.items():
            wrong = {"invalid_choice": NOT_THERE.format(name.capitalize())}
            self.fields[name] = forms.ChoiceField(required=False, choices=choices, error_messages=wrong)

    def left(self, accounts: Iterable[Account]) -> list[Account]:
        """Return the accounts that the filters leave; none if one of these is wrong."""
        return [] if self.problem else [each for each in accounts if self._leave(each)]

    def _leave(self, account: Account) -> bool:
        has = {
            "role": (account.role,),
            "status": (account.state,),
            "group": account.groups,
            "environment": [each.name for each in account.environments],
        }
        return all(not chosen or chosen in has.get(name, (chosen,)) for name, chosen in self.cleaned_data.items())
