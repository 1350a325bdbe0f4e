"""Submissions that were searched for, in the order of a list, read from indexes alone until a page of them is full.

Each thing that is searched for is counted first, no further than `FEW`. The rarest of those that are few brings its
submissions, which are sorted then. Where none is, what they leave together is counted, as far as one index has it.
Where that is not few either, so many submissions match that the order's own index is read until enough of them were
found. Which index is used is not left to SQLite, which has no statistics: see `orders.Unindexed`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from console.records.entities import ENTITIES
from console.records.prefixes import end_of_prefix
from console.submissions.lists.distinct import (
    dataset_arns,
    dataset_keys,
    dataset_type_of,
    error_codes,
    person_names,
)
from console.submissions.models import Outcome, SentRecord, Submission, of_outcome_now
from console.submissions.orders import KEYS, TIME, Computed
from console.submissions.origins import Origin
from console.submissions.trails.people_names import name_and_account

# So many are gathered and sorted in a moment, and counted exactly.
FEW = 10_000
# Of records that were sent more often, together with other filters, no more are counted: each is read for that.
LESS = 1_000
# A foreign key has no lookups of texts and numbers; what it refers to has.
OF_ACCOUNTS = ("person_id", "person_id__isnull")
OF_KEYS = {"origin": "origin__id"}
NOTHING, ANY = Q(pk__in=[]), Q()
# The outcomes of what has a sentence or a message, and of how many with each of them, the newest, these are searched.
WITH_MESSAGE = (Outcome.REFUSED, Outcome.NOT_SENT, Outcome.UNCONFIRMED)
MOST_MESSAGES = 1_000
# An index is entered once for each dataset, outcome and person that are searched for together.
MOST_ENTRIES = 5_000


@dataclass(frozen=True, slots=True)
class Values:
    """What submissions have in the columns that one index has together; None for anything."""

    arns: frozenset[str] | None = None
    outcomes: frozenset[Outcome] | None = None
    names: frozenset[str] | None = None

    def __and__(self, other: "Values") -> "Values":
        return Values(
            _both(self.arns, other.arns), _both(self.outcomes, other.outcomes), _both(self.names, other.names)
        )


ANYTHING = Values()
# The order in which an index has the records of a whole id.
NEWEST = "-pk"


def _both[T](one: frozenset[T] | None, other: frozenset[T] | None) -> frozenset[T] | None:
    return other if one is None else one if other is None else one & other


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is searched for: the condition, the one by which an index brings it, and how many there are."""

    condition: Q
    gathering: Q
    count: int
    # The order whose index has these in the order of time: they have one value of what it sorts by.
    in_order: str = ""
    # Of many, the records that were sent, of each dataset: enough may be there to say that they are many.
    sent: "tuple[QuerySet[SentRecord], ...]" = ()
    # How many of these records were sent by as many submissions, as is known without looking.
    sent_once: int = 0
    # What all of these have, as far as that is known of some columns.
    values: Values = ANYTHING
    # Whether an index tells that it leaves more than `FEW`, of several things that it may be.
    is_many: bool = False

    @property
    def is_few(self) -> bool:
        """Whether what it leaves can be gathered."""
        return self.count <= FEW


