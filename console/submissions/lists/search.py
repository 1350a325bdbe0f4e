"""Submissions that were searched for, in the order of a list, read from indexes alone until a page of them is full.

Each thing that is searched for is counted first, no further than `FEW`. The rarest of those that are few brings its
submissions, which are sorted then. Where none is, so many submissions match that the order's own index is read until
enough of them were found. Which index is used is not left to SQLite, which has no statistics: see `orders.Unindexed`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, reduce
from operator import or_

from django.db import connection
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from console.records.prefixes import end_of_prefix
from console.submissions.lists.distinct import dataset_arns, dataset_keys, person_names
from console.submissions.models import Outcome, SentRecord, Submission, of_outcome_now, of_record_id
from console.submissions.orders import KEYS, TIME, Computed
from console.submissions.trails.people_names import name_and_account

# So many are gathered and sorted in a moment, and counted exactly.
FEW = 10_000
# A foreign key has no lookups of texts and numbers; what it refers to has.
OF_ACCOUNTS = ("person_id", "person_id__isnull")
OF_KEYS = {"origin": "origin__id"}
NOTHING, ANY = Q(pk__in=[]), Q()


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is searched for: the condition, the one by which an index brings it, and how many there are."""

    condition: Q
    gathering: Q
    count: int
    # The order whose index has these in the order of time: they have one value of what it sorts by.
    in_order: str = ""
    # Of many, conditions by which an index brings some, each others: enough may be there to say that they are many.
    some: tuple[Q, ...] = ()

    @property
    def is_few(self) -> bool:
        """Whether what it leaves can be gathered."""
        return self.count <= FEW


@dataclass(frozen=True)
class Search:
    """The filters of a search among the submissions to a dataset group; an empty one leaves all of them.

    `origin` is the key of the origin that they are of.
    `person` is a whole name in any case, `dataset` a part of an ARN in any case, `record_id` a whole id to the letter,
    and `text` a part of a name, a part of an outcome, or the beginning of a record id, all in any case.
    """

    origin: int
    dataset_group: str
    text: str = ""
    person: str = ""
    dataset: str = ""
    outcome: Outcome | None = None
    record_id: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @cached_property
    def found(self) -> "Found":
        """The submissions that were found, in a way to read them."""
        terms = self._terms
        few = [each for each in terms if each.is_few]
        if few:
            first = min(few, key=lambda each: each.count)
            plain = [plainly(self._scope), *(plainly(each.condition) for each in terms if each is not first)]
            return Found(Submission.objects.filter(first.gathering, *plain), self._scope, True)
        rows = Submission.objects.filter(self._scope, *(plainly(each.condition) for each in terms))
        in_order = {each.in_order: each.condition for each in terms if each.in_order}
        return Found(rows, self._scope, False, in_order, self.since, self.until, self._some)

    @property
    def _some(self) -> "list[QuerySet[Submission]]":
        """Some of many that were found, which an index brings sooner than the order does, each others."""
        first = next((each for each in self._terms if each.some), None)
        if first is None:
            return []
        others = [plainly(each.condition) for each in self._terms if each is not first]
        return [Submission.objects.filter(some, plainly(self._scope), *others) for some in first.some]

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
        return self._term(condition, "person" if len(names) == 1 else "")

    def _of_dataset(self) -> Term | None:
        arns = self._arns
        all_asked = arns == self._known_arns
        return None if all_asked else self._term(Q(dataset_arn__in=arns), "dataset" if len(arns) == 1 else "")

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
        return self._term(Q(outcome__in=stored) & condition, "outcome" if len(stored) == 1 else "")

    def _of_days(self) -> Term:
        return self._term(between(self.since, self.until))

    def _of_user(self) -> Term:
        lines = Concat(Value("\n"), "record_ids", Value("\n"), output_field=TextField())
        return self._of_sent_records(of_record_id(self.record_id), StrIndex(lines, Value(f"\n{self.record_id}\n")))

    def _of_record_ids_that_begin_with(self, text: str) -> Term:
        start = folded_by_database(text)
        end = end_of_prefix(start)
        within = Q(record_id__folded__gte=start) & (Q(record_id__folded__lt=end) if end else ANY)
        lines = Concat(Value("\n"), Lower("record_ids"), output_field=TextField())
        return self._of_sent_records(within, StrIndex(lines, Value(f"\n{start}")))

    def _of_sent_records(self, within: Q, place: StrIndex) -> Term:
        """Return the term of sent records; of many, the submissions in whose ids one of them has a place.

        A text may begin many ids of one dataset, and none of another: those that are not asked for do not count.
        """
        keys = dataset_keys(self.origin, self._arns)
        # In the order of the index, of which no more is read than is counted.
        of_each = [
            SentRecord.objects.filter(within, dataset=key).order_by("record_id__folded").values("submission")
            for key in keys
        ]
        counts = [rows[: FEW + 1].count() for rows in of_each]
        if sum(counts) <= FEW:
            few = Q(pk__in=SentRecord.objects.filter(within, dataset__in=keys).order_by().values("submission"))
            return Term(few, few, sum(counts))
        # A submission may have several of them, all of one dataset.
        some = tuple(Q(pk__in=rows[: 2 * FEW]) for rows, count in zip(of_each, counts, strict=True) if count)
        return Term(Q(GreaterThan(place, 0)), NOTHING, sum(counts), some=some)

    def _of_text(self) -> Term:
        sought = self.text.casefold()
        names = [name for name in self._names if sought in name.casefold()]
        outcomes = [each for each in Outcome if sought in each.label.casefold()]
        parts = [
            self._of_names(names) if names else None,
            self._of_outcomes(outcomes) if outcomes else None,
            self._of_person(self.text) if name_and_account(self.text) else None,
            self._of_record_ids_that_begin_with(self.text),
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
        return Term(reduce(or_, (each.condition for each in found)), NOTHING, FEW + 1)

    def _term(self, condition: Q, in_order: str = "") -> Term:
        gathering = self._scope & condition
        return Term(condition, gathering, _count(Submission.objects.filter(gathering)), in_order)


@dataclass(frozen=True)
class Found:
    """Submissions that were found among those of a scope, and by which conditions an index has them in an order.

    `is_gathered` says that they are few, and are sorted when all of them are read. `in_order` are conditions by the
    order whose index has what they leave in the order of time, and `since` and `until` the ends of the time. `some`
    are those of them that can be counted soonest.
    """

    rows: "QuerySet[Submission]"
    scope: Q
    is_gathered: bool
    in_order: Mapping[str, Q] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    some: "Sequence[QuerySet[Submission]]" = ()

    @cached_property
    def count(self) -> int:
        """How many there are; `FEW` + 1 for any number above."""
        if self.is_gathered:
            return _count(self.rows)
        if sum(map(_count, self.some)) > FEW:
            return FEW + 1
        return _count(self.keyed(TIME).filter(between(self.since, self.until)).order_by("-created_at"))

    def keyed(self, name: str) -> "QuerySet[Submission]":
        """Return the submissions with what they are sorted by in an order: `key`, and the time as `at`."""
        key = KEYS.get(name, F("created_at"))
        if self.is_gathered:
            return self.rows.annotate(at=Computed(F("created_at")), key=Computed(key))
        first = next(iter(self.in_order.values()), ANY)
        indexed = first if name == TIME else self.in_order.get(name, ANY)
        return self.rows.filter(indexed).annotate(at=F("created_at"), key=key)


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


def _count(rows: "QuerySet[Submission]") -> int:
    # Of these an index knows all that is needed.
    return rows.values("origin")[: FEW + 1].count()
