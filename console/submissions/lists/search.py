"""Searching submissions in the order of a list, from indexes only, until a page is full.

Each term is first counted, no further than `counting.FEW`. The rarest term below that yields its submissions, which
are then sorted. If there is none, the combined matches are counted, as far as one index has them. If these are not few
either, so many submissions match that the order's own index is read until a page is full. The choice of index is not
left to SQLite, which has no statistics: see `orders.Unindexed`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, reduce
from operator import and_, or_
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, TextField, Value
from django.db.models.functions import Concat, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from console.records.entities import ENTITIES
from console.records.prefixes import end_of_prefix
from console.submissions.lists import counting
from console.submissions.lists.conditions import ANY, NOTHING, between, folded_by_database, of_keys, plainly
from console.submissions.lists.distinct import (
    dataset_keys,
    dataset_types,
    error_codes,
    person_names,
)
from console.submissions.lists.found import Found
from console.submissions.lists.message_search import term_of_messages
from console.submissions.lists.terms import ANYTHING, Term, Values
from console.submissions.models import Outcome, SentRecord, Submission, of_outcome_now
from console.submissions.origins import Origin
from console.submissions.trails.people_names import name_and_account

# An index is entered once for each dataset, outcome and person that are searched for together.
MOST_ENTRIES = 5_000
# The order in which an index has the records of a whole id.
NEWEST = "-pk"


@dataclass(frozen=True)
class Search:
    """The filters of a search among a dataset group's submissions; an empty one matches all.

    `origin` is the key of their origin. `person` is a full name in any case, `dataset` part of an ARN in any case,
    `record_id` an exact id, `bulk_import` the key of an import, and `text` part of a name or an outcome, or the
    beginning of a record id, all in any case. If it `is_wide`, `text` is also an exact request id, part of an error
    code, or of one of the newest sentences of the console, and if it `sees_messages` of AWS's messages.
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
        """The submissions found, ready to be read."""
        terms = self._terms
        few = [each for each in terms if each.is_few]
        together = None if few else self._together(terms)
        if together and together.is_few:
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
        if (together and together.is_whole) or (len(terms) == 1 and self._are_many(terms[0])):
            return Found(rows, self._scope, False, in_order, self.since, self.until, known_count=counting.FEW + 1)
        sent = next((each.sent for each in terms if each.sent), None)
        if sent is None:
            return Found(rows, self._scope, False, in_order, self.since, self.until)
        plain = [plainly(self._scope), *(plainly(each.condition) for each in terms)]
        some = [
            Submission.objects.filter(*plain, of_keys(each[: 2 * counting.LESS].values_list("submission", flat=True)))
            for each in sent
        ]
        return Found(rows, self._scope, False, in_order, self.since, self.until, some, counting.LESS)

    def _are_many(self, term: Term) -> bool:
        """Return whether an index shows that more than `FEW` submissions match a term."""
        if term.is_many:
            return True
        if not term.sent:
            return term.gathering is not NOTHING
        if not self._is_alone:
            return False
        if term.sent_once > counting.FEW:
            return True
        found = (rows[: 2 * counting.FEW].values("submission") for rows in term.sent)
        numbers: list[int] = [rows.aggregate(number=Count("submission", distinct=True))["number"] for rows in found]
        return sum(numbers) > counting.FEW

    @property
    def _is_alone(self) -> bool:
        """Whether no other origin sends to the same datasets."""
        endpoints = Origin.objects.filter(pk=self.origin).values("endpoint")
        return Origin.objects.filter(endpoint__in=endpoints).count() == 1

    def _together(self, terms: Sequence[Term]) -> Term | None:
        """Return the term for the combined columns of one index; None if that would be too expensive."""
        if len(terms) < 2:
            return None
        values = reduce(and_, (each.values for each in terms), ANYTHING)
        arns = [*self._types] if values.arns is None else values.arns
        outcomes = [*Outcome] if values.outcomes is None else values.outcomes
        names = self._names if values.names is None else values.names
        if len(arns) * len(outcomes) * len(names) > MOST_ENTRIES:
            return None
        found = self._scope & Q(dataset_arn__in=arns, outcome__in=outcomes, person_name__in=names)
        found &= reduce(and_, (each.within for each in terms), between(self.since, self.until))
        rows = Submission.objects.filter(found)
        count = counting.count(rows)
        if count <= counting.FEW and connection.vendor == "postgresql":
            found = of_keys(rows[: counting.FEW + 1].values_list("pk", flat=True))
        return Term(found, found, count, is_whole=all(each.is_whole for each in terms))

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
        name, account = name_and_account(typed) or (typed, ANY)
        if not name:
            # SQLite would take the origin for what leaves least.
            return Term(account, account, counting.count(Submission.objects.filter(plainly(self._scope), account)))
        return self._of_names([each for each in self._names if each.casefold() == name.casefold()], account)

    @cached_property
    def _names(self) -> list[str]:
        return list(person_names(self.origin, self.dataset_group))

    def _of_names(self, names: Sequence[str], account: Q = ANY) -> Term:
        condition = Q(person_name__in=names) & plainly(account)
        term = self._term(condition, "person" if len(names) == 1 else "", Values(names=frozenset(names)))
        return replace(term, is_whole=account is ANY)

    def _of_dataset(self) -> Term | None:
        arns = self._arns
        all_asked = arns == [*self._types]
        if all_asked:
            return None
        term = self._term(Q(dataset_arn__in=arns), "dataset" if len(arns) == 1 else "", Values(arns=frozenset(arns)))
        return replace(term, condition=self._of_arns(arns), is_whole=True)

    def _of_arns(self, arns: Sequence[str]) -> Q:
        """Return the condition for ARNs by their types, which all indexes have, if no other ARN has one of them."""
        types = self._types
        of_these = {types[arn] for arn in arns}
        if any(types[arn] in of_these for arn in types.keys() - {*arns}):
            return Q(dataset_arn__in=arns)
        return Q(dataset_type__in=of_these)

    @cached_property
    def _types(self) -> dict[str, str]:
        return dataset_types(self.origin, self.dataset_group)

    @property
    def _arns(self) -> list[str]:
        return [arn for arn in self._types if self.dataset.casefold() in arn.casefold()]

    def _of_outcomes(self, outcomes: Sequence[Outcome]) -> Term:
        if not outcomes:
            return Term(NOTHING, NOTHING, 0)
        condition = reduce(or_, map(of_outcome_now, outcomes))
        stored = {*outcomes, *([Outcome.SENDING] if Outcome.UNCONFIRMED in outcomes else [])}
        values = Values(outcomes=frozenset(stored))
        term = self._term(Q(outcome__in=stored) & condition, "outcome" if len(stored) == 1 else "", values)
        return replace(term, is_whole=True, within=condition)

    def _of_import(self, key: UUID) -> Term:
        # An index has the calls of each import.
        condition = Q(bulk_import=key)
        return Term(condition, condition, counting.count(Submission.objects.filter(plainly(self._scope), condition)))

    def _of_days(self) -> Term:
        return replace(self._term(between(self.since, self.until)), is_whole=True)

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
        """Return the term for sent records; for many, the submissions whose stored ids include one of them.

        An index has them by dataset, and in an order, of which no more is read than is counted. A text may begin many
        ids of one dataset, and none of another: datasets that are not asked for do not count.
        """
        keys = dict(zip(self._arns, dataset_keys(self.origin, self._arns), strict=False))
        of_each = {arn: SentRecord.objects.filter(within, dataset=key).order_by(in_index) for arn, key in keys.items()}
        counts = [rows[: counting.FEW + 1].values("dataset").count() for rows in of_each.values()]
        if sum(counts) <= counting.FEW:
            sent = SentRecord.objects.filter(within, dataset__in=keys.values()).order_by()
            few = Q(pk__in=sent.values("submission"))
            return Term(few, few, sum(counts))
        many = {arn: rows for (arn, rows), count in zip(of_each.items(), counts, strict=True) if count}
        condition = self._of_arns([*many]) & Q(GreaterThan(place, 0))
        # A submission may have several records of a beginning, or several events of a user, all of one dataset.
        once = [
            count
            for arn, count in zip(of_each, counts, strict=True)
            if count and in_index == NEWEST and not ENTITIES[self._types[arn]].is_event
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
        return Term(reduce(or_, (each.condition for each in found)), NOTHING, counting.FEW + 1, is_many=is_many)

    def _of_request(self) -> Term:
        return self._term(Q(request_id=self.text), "request")

    def _of_codes(self) -> Term:
        sought = self.text.casefold()
        codes = [each for each in error_codes(self.origin, self.dataset_group) if sought in each.casefold()]
        return self._term(Q(error_code__in=codes), "code" if len(codes) == 1 else "")

    def _of_messages(self) -> Term:
        return term_of_messages(self._scope, self.text, sees_messages=self.sees_messages)

    def _term(self, condition: Q, in_order: str = "", values: Values = ANYTHING) -> Term:
        gathering = self._scope & condition
        return Term(
            condition, gathering, counting.count(Submission.objects.filter(gathering)), in_order, values=values
        )