@dataclass(frozen=True)
class Search:
    """The filters of a search among the submissions to a dataset group; an empty one leaves all of them.

    `origin` is the key of the origin that they are of.
    `person` is a whole name in any case, `dataset` a part of an ARN in any case, `record_id` a whole id to the letter,
    `bulk_import` the key of an import, and `text` a part of a name, a part of an outcome, or the beginning of a record
    id, all in any case. Where it `is_wide`, `text` is also a whole request id, a part of an error code, or of one of
    the newest sentences of the console, and if it `sees_messages` of AWS's messages.
    """

    origin: int
    dataset_group: str
    text: str = ""
    person: str = ""
    dataset: str = ""
    outcome: Outcome | None = None
    record_id: str = ""
    bulk_import: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_wide: bool = False
    sees_messages: bool = False

    @cached_property
    def found(self) -> "Found":
        """The submissions that were found, in a way to read them."""
        terms = self._terms
        few = [each for each in terms if each.is_few]
        if not few and (together := self._together(terms)) and together.is_few:
            few = [together]
        if few:
            first = min(few, key=lambda each: each.count)
            plain = [plainly(self._scope), *(plainly(each.condition) for each in terms if each is not first)]
            return Found(Submission.objects.filter(first.gathering, *plain), self._scope, True)
        rows = Submission.objects.filter(self._scope, *(plainly(each.condition) for each in terms))
        in_order = {each.in_order: each.gathering for each in terms if each.in_order}
        if len(terms) > 1:
            # The index of datasets has no other column of filters.
            in_order.pop("dataset", None)
        if len(terms) == 1 and self._are_many(terms[0]):
            return Found(rows, self._scope, False, in_order, self.since, self.until, known_count=FEW + 1)
        sent = next((each.sent for each in terms if each.sent), None)
        if sent is None:
            return Found(rows, self._scope, False, in_order, self.since, self.until)
        plain = [plainly(self._scope), *(plainly(each.condition) for each in terms)]
        some = [
            Submission.objects.filter(*plain, _of_keys(each[: 2 * LESS].values_list("submission", flat=True)))
            for each in sent
        ]
        return Found(rows, self._scope, False, in_order, self.since, self.until, some, LESS)

    def _are_many(self, term: Term) -> bool:
        """Say whether an index tells that more than `FEW` submissions have what a term says."""
        if term.is_many:
            return True
        if not term.sent:
            return term.gathering is not NOTHING
        if not self._is_alone:
            return False
        if term.sent_once > FEW:
            return True
        found = (rows[: 2 * FEW].values("submission") for rows in term.sent)
        numbers: list[int] = [rows.aggregate(number=Count("submission", distinct=True))["number"] for rows in found]
        return sum(numbers) > FEW

    @property
    def _is_alone(self) -> bool:
        """Whether no other origin sends to the same datasets."""
        endpoints = Origin.objects.filter(pk=self.origin).values("endpoint")
        return Origin.objects.filter(endpoint__in=endpoints).count() == 1

    def _together(self, terms: Sequence[Term]) -> Term | None:
        """Return the term of what several have in the columns of one index; None where that is too much to ask."""
        if len(terms) < 2:
            return None
        values = reduce(and_, (each.values for each in terms), ANYTHING)
        arns = self._known_arns if values.arns is None else values.arns
        outcomes = [*Outcome] if values.outcomes is None else values.outcomes
        names = self._names if values.names is None else values.names
        if len(arns) * len(outcomes) * len(names) > MOST_ENTRIES:
            return None
        found = self._scope & Q(dataset_arn__in=arns, outcome__in=outcomes, person_name__in=names)
        found &= between(self.since, self.until)
        rows = Submission.objects.filter(found)
        count = _count(rows)
        if count <= FEW and connection.vendor == "postgresql":
            found = _of_keys(rows[: FEW + 1].values_list("pk", flat=True))
        return Term(found, found, count)

    @property
    def _scope(self) -> Q:
        return Q(origin=self.origin, dataset_group=self.dataset_group)

    @cached_property
    def _terms(self) -> list[Term]:
        asked = (
            self._of_text() if self.text else None,
            self._of_person(self.person) if self.person else None,
            self._of_dataset() if self.dataset else None,
            self._of_outcomes([self.outcome]) if self.outcome else None,
            self._of_user() if self.record_id else None,
            self._of_import(self.bulk_import) if self.bulk_import else None,
            self._of_days() if self.since or self.until else None,
        )
        return [each for each in asked if each is not None]

    def _of_person(self, typed: str) -> Term:
        name, account = name_and_account(typed) or (typed, Q())
        if not name:
            # SQLite would take the origin for what leaves least.
            return Term(account, account, _count(Submission.objects.filter(plainly(self._scope), account)))
        return self._of_names([each for each in self._names if each.casefold() == name.casefold()], account)

    @cached_property
    def _names(self) -> list[str]:
        return list(person_names(self.origin, self.dataset_group))

    def _of_names(self, names: Sequence[str], account: Q = ANY) -> Term:
        condition = Q(person_name__in=names) & plainly(account)
        return self._term(condition, "person" if len(names) == 1 else "", Values(names=frozenset(names)))

    def _of_dataset(self) -> Term | None:
        arns = self._arns
        all_asked = arns == self._known_arns
        if all_asked:
            return None
        term = self._term(Q(dataset_arn__in=arns), "dataset" if len(arns) == 1 else "", Values(arns=frozenset(arns)))
        return replace(term, condition=self._of_arns(arns))

    def _of_arns(self, arns: Sequence[str]) -> Q:
        """Return the condition of ARNs by their types, which all indexes have, where no other ARN has those."""
        types = {arn: self._type_of(arn) for arn in self._known_arns}
        of_these = {types[arn] for arn in arns}
        if any(types[arn] in of_these for arn in types.keys() - {*arns}):
            return Q(dataset_arn__in=arns)
        return Q(dataset_type__in=of_these)

    def _type_of(self, arn: str) -> str:
        return dataset_type_of(self.origin, self.dataset_group, arn)

    @cached_property
    def _known_arns(self) -> list[str]:
        return list(dataset_arns(self.origin, self.dataset_group))

    @property
    def _arns(self) -> list[str]:
        return [arn for arn in self._known_arns if self.dataset.casefold() in arn.casefold()]

    def _of_outcomes(self, outcomes: Sequence[Outcome]) -> Term:
        if not outcomes:
            return Term(NOTHING, NOTHING, 0)
        condition = reduce(or_, map(of_outcome_now, outcomes))
        stored = {*outcomes, *([Outcome.SENDING] if Outcome.UNCONFIRMED in outcomes else [])}
        values = Values(outcomes=frozenset(stored))
        return self._term(Q(outcome__in=stored) & condition, "outcome" if len(stored) == 1 else "", values)

    def _of_import(self, key: UUID) -> Term:
        # An index has the calls of each import.
        condition = Q(bulk_import=key)
        return Term(condition, condition, _count(Submission.objects.filter(plainly(self._scope), condition)))

    def _of_days(self) -> Term:
        return self._term(between(self.since, self.until))

    def _of_user(self) -> Term:
        lines = Concat(Value("\n"), "record_ids", Value("\n"), output_field=TextField())
        place = StrIndex(lines, Value(f"\n{self.record_id}\n"))
        return self._of_sent_records(Q(record_id=self.record_id), NEWEST, place)

    def _of_record_ids_that_begin_with(self, text: str) -> Term:
        start = folded_by_database(text)
        end = end_of_prefix(start)
        within = Q(record_id__folded__gte=start) & (Q(record_id__folded__lt=end) if end else ANY)
        lines = Concat(Value("\n"), Lower("record_ids"), output_field=TextField())
        return self._of_sent_records(within, "record_id__folded", StrIndex(lines, Value(f"\n{start}")))

    def _of_sent_records(self, within: Q, in_index: str, place: StrIndex) -> Term:
        """Return the term of sent records; of many, the submissions in whose ids one of them has a place.

        An index has them by their dataset, and in an order, of which no more is read than is counted.
        A text may begin many ids of one dataset, and none of another: those that are not asked for do not count.
        """
        keys = dict(zip(self._arns, dataset_keys(self.origin, self._arns), strict=False))
        of_each = {arn: SentRecord.objects.filter(within, dataset=key).order_by(in_index) for arn, key in keys.items()}
        counts = [rows[: FEW + 1].values("dataset").count() for rows in of_each.values()]
        if sum(counts) <= FEW:
            sent = SentRecord.objects.filter(within, dataset__in=keys.values()).order_by()
            few = Q(pk__in=sent.values("submission"))
            return Term(few, few, sum(counts))
        many = {arn: rows for (arn, rows), count in zip(of_each.items(), counts, strict=True) if count}
        condition = self._of_arns([*many]) & Q(GreaterThan(place, 0))
        # A submission may have several records of a beginning, or several events of a user, all of one dataset.
        once = [
            count
            for arn, count in zip(of_each, counts, strict=True)
            if count and in_index == NEWEST and not ENTITIES[self._type_of(arn)].is_event
        ]
        values = Values(arns=frozenset(many))
        return Term(condition, NOTHING, sum(counts), sent=tuple(many.values()), sent_once=sum(once), values=values)

    def _of_text(self) -> Term:
        sought = self.text.casefold()
        names = [name for name in self._names if sought in name.casefold()]
        outcomes = [each for each in Outcome if sought in each.label.casefold()]
        wide = [self._of_request(), self._of_codes(), self._of_messages()] if self.is_wide else []
        parts = [
            self._of_names(names) if names else None,
            self._of_outcomes(outcomes) if outcomes else None,
            self._of_person(self.text) if name_and_account(self.text) else None,
            self._of_record_ids_that_begin_with(self.text),
            *wide,
        ]
        found = [each for each in parts if each is not None and each.count]
        if not found:
            return Term(NOTHING, NOTHING, 0)
        if len(found) == 1:
            return found[0]
        if all(each.is_few for each in found):
            keys = [Submission.objects.filter(each.gathering).order_by().values("pk") for each in found]
            gathered = Q(pk__in=keys[0].union(*keys[1:]))
            return Term(gathered, gathered, sum(each.count for each in found))
        is_many = any(not each.is_few and not each.sent for each in found)
        return Term(reduce(or_, (each.condition for each in found)), NOTHING, FEW + 1, is_many=is_many)

    def _of_request(self) -> Term:
        return self._term(Q(request_id=self.text), "request")

    def _of_codes(self) -> Term:
        sought = self.text.casefold()
        codes = [each for each in error_codes(self.origin, self.dataset_group) if sought in each.casefold()]
        return self._term(Q(error_code__in=codes), "code" if len(codes) == 1 else "")

    def _of_messages(self) -> Term:
        """Return the term of the sentences and messages that have the text, among those of the newest submissions.

        No index has them, so that only so many are read; which these are, an index says.
        """
        has_text = Q(sentence__icontains=self.text)
        if self.sees_messages:
            has_text |= Q(message__icontains=self.text)
        found: list[UUID] = []
        for outcome in WITH_MESSAGE:
            newest = Submission.objects.filter(self._scope, outcome=outcome).order_by("-created_at")
            read = Submission.objects.filter(pk__in=newest.values("pk")[:MOST_MESSAGES])
            found += read.filter(has_text).values_list("pk", flat=True)
        condition = Q(pk__in=found)
        return Term(condition, condition, len(found))

    def _term(self, condition: Q, in_order: str = "", values: Values = ANYTHING) -> Term:
        gathering = self._scope & condition
        return Term(condition, gathering, _count(Submission.objects.filter(gathering)), in_order, values=values)


