"""The orders in which submissions are listed, and the expressions and indexes that they are read from.

Every index has an origin and a dataset group, then the key of the order, the time, and the columns of filters. So a
list with any filter is read from one index, in either direction, until its page is full. Lists of several groups merge
those of the groups. Filters that are frequent each and hardly meet are counted, and gathered, by an index that has all
of their columns before the time.
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

    SQLite folds the letters of ASCII alone.
    """

    function = "LOWER"
    lookup_name = "folded"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Sql:
        """Return the SQL and its parameters for PostgreSQL, with the collation "C", which sorts by code points."""
        return super().as_sql(compiler, connection, template='(%(function)s(%(expressions)s) COLLATE "C")', **more)


class FirstRecordIds(Func):
    """The beginning of the ids of a submission's records: PostgreSQL's indexes take no longer text."""

    # Written out: an index is used where the expression is the same to the letter.
    template = f"SUBSTR(%(expressions)s, 1, {RECORD_IDS_COMPARED})"
    output_field: ClassVar[Any] = models.CharField()


class Duration(Func):
    """How long a call took; without an answer it is less than any, in every database."""

    template = "COALESCE(%(expressions)s, -1)"
    output_field: ClassVar[Any] = models.FloatField()


@models.Field.register_lookup
class Unindexed(Transform):
    """A column of which SQLite uses no index, as its documentation has it for a unary plus: `outcome__plainly`.

    It keeps no statistics by itself, and takes an index that a filter offers for better than that of the order.
    """

    template = "%(expressions)s"
    lookup_name = "plainly"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Sql:
        """Return the SQL and its parameters for SQLite, with the unary plus."""
        return super().as_sql(compiler, connection, template="+%(expressions)s", **more)


class Computed(Func):
    """A value that no database takes for one of an index: rows in order of it are gathered first, and sorted then."""

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
    """Return the indexes of the orders, of dataset ARNs, which are not sorted by, and of several filters at once."""
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
