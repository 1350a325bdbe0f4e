"""The form of an account: name, role, and groups, which determine what a person may see and do in environments."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from console.people.roles import ADMINISTRATOR, OPERATOR, VIEWER
from console.personalize.environments import environments

# The fields of an account that are a person's own name.
NAMES = ("first_name", "last_name")
LONGEST_NAME = 150
ROLE_CHOICES = (
    (VIEWER, "Viewer: sees every page of the datasets"),
    (OPERATOR, "Operator: also creates dataset groups, datasets, records and jobs"),
    (ADMINISTRATOR, "Administrator: also sees all environments and Activity, and manages people"),
)
NO_ROLE = "Choose a role."
NO_GROUP = "There is no group %(value)s. Choose from the list."
TOO_LONG = f"Shorten it: at most {LONGEST_NAME} characters."
NO_USERNAME = "Type a username, such as ada."
WRONG_USERNAME = "Use letters, digits and @ . + - _ only, without spaces."
TAKEN = "There is an account of this name, whatever the case of its letters. Choose another one."


def group_choices(also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the groups that environments name, each with the permissions it gives, and those of a person."""
    given = _given_by_groups()
    names = {*given, *also} - {OPERATOR}
    return [(name, f"{name}: {', '.join(given.get(name, ())) or 'no environment names it'}") for name in sorted(names)]


def _given_by_groups() -> Mapping[str, list[str]]:
    given: dict[str, list[str]] = {}
    for environment in environments().values():
        for name in dict.fromkeys((*(environment.operators or ()), *(environment.viewers or ()))):
            verb = "creates records in" if name in (environment.operators or ()) else "sees"
            given.setdefault(name, []).append(f"{verb} {environment.label}")
    return given


class RoleForm(forms.Form):
    """Name, role and groups."""

    first_name = forms.CharField(required=False, max_length=LONGEST_NAME, error_messages={"max_length": TOO_LONG})
    last_name = forms.CharField(required=False, max_length=LONGEST_NAME, error_messages={"max_length": TOO_LONG})
    role = forms.ChoiceField(
        choices=ROLE_CHOICES,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), NO_ROLE),
    )
    groups = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, error_messages={"invalid_choice": NO_GROUP}
    )

    def __init__(self, data: Any = None, *, groups: Iterable[str] = (), **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["groups"].choices = group_choices(groups)  # type: ignore[attr-defined]

    @property
    def names(self) -> dict[str, str]:
        """The person's own name, by the fields of an account."""
        return {name: self.cleaned_data[name] for name in NAMES}

    @property
    def read_first(self) -> str:
        """The name of the first invalid field; "" if there is none."""
        return next((name for name in self.fields if name in self.errors), "")


class InvitationForm(RoleForm):
    """The same, with the name to sign in with."""

    username = forms.CharField(
        max_length=LONGEST_NAME,
        validators=[UnicodeUsernameValidator(message=WRONG_USERNAME)],
        error_messages={"required": NO_USERNAME, "max_length": TOO_LONG},
    )
    field_order = ("username", *NAMES, "role", "groups")

    def clean_username(self) -> str:
        """Return the name as Django normalizes it; raise ValidationError if it is taken."""
        username: str = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(TAKEN)
        return username
