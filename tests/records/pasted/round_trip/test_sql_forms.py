"""SQL but for plain INSERT statements: documents, objects, placeholders and rows elsewhere, as clients and logs have them.

Records come back from what writers make of them.
"""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    any_texts,
    came_back,
    cell,
    objects,
    raw_texts,
    rows,
)


def literal(value: Any) -> str:
    """Return a literal of standard SQL, where a backslash is one."""
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else cell(value, "NULL", "true", "false")


def partiql(values: Values) -> str:
    documents = (
        ", ".join(f"'{name}': {literal(value)}" for name, value in record.items()) for record in objects(values)
    )
    return "".join(f'INSERT INTO "Users" VALUE {{{document}}};\n' for document in documents)


def partiql_bag(values: Values) -> str:
    documents = (
        ", ".join(f"'{name}': {literal(value)}" for name, value in record.items()) for record in objects(values)
    )
    return "INSERT INTO Users << " + ", ".join(f"{{{document}}}" for document in documents) + " >>"


def cassandra(values: Values) -> str:
    return "".join(
        f"INSERT INTO shop.users JSON {literal(json.dumps(record, ensure_ascii=False))};\n"
        for record in objects(values)
    )


def clickhouse(values: Values) -> str:
    return "INSERT INTO users FORMAT JSONEachRow\n" + "".join(f"{json.dumps(each)}\n" for each in objects(values))


def json_build_object(values: Values) -> str:
    calls = (
        "jsonb_build_object(" + ", ".join(f"'{name}', {literal(value)}" for name, value in record.items()) + ")"
        for record in objects(values)
    )
    return f"SELECT jsonb_build_array({', '.join(calls)});"


def json_object(values: Values) -> str:
    # Of Oracle and standard SQL.
    calls = (
        "JSON_OBJECT(" + ", ".join(f"KEY '{name}' VALUE {literal(value)}" for name, value in record.items()) + ")"
        for record in objects(values)
    )
    return "\nUNION ALL\n".join(f"SELECT {call} FROM dual" for call in calls)


def named_struct(values: Values) -> str:
    calls = (
        "named_struct(" + ", ".join(f"'{name}', {literal(value)}" for name, value in record.items()) + ")"
        for record in objects(values)
    )
    return f"SELECT array({', '.join(calls)})"


def union_all(values: Values) -> str:
    _first, *others = (", ".join(map(literal, row)) for row in values)
    head = "SELECT " + ", ".join(
        f"{value} AS {name}" for value, name in zip(map(literal, values[0]), NAMES, strict=True)
    )
    return head + "".join(f"\nUNION ALL SELECT {other}" for other in others)


def values_of_rows(values: Values) -> str:
    body = ",\n  ".join(f"({', '.join(map(literal, row))})" for row in values)
    return f"SELECT * FROM (VALUES\n  {body}\n) AS t ({', '.join(NAMES)});"


def merge(values: Values) -> str:
    body = ", ".join(f"({', '.join(map(literal, row))})" for row in values)
    return (
        f"MERGE INTO users AS t USING (VALUES {body}) AS s ({', '.join(NAMES)})\nON t.USER_ID = s.USER_ID\n"
        f"WHEN NOT MATCHED THEN INSERT ({', '.join(NAMES)}) VALUES ({', '.join(f's.{name}' for name in NAMES)});"
    )


def with_rows(values: Values) -> str:
    body = ", ".join(f"({', '.join(map(literal, row))})" for row in values)
    return f"WITH users ({', '.join(NAMES)}) AS (VALUES {body})\nSELECT * FROM users;"


def set_of_mysql(values: Values) -> str:
    def escaped(value: Any) -> str:
        return literal(value.replace("\\", "\\\\") if isinstance(value, str) else value)

    rows = (", ".join(f"{name} = {escaped(value)}" for name, value in record.items()) for record in objects(values))
    return "".join(f"INSERT INTO users SET {row};\n" for row in rows)


