"""Searching the sentences and messages of failures, which no index covers."""

from uuid import UUID

from django.db.models import Q

from console.submissions.lists.terms import Term
from console.submissions.models import Outcome, Submission

# The outcomes of what has a sentence or a message, and of how many with each of them, the newest, these are searched.
WITH_MESSAGE = (Outcome.REFUSED, Outcome.NOT_SENT, Outcome.UNCONFIRMED)
MOST_MESSAGES = 1_000


def term_of_messages(scope: Q, text: str, *, sees_messages: bool) -> Term:
    """Return the term for the newest submissions of a scope with a text in their sentence, in any case.

    If it `sees_messages`, AWS's messages count too. At most MOST_MESSAGES of an outcome, chosen by an index, are read.
    """
    has_text = Q(sentence__icontains=text)
    if sees_messages:
        has_text |= Q(message__icontains=text)
    found: list[UUID] = []
    for outcome in WITH_MESSAGE:
        newest = Submission.objects.filter(scope, outcome=outcome).order_by("-created_at")
        read = Submission.objects.filter(pk__in=newest.values("pk")[:MOST_MESSAGES])
        found += read.filter(has_text).values_list("pk", flat=True)
    condition = Q(pk__in=found)
    return Term(condition, condition, len(found))