@dataclass(frozen=True)
class Found:
    """Submissions that were found among those of a scope, and by which conditions an index has them in an order.

    `is_gathered` says that they are few, and are sorted when all of them are read. `in_order` are conditions by the
    order whose index has what they leave in the order of time, and `since` and `until` the ends of the time. `some`
    are those of them that can be counted soonest. No more than `most` are counted.
    """

    rows: "QuerySet[Submission]"
    scope: Q
    is_gathered: bool
    in_order: Mapping[str, Q] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    some: "Sequence[QuerySet[Submission]]" = ()
    most: int | None = None
    known_count: int | None = None

    @property
    def most_counted(self) -> int:
        """The highest number of them that is counted."""
        return FEW if self.most is None else self.most

    @cached_property
    def count(self) -> int:
        """How many there are; `most_counted` + 1 for any number above."""
        if self.known_count is not None:
            return self.known_count
        most = self.most_counted
        if self.is_gathered:
            return _count(self.rows, most)
        if sum(_count(each, most) for each in self.some) > most:
            return most + 1
        return _count(self.keyed(TIME).filter(between(self.since, self.until)).order_by("-created_at"), most)

    def keyed(self, name: str) -> "QuerySet[Submission]":
        """Return the submissions with what they are sorted by in an order: `key`, and the time as `at`."""
        key = KEYS.get(name, F("created_at"))
        if self.is_gathered:
            return self.rows.annotate(at=Computed(F("created_at")), key=Computed(key))
        first = next(iter(self.in_order.values()), ANY)
        indexed = first if name == TIME else self.in_order.get(name, ANY)
        return self.rows.filter(indexed).annotate(at=F("created_at"), key=key)