def sql_server(values: Values) -> str:
    # As SQL Server Management Studio generates scripts.
    def shown(value: Any) -> str:
        if isinstance(value, float):
            return f"CAST({value!r} AS Float)"
        return f"N{literal(value)}" if isinstance(value, str) else cell(value, "NULL", "1", "0")

    columns = ", ".join(f"[{name}]" for name in NAMES)
    rows = (f"({', '.join(map(shown, row))})" for row in values)
    return "USE [shop]\nGO\n" + "".join(f"INSERT [dbo].[users] ({columns}) VALUES {row}\nGO\n" for row in rows)


def oracle(values: Values) -> str:
    # As SQL Developer exports rows.
    def shown(value: Any) -> str:
        return literal(value) if isinstance(value, str) else cell(value, "null", "1", "0")

    rows = (f"({','.join(map(shown, row))})" for row in values)
    return "REM INSERTING into USERS\nSET DEFINE OFF;\n" + "".join(
        f"Insert into USERS ({','.join(NAMES)}) values {row};\n" for row in rows
    )


def dbeaver(values: Values) -> str:
    rows = ",\n".join(f"\t ({','.join(map(literal, row))})" for row in values)
    return f"INSERT INTO public.users ({','.join(f'{chr(34)}{name}{chr(34)}' for name in NAMES)}) VALUES\n{rows};\n"


def upserts(values: Values) -> str:
    rows = (f"({', '.join(map(literal, row))})" for row in values)
    return "".join(
        f"INSERT INTO users ({', '.join(NAMES)}) VALUES {row} ON CONFLICT (USER_ID) DO NOTHING;\n" for row in rows
    )


BOUND = f"INSERT INTO users ({', '.join(NAMES)}) VALUES"


def sqlalchemy(values: Values) -> str:
    moment = "2026-11-30 03:06:47,864 INFO sqlalchemy.engine.Engine"
    shown = values if len(values) > 1 else values[0]
    return f"{moment} {BOUND} (?, ?, ?, ?, ?)\n{moment} [generated in 0.00143s] {shown!r}\n"


def sqlalchemy_with_names(values: Values) -> str:
    moment = "2026-11-30 03:06:47,864 INFO sqlalchemy.engine.Engine"
    names = ", ".join(f"%({name})s" for name in NAMES)
    records = objects(values)
    shown = records if len(records) > 1 else records[0]
    return f"{moment} {BOUND} ({names})\n{moment} [cached since 1s ago] {shown!r}\n"


def django(values: Values) -> str:
    return "".join(f"(0.001) {BOUND} (%s, %s, %s, %s, %s); args={row!r}; alias=default\n" for row in values)


def executemany(values: Values) -> str:
    return f'cur.executemany("{BOUND} (%s, %s, %s, %s, %s)", {values!r})'


def typeorm(values: Values) -> str:
    return "".join(
        f"query: {BOUND} ($1, $2, $3, $4, $5) -- PARAMETERS: {json.dumps(row, ensure_ascii=False)}\n" for row in values
    )


def knex(values: Values) -> str:
    return "".join(f"{BOUND} (?, ?, ?, ?, ?) {json.dumps(row, ensure_ascii=False)}\n" for row in values)


# JSON and Python's repr have escapes for what does not show.
WITH_ESCAPES: dict[str, Writer] = {
    "JSONEachRow": clickhouse,
    "SQLAlchemy": sqlalchemy,
    "SQLAlchemy with names": sqlalchemy_with_names,
    "Django": django,
    "executemany": executemany,
    "TypeORM": typeorm,
    "Knex": knex,
    "Cassandra": cassandra,
}
FORMATS: dict[str, Writer] = {
    "PartiQL": partiql,
    "a bag of PartiQL": partiql_bag,
    "json_build_object": json_build_object,
    "JSON_OBJECT": json_object,
    "named_struct": named_struct,
    "UNION ALL": union_all,
    "VALUES": values_of_rows,
    "MERGE": merge,
    "WITH": with_rows,
    "SET": set_of_mysql,
    "SQL Server": sql_server,
    "Oracle": oracle,
    "DBeaver": dbeaver,
    "ON CONFLICT": upserts,
}


@pytest.mark.parametrize("name", WITH_ESCAPES)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(WITH_ESCAPES[name](values)) == values


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(raw_texts))
def test_any_text_that_stands_as_it_is_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values
