"""Notices shown on every page: the person's own long imports that ended or need attention."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, Q, QuerySet

from console.bulk.models import Import, Stage
from console.storage.database_trouble import without_database

if TYPE_CHECKING:
    from console.people.roles import Person

# A person who waited for less than that has seen the end.
LONG = timedelta(minutes=1)
ENDED = (Stage.DONE, Stage.FAILED)
# Every page asks this: a QuerySet takes ten times as long to put its statement together as the database to answer it.
IS_ANY_UNSEEN = f"""
    SELECT EXISTS (
        SELECT 1 FROM {Import._meta.db_table} WHERE person_id = %s AND NOT is_seen AND stage IN (%s, %s, %s)
    )
"""


def imports_to_tell(person: "Person") -> list[Import]:
    """Return a person's long imports that have ended or are paused by a problem, and that they have not seen since.

    If the database cannot be queried there are none: the rest of the page, such as AWS's response, comes first.
    """
    found: list[Import] = []
    with without_database():
        if _is_any_unseen(person):
            found.extend(_news_for(person))
    return found


def _is_any_unseen(person: "Person") -> bool:
    with connection.cursor() as cursor:
        cursor.execute(IS_ANY_UNSEEN, [person.pk, *ENDED, Stage.PAUSED])
        (is_any,) = cursor.fetchone()
    return bool(is_any)


def _news_for(person: "Person") -> "QuerySet[Import]":
    is_long = Q(ended_at__gte=F("sending_began_at") + LONG) | Q(seconds_sending__gte=LONG.total_seconds())
    needs_person = Q(stage=Stage.PAUSED) & ~Q(problem="")
    own = Import.objects.filter(is_long, Q(stage__in=ENDED) | needs_person, person=person.pk, is_seen=False)
    return own.defer("look", "choices", "columns", "findings", "schema_text").order_by("ended_at")


def mark_seen(bulk_import: Import, person: "Person") -> None:
    """Record that the person of an import has seen that it ended or needs attention."""
    is_news = bulk_import.is_over or (bulk_import.stage == Stage.PAUSED and bulk_import.problem)
    if is_news and not bulk_import.is_seen and bulk_import.person_id == person.pk:
        Import.objects.filter(pk=bulk_import.pk).update(is_seen=True)
