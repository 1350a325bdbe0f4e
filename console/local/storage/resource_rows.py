"""Resources as rows, by statements that are put together once: a QuerySet makes its own anew at each call.

That takes it ten times as long as SQLite takes to find a row. The statements are the same for SQLite and PostgreSQL.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState
from django.utils import timezone

from console.local import stages
from console.local.caller import Caller
from console.local.models import Resource

# Among the values of a condition: the moment at which it is asked for.
NOW = object()
OF_CALLER = "own.account = %s AND own.region = %s"


@dataclass(frozen=True, slots=True)
class Rows[Row: Resource]:
    """The rows of a model that fulfil a condition, each with the rows that some of its foreign keys name.

    In the condition it is `own`, and the one of the foreign key `group` is `own_group`.
    """

    model: type[Row]
    related: tuple[str, ...] = ()
    condition: str = "TRUE"
    values: tuple[object, ...] = ()

    def where(self, condition: str, *values: object) -> "Rows[Row]":
        """Return those rows that fulfil another condition too, whose values `%s` stands for."""
        return replace(self, condition=f"{self.condition} AND {condition}", values=(*self.values, *values))

    def at(self, arn: str) -> Row | None:
        """Return the row of an ARN, also of another account, or None."""
        return next(self._found("own.arn = %s", arn), None)

    def of(self, caller: Caller, arn: str) -> Row | None:
        """Return the caller's row of an ARN, or None."""
        return next(self._found(f"own.arn = %s AND {OF_CALLER}", arn, caller.account, caller.region), None)

    def newest(self, caller: Caller, number: int, below: int | None = None) -> list[Row]:
        """Return so many of the caller's rows at most, the newest first: of all, or of those with keys below one."""
        where, values, last = _newest(caller, number, below)
        return list(self._found(where, *values, last=last))

    def newest_values(
        self, columns: tuple[str, ...], caller: Caller, number: int, below: int | None = None
    ) -> list[list[Any]]:
        """Return some columns of what `newest` returns, for lists that show no more: that takes half of its time."""
        where, values, last = _newest(caller, number, below)
        rows = [list(each) for each in self._asked(_own(columns), where, values, last)]
        conversions = _conversions(self.model, columns)
        for row in rows:
            for place, convert in conversions:
                row[place] = convert(row[place])
        return rows

    def count(self, caller: Caller) -> int:
        """Return how many rows the caller has."""
        ((number,),) = self._asked("COUNT(*)", OF_CALLER, (caller.account, caller.region))
        return int(number)

    def add(self, **fields: Any) -> Row:
        """Store a new row, and return it: as `save` does, but without a look at what other apps do then."""
        row = self.model(**fields)
        stored = _stored_fields(self.model)
        values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in stored]
        with connection.cursor() as cursor:
            cursor.execute(_insertion(self.model), values)
            (row.pk,) = cursor.fetchone()
        row._state = _stored()
        return row

    def _found(self, where: str, *values: object, last: str = "") -> Iterator[Row]:
        parts = _parts(self.model, self.related)
        for found in self._asked(_columns(parts), where, values, last):
            row = parts[0].made(found)
            for part in parts[1:]:
                if found[part.start] is not None:
                    setattr(row, part.name, part.made(found))
            yield row

    def _asked(self, what: str, where: str, values: Sequence[object], last: str = "") -> list[tuple[Any, ...]]:
        statement = _statement(self.model, self.related, what, f"{where} AND {self.condition}", last)
        with connection.cursor() as cursor:
            cursor.execute(statement, [_adapted(each) for each in (*values, *self.values)])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _newest(caller: Caller, number: int, below: int | None) -> tuple[str, tuple[object, ...], str]:
    """Return the condition of rows of a caller, its values, and the end of the statement, for the newest of them."""
    last = f"ORDER BY own.id DESC LIMIT {number}"
    if below is None:
        return OF_CALLER, (caller.account, caller.region), last
    return f"{OF_CALLER} AND own.id < %s", (caller.account, caller.region, below), last


def not_gone(row: str = "own") -> str:
    """Return the condition of rows whose deletion has not settled, as `gone` has the others; it takes NOW."""
    return f"NOT ({row}.settled_status = '{stages.DELETED}' AND COALESCE({row}.settles_at <= %s, TRUE))"


def _adapted(value: object) -> Any:
    return connection.ops.adapt_datetimefield_value(timezone.now()) if value is NOW else value


@dataclass(frozen=True, slots=True)
class _Part:
    """The columns of a model in what is found: from where on, in which order, and which of them are to be converted.

    `name` is that of the foreign key that leads to the model, or "".
    """

    name: str
    model: type[models.Model]
    start: int
    columns: tuple[str, ...]
    conversions: tuple[tuple[str, Callable[[Any], Any]], ...]

    @property
    def alias(self) -> str:
        return f"own_{self.name}" if self.name else "own"

    def made(self, found: Sequence[Any]) -> Any:
        values = dict(zip(self.columns, found[self.start :], strict=False))
        for column, convert in self.conversions:
            values[column] = convert(values[column])
        # As `from_db` does, which tells of each row before and after, and takes three times as long.
        row: Any = self.model.__new__(self.model)
        row._state = _stored()
        row.__dict__.update(values)
        return row


def _stored() -> ModelState:
    """Return what a model's instance has beside its columns when its row is in the database."""
    state = ModelState()
    # The alias of `connection`, which is a proxy that looks it up.
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return state


@cache
def _parts(model: type[models.Model], related: tuple[str, ...]) -> tuple[_Part, ...]:
    parts = [_part("", model, 0)]
    for name in related:
        parts.append(_part(name, model._meta.get_field(name).related_model, parts[-1].start + len(parts[-1].columns)))
    return tuple(parts)


def _part(name: str, model: Any, start: int) -> _Part:
    fields = model._meta.concrete_fields
    conversions = [(field.attname, convert) for field in fields if (convert := _conversion(field))]
    return _Part(name, model, start, tuple(field.attname for field in fields), tuple(conversions))


def _conversion(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    if isinstance(field, models.DateTimeField):
        return _aware
    return json.loads if isinstance(field, models.JSONField) else None


def _aware(moment: datetime | None) -> datetime | None:
    """Return a moment with its time zone, which SQLite does not keep."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


@cache
def _conversions(model: type[models.Model], columns: tuple[str, ...]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Return what converts the values of some columns, by their places."""
    conversions = dict(_part("", model, 0).conversions)
    return tuple((place, conversions[column]) for place, column in enumerate(columns) if column in conversions)


@cache
def _own(columns: tuple[str, ...]) -> str:
    return ", ".join(f"own.{column}" for column in columns)


@cache
def _columns(parts: tuple[_Part, ...]) -> str:
    return ", ".join(f"{part.alias}.{column}" for part in parts for column in part.columns)


@cache
def _statement(model: type[models.Model], related: tuple[str, ...], what: str, where: str, last: str) -> str:
    joined = [
        f"LEFT JOIN {part.model._meta.db_table} AS {part.alias} ON {part.alias}.id = own.{part.name}_id"
        for part in _parts(model, related)[1:]
    ]
    return f"SELECT {what} FROM {model._meta.db_table} AS own {' '.join(joined)} WHERE {where} {last}"


@cache
def _stored_fields(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    """Return the fields of a model but its key, which the database makes."""
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@cache
def _insertion(model: type[models.Model]) -> str:
    columns = [field.attname for field in _stored_fields(model)]
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({places}) RETURNING id"
