"""Django's own words in its administration, which calls people users: here they are called people."""

import re
from typing import Any

from django import forms, template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

USER = re.compile(r"\b([Uu])ser(s?)\b")
# In a page, "user" stands in names of tags too; behind one of these words it is text.
USER_IN_PAGE = re.compile(r"\b((?:the|this) )user\b")


def of_people(text: str) -> str:
    """Return a text that calls a user a person, and users people."""
    return USER.sub(lambda match: ("P" if match[1] == "U" else "p") + ("eople" if match[2] else "erson"), text)


@register.filter
def with_people(page: SafeString) -> SafeString:
    """Return a part of a page, whose values are escaped already, that calls the user the person."""
    return mark_safe(USER_IN_PAGE.sub(r"\1person", page))


def _in_words(obj: Any) -> str:
    return of_people(str(obj))


class FormOfPeople:
    """What a form of Django's is made with so that its labels and help call people people."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make the form, and change its words."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = of_people(str(field.label)) if field.label else field.label
            field.help_text = of_people(str(field.help_text))
            if isinstance(field, forms.ModelMultipleChoiceField):
                field.label_from_instance = _in_words  # type: ignore[method-assign]


def made_of_people(form: Any) -> Any:
    """Return a class of forms as one whose words call people people."""
    return type(form.__name__, (FormOfPeople, form), {})
