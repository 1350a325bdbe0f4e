"""A trail of many submissions, written past the console, which would take hours: several groups, people and outcomes.

What is sent goes together, as in a team: most records of a type are one person's, some outcomes are of one type alone,
and some types were sent in a part of the time. So there are searches for what is frequent and hardly or never meets.

What is written is what the console would write, but for the texts, which are short. The same number brings the same
rows. SQLite is filled through the standard library, PostgreSQL by COPY.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import batched
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from django.db import models
from psycopg import sql

from console.submissions.models import SentRecord, Submission, dataset_key
from console.submissions.origins import Origin, arn_prefix_of

GROUP = "loyalty-programme"
ARN = f"arn:aws:personalize:us-east-1:000000000000:dataset/{GROUP}"
USERS = 400_000


@dataclass(frozen=True, slots=True)
class Type:
    """How often a type is sent, by whom mostly, what its records' ids begin with, and in which part of the time.

    `unlike` is the outcome, and how often it is, of what is of this type alone. The ids of events are their users'.
    """

    weight: int
    person: str
    beginning: str
    part: tuple[float, float] = (0, 1)
    unlike: tuple[str, float] = ("", 0)
    most_records: int = 10
    has_numbers: bool = False


TYPES = {
    "USERS": Type(5, "importer", "user", unlike=("refused", 0.2), has_numbers=True),
    "ITEMS": Type(4, "catalog", "item", part=(0, 0.6), has_numbers=True),
    "INTERACTIONS": Type(5, "robot", "user", unlike=("unconfirmed", 0.2), most_records=1),
    "ACTIONS": Type(3, "planner", "action", part=(0.7, 1)),
    "ACTION_INTERACTIONS": Type(1, "robot", "user", most_records=1),
}
# Of what is sent of a type, by its person; of ids of users and items, those without a word; of submissions of users, and
# events of interactions, those with one user, as for a test.
BY_ITS_PERSON, NUMBERS, OF_ONE_USER = 0.7, 0.3, 0.25
ONE_USER = "test-user"
# All that is not sent to the group goes to one of these, in the local service or in another environment.
OTHERS = (("local", "video-streaming"), ("local", "online-shop"), ("production", GROUP))
ELSEWHERE = 0.1
NEWEST = datetime(2026, 10, 1, 12, tzinfo=UTC)
DAYS = 1_000
# Those who send most come first; the last one has left long ago.
PEOPLE = ("operator", *(f"person.{number:03}@example.com" for number in range(200)), "gone.long.ago")
NOT_SENT = 0.005
CODES = ("InvalidInputException", "ThrottlingException", "ResourceNotFoundException", "AccessDeniedException")
BATCH = 20_000
TABLES = (Origin._meta.db_table, Submission._meta.db_table, SentRecord._meta.db_table)
# By the environment: the key of the origin, and the endpoint.
ORIGINS = {"local": (1, "local"), "production": (2, "aws")}
ORIGIN = "INSERT INTO history_origin (id, environment, endpoint, arn_prefix) VALUES ({}, {}, {}, {})"

type Known = dict[str, Any]


def submissions(number: int, seed: int = 1) -> Iterator[tuple[Known, list[str]]]:
    """Return so many submissions to the group, a tenth as many to others among them: fields by name, and ids of records."""
    random = Random(seed)
    total = int(number * (1 + ELSEWHERE))
    to_others = set(random.sample(range(total), total - number))
    for at in range(total):
        environment, group = random.choice(OTHERS) if at in to_others else ("local", GROUP)
        moment = NEWEST - timedelta(days=DAYS) * (1 - at / total) + timedelta(microseconds=random.randrange(10**6))
        found = [each for each, kind in TYPES.items() if kind.part[0] <= at / total < kind.part[1]]
        dataset_type = random.choices(found, [TYPES[each].weight for each in found])[0]
        record_ids = _record_ids(random, dataset_type)
        known = _known(random, TYPES[dataset_type], environment, group, moment, record_ids, is_old=at < total / 20)
        arn = f"{ARN.replace(GROUP, group)}/{dataset_type}"
        yield {**known, "dataset_arn": arn, "dataset_type": dataset_type}, record_ids


def _record_ids(random: Random, dataset_type: str) -> list[str]:
    kind = TYPES[dataset_type]
    beginning = "" if kind.has_numbers and random.random() < NUMBERS else f"{kind.beginning}-"
    record_ids = [f"{beginning}{random.randrange(USERS):06}" for _ in range(random.randint(1, kind.most_records))]
    if dataset_type in ("USERS", "INTERACTIONS") and random.random() < OF_ONE_USER:
        record_ids[random.randrange(len(record_ids))] = ONE_USER
    return record_ids


def _known(
    random: Random, kind: Type, environment: str, group: str, moment: datetime, record_ids: list[str], *, is_old: bool
) -> Known:
    unlike, share = kind.unlike
    outcome = unlike if random.random() < share else "not sent" if random.random() < NOT_SENT else "created"
    code = random.choice(CODES) if outcome == "refused" else ""
    duration = round(random.lognormvariate(4.5, 0.6), 3)
    person = PEOPLE[-1] if is_old else PEOPLE[min(int(random.expovariate(0.05)), len(PEOPLE) - 2)]
    if not is_old and random.random() < BY_ITS_PERSON:
        person = kind.person
    return {
        "id": UUID(int=random.getrandbits(128), version=4),
        "person_name": person,
        "environment": environment,
        "origin_id": ORIGINS[environment][0],
        "dataset_group": group,
        "address": "192.0.2.7",
        "record_input": json.dumps([{"USER_ID": each, "AGE": 34, "CITY": "Bern"} for each in record_ids]),
        "record_ids": "\n".join(record_ids),
        "record_count": len(record_ids),
        "outcome": outcome,
        "error_code": code,
        "sentence": f"AWS refused it: {code}." if code else "",
        "http_status": {"created": 200, "refused": 400}.get(outcome),
        "request_id": str(UUID(int=random.getrandbits(128))) if outcome in ("created", "refused") else "",
        "attempts": 1,
        "duration_ms": duration,
        "created_at": moment,
        "completed_at": moment + timedelta(milliseconds=duration),
    }


def sent_records(known: Known, record_ids: Iterable[str]) -> Iterator[Known]:
    """Return the rows of the records of a submission."""
    for record_id in record_ids:
        yield {
            "submission_id": known["id"],
            "dataset": dataset_key(ORIGINS[known["environment"]][1], known["dataset_arn"]),
            "record_id": record_id,
            "properties": '{"age": 34, "city": "Bern"}',
        }


def fill(database: str, number: int) -> None:
    """Write so many submissions to the group, with their records, to the database of a path or an address."""
    write = _write_to_postgresql if database.startswith("postgresql:") else _write_to_sqlite
    write(database, submissions(number))


def origins() -> list[tuple[int, str, str, str]]:
    """Return the rows of the origins."""
    return [(key, name, endpoint, arn_prefix_of(ARN)) for name, (key, endpoint) in ORIGINS.items()]


def _write_to_sqlite(path: str, found: Iterable[tuple[Known, list[str]]]) -> None:
    with closing(sqlite3.connect(path)) as database:
        # What is made for a benchmark need not survive the machine.
        database.execute("PRAGMA synchronous = OFF")
        # An index is made in a tenth of the time in which it is kept.
        kept = database.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN (?, ?, ?) AND type <> 'table' AND sql > ''",
            TABLES,
        ).fetchall()
        for kind, name, _sql in kept:
            database.execute(f"DROP {kind} {name}")
        with database:
            database.executemany(ORIGIN.format(*"????"), origins())
        for some in batched(found, BATCH):
            with database:
                for model, rows in _rows(some):
                    columns = _columns(model)
                    marks = ", ".join("?" * len(columns))
                    names = ", ".join(f'"{each}"' for each in columns)
                    statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"
                    database.executemany(statement, (_values(columns, row, _for_sqlite) for row in rows))
        for _kind, _name, statement in kept:
            database.execute(statement)


def _write_to_postgresql(address: str, found: Iterable[tuple[Known, list[str]]]) -> None:
    with psycopg.connect(address, autocommit=True) as database, database.cursor() as cursor:
        # Without triggers, those of foreign keys among them.
        database.execute("SET session_replication_role = replica")
        kept = database.execute(
            # Those of constraints cannot be dropped alone.
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexdef NOT LIKE '%% UNIQUE %%'",
            [list(TABLES)],
        ).fetchall()
        for name, _definition in kept:
            database.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        cursor.executemany(ORIGIN.format(*["%s"] * 4).encode(), origins())
        for some in batched(found, BATCH):
            for model, rows in _rows(some):
                columns = _columns(model)
                names = sql.SQL(", ").join(map(sql.Identifier, columns))
                table = sql.Identifier(model._meta.db_table)
                with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)) as copy:
                    for row in rows:
                        copy.write_row(_values(columns, row, _as_it_is))
        for _name, definition in kept:
            database.execute(definition.encode())
        # PostgreSQL does both by itself after a while.
        for name in TABLES:
            database.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(name)))


def _rows(some: Iterable[tuple[Known, list[str]]]) -> list[tuple[type[models.Model], Iterable[Known]]]:
    found = list(some)
    sent = (row for known, record_ids in found for row in sent_records(known, record_ids))
    return [(Submission, [known for known, _record_ids in found]), (SentRecord, sent)]


def _columns(model: type[models.Model]) -> dict[str, Any]:
    """Return the columns that a row is written with, by name, and what stands there where nothing is known."""
    fields = model._meta.concrete_fields
    return {str(each.column): each.get_default() for each in fields if not isinstance(each, models.BigAutoField)}


def _values(columns: Mapping[str, Any], row: Known, made: Callable[[Any], Any]) -> list[Any]:
    if unknown := row.keys() - columns:
        raise ValueError(f"There is no column {', '.join(sorted(unknown))}.")
    return [made(row[name]) if name in row else made(default) for name, default in columns.items()]


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value


def _as_it_is(value: Any) -> Any:
    return value
