"""The local service's users, items and actions come into one table, and people's tables keep what was chosen."""

import json
import sqlite3
from pathlib import Path

import psycopg
import pytest

from tests.support.numbers import whole
from tests.support.older_databases import OlderDatabase, older_database

NOW = "'2026-01-01 00:00:00+00:00'"
OF_RESOURCE = "account, region, arn, name, created_at, updated_at"
RESOURCE = f"'000000000000', 'us-east-1', '{{}}', 'shop', {NOW}, {NOW}"
OF_STAGE = "tags, settled_status, changing_since, settles_at"
GROUP = f"INSERT INTO local_datasetgroup (id, domain, role_arn, kms_key_arn, failure_reason, {OF_RESOURCE}, {OF_STAGE}) VALUES (1, '', '', '', '', {{}}, '[]', 'ACTIVE', NULL, NULL)"
SCHEMA = f"INSERT INTO local_schema (id, text, domain, {OF_RESOURCE}) VALUES (1, '{{{{}}}}', '', {{}})"
DATASET = f"""INSERT INTO local_dataset (id, dataset_type, group_id, schema_id, {OF_RESOURCE}, {OF_STAGE})
    VALUES ({{0}}, '{{1}}', 1, 1, {RESOURCE.format("{1}")}, '[]', 'ACTIVE', NULL, NULL)"""
RECORD = f"""INSERT INTO local_stored{{0}} ({{0}}_id, properties, created_at, replaced_at, import_job, dataset_id)
    VALUES ('{{0}}-1', '{{{{"n":{{1}}}}}}', {NOW}, {NOW}, {{2}}, {{1}})"""


@pytest.fixture
def old(database_url: str, tmp_path: Path) -> OlderDatabase:
    """A database of the version before: each of three datasets has a record, of which one came in bulk."""
    made = older_database(tmp_path, database_url, "local", "0007")
    made.migrate("people", "0004")
    made.ask(GROUP.format(RESOURCE.format("group")), SCHEMA.format(RESOURCE.format("schema")))
    for number, (dataset_type, name, job) in enumerate(
        (("USERS", "user", "NULL"), ("ITEMS", "item", "7"), ("ACTIONS", "action", "NULL")), 1
    ):
        made.ask(DATASET.format(number, dataset_type), RECORD.format(name, number, job))
    made.ask(
        "INSERT INTO auth_user (id, username, password, first_name, last_name, email, is_superuser, is_staff, "
        f"is_active, date_joined) VALUES (7, 'ada', '', '', '', '', '0', '0', '1', {NOW})",
        *(
            'INSERT INTO people_tablepreferences (person_id, "table", page_size, wrap_lines, striped_rows, '
            f"hidden_columns) VALUES (7, '{table}', 50, '0', '0', '{json.dumps(hidden)}')"
            for table, hidden in (("users", ["replaced"]), ("submissions", ["users", "code"]), ("datasets", ["type"]))
        ),
    )
    return made


@whole
def test_records_of_all_types_come_into_one_table_and_what_was_chosen_for_tables_of_users_is_of_those_of_records(
    old: OlderDatabase,
) -> None:
    old.migrate()
    found = old.ask("SELECT dataset_id, record_id, properties, import_job FROM local_storedrecord ORDER BY dataset_id")
    assert found == [(1, "user-1", '{"n":1}', None), (2, "item-1", '{"n":2}', 7), (3, "action-1", '{"n":3}', None)]
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        old.ask(
            "INSERT INTO local_storedrecord (record_id, properties, created_at, replaced_at, dataset_id) "
            f"VALUES ('user-1', '{{}}', {NOW}, {NOW}, 1)"
        )
    old.ask(
        "INSERT INTO local_storedrecord (record_id, properties, created_at, replaced_at, dataset_id) "
        f"VALUES ('user-1', '{{}}', {NOW}, {NOW}, 2)"
    )
    found = old.ask('SELECT "table", page_size, hidden_columns FROM people_tablepreferences ORDER BY 1')
    kept = [(table, size, hidden if isinstance(hidden, list) else json.loads(hidden)) for table, size, hidden in found]
    assert kept == [
        ("datasets", 50, ["type"]),
        ("records", 50, ["replaced"]),
        ("submissions", 50, ["records", "code"]),
    ]
