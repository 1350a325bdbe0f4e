"""Names of people in the trail, with the account's id where the name alone does not say which account it was.

An account may be renamed, and another one may get its name.
"""

import re
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q

from console.submissions.models import Submission

# A name as it is shown with an id, or the id alone; Django takes no space and no bracket in a username.
NAME_WITH_ID = re.compile(r"(?:(?P<name>.*) )?\(ID (?P<id>[0-9]{1,18})\)")
NAME_OF_DELETED = re.compile(r"(?P<name>.+) \(deleted account\)")


def add_ids_to_names(submissions: Iterable[Submission]) -> None:
    """Let `person_shown` of submissions have the account's id where their `person_name` does not tell the account.

    That is so where the trail has the name from several accounts, and where the account has another name today.
    """
    found = list(submissions)
    names = {each.person_name: each.pk for each in sorted(found, key=lambda each: each.person_id is not None)}
    accounts = dict(User.objects.filter(username__in=names).values_list("username", "pk"))
    shared = _names_of_several(names.values())
    for each in found:
        is_other = accounts.get(each.person_name) != each.person_id
        each.needs_person_id = is_other or each.person_name in shared


def name_and_account(typed: str) -> tuple[str, Q] | None:
    """Return the name and the condition of the account, of a name with an id as it is shown; None for another text.

    The name is "" where an id alone was typed.
    """
    if match := NAME_WITH_ID.fullmatch(typed):
        return match["name"] or "", Q(person_id=int(match["id"]))
    if match := NAME_OF_DELETED.fullmatch(typed):
        return match["name"], Q(person_id__isnull=True)
    return None


def _names_of_several(keys: Iterable[object]) -> set[str]:
    """Return the names of submissions, given by their keys, that the trail has from several accounts.

    Each is found by the ends of a range in an index, however many submissions have the name.
    """
    same_name = Submission.objects.filter(person_name=OuterRef("person_name"))
    own, has_account = OuterRef("person_id"), Q(person_id__isnull=False)
    several = (
        Exists(same_name.filter(person_id__lt=own))
        | Exists(same_name.filter(person_id__gt=own))
        | (has_account & Exists(same_name.filter(person_id__isnull=True)))
        | (~has_account & Exists(same_name.filter(person_id__isnull=False)))
    )
    return set(Submission.objects.filter(pk__in=list(keys)).filter(several).values_list(F("person_name"), flat=True))