@dataclass(frozen=True)
class FoundInSeveral:
    """Submissions that were found in several dataset groups, which are listed in the order of time alone."""

    parts: Sequence[Found]
    scope: Q
    is_gathered = False

    @property
    def most_counted(self) -> int:
        """The highest number of them that is counted."""
        return min((each.most_counted for each in self.parts), default=FEW)

    @cached_property
    def count(self) -> int:
        """How many there are; `most_counted` + 1 for any number above."""
        number = 0
        for each in self.parts:
            number += each.count
            if number > self.most_counted:
                return self.most_counted + 1
        return number


@dataclass(frozen=True)
class SearchInSeveral:
    """One search in each of several dataset groups that something was sent to from the origin of a key."""

    origin: int
    searches: tuple[Search, ...]

    @cached_property
    def found(self) -> FoundInSeveral:
        """The submissions that were found, in a way to read them."""
        return FoundInSeveral([each.found for each in self.searches], Q(origin=self.origin))


def between(since: datetime | None, until: datetime | None) -> Q:
    """Return the condition of submissions between two moments, these included; without one there is no such end."""
    ends = {"created_at__gte": since, "created_at__lte": until}
    return Q(**{name: end for name, end in ends.items() if end})


def plainly(condition: Q) -> Q:
    """Return a condition for which SQLite uses no index."""
    plain = Q(_connector=condition.connector, _negated=condition.negated)
    for each in condition.children:
        if isinstance(each, tuple) and each[0] not in OF_ACCOUNTS:
            name, *lookup = each[0].split("__")
            plain.children.append(("__".join([OF_KEYS.get(name, name), "plainly", *lookup]), each[1]))
        else:
            plain.children.append(plainly(each) if isinstance(each, Q) else each)
    return plain


def folded_by_database(text: str) -> str:
    """Return a text in lower case as the database has it: which letters have one differs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT LOWER(%s)", [text])
        found: str = cursor.fetchone()[0]
        return found


def _count(rows: "QuerySet[Submission]", most: int | None = None) -> int:
    # Of these an index knows all that is needed.
    return rows.values("origin")[: (FEW if most is None else most) + 1].count()


def _of_keys(keys: "QuerySet[Any, UUID]") -> Q:
    """Return the condition of submissions by their keys, which a query has.

    PostgreSQL takes columns that go together for independent, and would look for few submissions among many others.
    """
    return Q(pk__in=[*keys] if connection.vendor == "postgresql" else keys)
