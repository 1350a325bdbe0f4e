"""The orders in which submissions are listed, with the expressions and indexes they use.

Every index has the origin and the dataset group, then the order's key, the time, and the columns of filters. A list
with any filter is therefore read from one index, in either direction, until its page is full. Lists of several groups
merge those of the groups. Filters that are each frequent but rarely coincide are counted and collected by an index
with all of their columns before the time.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Transform
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

type Sql = tuple[str, tuple[Any, ...]]

# Lists show less of the ids of a submission's records.
RECORD_IDS_COMPARED = 64


@models.CharField.register_lookup
class Folded(Transform):
    """A text in lower case, which every database sorts by code points, as Python does: `id__folded` in a filter.

    SQLite only folds ASCII letters.
    """

    function = "LOWER"
    lookup_name = "folded"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Sql:
        """Return the SQL and its parameters for PostgreSQL, with the collation "C", which sorts by code points."""
        return super().as_sql(compiler, connection, template='(%(function)s(%(expressions)s) COLLATE "C")', **more)


class FirstRecordIds(Func):
    """The beginning of a submission's record ids: PostgreSQL's indexes accept no longer text."""

    # Written out: an index is used where the expression is the same to the letter.
    template = f"SUBSTR(%(expressions)s, 1, {RECORD_IDS_COMPARED})"
    output_field: ClassVar[Any] = models.CharField()


class Duration(Func):
    """The duration of a call; without a response it sorts first, in every database."""

    template = "COALESCE(%(expressions)s, -1)"
    output_field: ClassVar[Any] = models.FloatField()


@models.Field.register_lookup
class Unindexed(Transform):
    """A column for which SQLite uses no index, by a unary plus as its documentation says: `outcome__plainly`.

    Without statistics it would prefer an index for a filter to the one for the order.
    """

    template = "%(expressions)s"
    lookup_name = "plainly"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Sql:
        """Return the SQL and its parameters for SQLite, with the unary plus."""
        return super().as_sql(compiler, connection, template="+%(expressions)s", **more)


class Computed(Func):
    """A value that no database reads from an index: rows are collected first, and then sorted by it."""

    template = "NULLIF(%(expressions)s, NULL)"
    arity = 1

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Sql:
        """Return the SQL and its parameters for PostgreSQL, with GREATEST: its planner sees through NULLIF."""
        return super().as_sql(compiler, connection, template="GREATEST(%(expressions)s, %(expressions)s)", **more)


# The order of a list without any other.
TIME = "created"
# The keys of the other orders, by the name of a column of the list.
KEYS: dict[str, Combinable] = {
    "person": F("person_name"),
    "records": FirstRecordIds(F("record_ids")),
    "outcome": F("outcome"),
    "code": F("error_code"),
    "duration": Duration(F("duration_ms")),
    "request": F("request_id"),
}
# The columns of filters in an index beside its key, where they are not those of most indexes.
FILTERED = {"person": ("outcome", "dataset_type", "person_id"), "outcome": ("dataset_type", "person_name")}
_SCOPE = ("origin", "dataset_group")


def order_indexes() -> list[models.Index]:
    """Return the indexes for the orders, for dataset ARNs, which only filters use, and for several filters at once."""
    # The index of the time also has the columns that the chart of a dataset group adds up.
    by_time = (*_SCOPE, "created_at", "outcome", "dataset_type", "person_name", "record_count")
    return [
        models.Index(fields=[*_SCOPE, "dataset_arn", "created_at"], name="submissions_by_dataset"),
        models.Index(
            fields=[*_SCOPE, "dataset_arn", "outcome", "person_name", "created_at"],
            include=["id"],
            name="submissions_by_filters",
        ),
        # The key is not needed where SQLite reads the row's number; PostgreSQL reads an index alone with it.
        models.Index(fields=by_time, include=["id"], name="submissions_by_time"),
        *(
            models.Index(
                *(F(each) for each in _SCOPE),
                key,
                "created_at",
                *FILTERED.get(name, ("outcome", "dataset_type", "person_name")),
                include=["id"],
                name=f"submissions_by_{name}",
            )
            for name, key in KEYS.items()
        ),
    ]
