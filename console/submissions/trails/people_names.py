"""Names of people in the trail, with the account's id if the name does not identify the account.

An account may be renamed, and another may take its name.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Q

from console.submissions.models import Submission

# A name as it is shown with an id, or the id alone; Django takes no space and no bracket in a username.
NAME_WITH_ID = re.compile(r"(?:(?P<name>.*) )?\(ID (?P<id>[0-9]{1,18})\)")
# How often the statement has a name.
VALUES_OF_NAME = 4
NAME_OF_DELETED = re.compile(r"(?P<name>.+) \(deleted account\)")


def add_ids_to_names(submissions: Iterable[Submission]) -> None:
    """Add the account's id to `person_shown` of submissions whose `person_name` does not identify the account.

    That is so if several accounts in the trail had the name, or if the account has another name today.
    """
    found = list(submissions)
    names = {each.person_name for each in found}
    accounts = dict(User.objects.filter(username__in=names).values_list("username", "pk"))
    shared = _names_of_several(names)
    for each in found:
        is_other = accounts.get(each.person_name) != each.person_id
        each.needs_person_id = is_other or each.person_name in shared


def name_and_account(typed: str) -> tuple[str, Q] | None:
    """Return the name, and the condition for the account, for a displayed name with an id; None for other text.

    The name is "" if only an id was typed.
    """
    if match := NAME_WITH_ID.fullmatch(typed):
        return match["name"] or "", Q(person_id=int(match["id"]))
    if match := NAME_OF_DELETED.fullmatch(typed):
        return match["name"], Q(person_id__isnull=True)
    return None


def _names_of_several(names: Collection[str]) -> set[str]:
    """Return the names that several accounts have in the trail; no account at all counts as one.

    Each is found at the ends of a range in an index, however many submissions have the name.
    """
    if not names:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(names)), [each for name in names for each in [name] * VALUES_OF_NAME])
        found = cursor.fetchall()
    return {name for name, least, greatest, has_none in found if least != greatest or (has_none and least is not None)}


@cache
def _statement(number: int) -> str:
    """Return the statement for so many names: their accounts with the least and the greatest key, and none at all.

    Lists ask it. A QuerySet takes ten times as long to put the same together as the database to answer it.
    """
    table = Submission._meta.db_table
    account = f"SELECT person_id FROM {table} WHERE person_name = %s AND person_id IS NOT NULL ORDER BY person_id"
    of_name = f"""
        SELECT CAST(%s AS text), ({account} LIMIT 1), ({account} DESC LIMIT 1),
        EXISTS (SELECT 1 FROM {table} WHERE person_name = %s AND person_id IS NULL)
    """
    return " UNION ALL ".join([of_name] * number)
