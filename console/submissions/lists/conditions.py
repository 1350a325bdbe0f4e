"""Conditions on submissions, written so that a database uses the intended index, or none."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Q, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler

# A foreign key has no lookups of texts and numbers; what it refers to has.
OF_ACCOUNTS = ("person_id", "person_id__isnull")
OF_KEYS = {"origin": "origin__id"}
NOTHING, ANY = Q(pk__in=[]), Q()


@UUIDField.register_lookup
class Among(Lookup):
    """Whether a key is in a list, which PostgreSQL gets as one array: faster for thousands of keys."""

    lookup_name = "among"
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Return the SQL and its parameters for PostgreSQL."""
        left, parameters = self.process_lhs(compiler, compiler.connection)
        return f"{left} = ANY(%s)", [*parameters, list(self.rhs)]


def between(since: datetime | None, until: datetime | None) -> Q:
    """Return the condition for submissions between two moments, inclusive; None leaves an end open."""
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


def of_keys(keys: "QuerySet[Any, UUID]") -> Q:
    """Return the condition for submissions by their keys, which a query returns.

    PostgreSQL assumes that related columns are independent, and would search for a few submissions among many.
    """
    return Q(pk__among=[*keys]) if connection.vendor == "postgresql" else Q(pk__in=keys)


def folded_by_database(text: str) -> str:
    """Return a text in lower case by the database's rules, which differ in the letters they know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT LOWER(%s)", [text])
        found: str = cursor.fetchone()[0]
        return found
