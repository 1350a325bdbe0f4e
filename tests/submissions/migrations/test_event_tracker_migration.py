"""Action interactions datasets of older versions get their event tracker, in SQLite and PostgreSQL."""

from pathlib import Path
from uuid import UUID

from tests.support.older_databases import older_database

NOW = "'2026-01-01 00:00:00+00:00'"
COLUMNS = "id, account, region, name, arn, created_at, updated_at"
OWN = "'000000000000', 'us-east-1'"


def test_a_dataset_keeps_the_tracking_id_that_it_had(database_url: str, tmp_path: Path) -> None:
    old = older_database(tmp_path, database_url, "local", "0008")
    old.ask(
        f"INSERT INTO local_schema ({COLUMNS}, text, domain) VALUES (7, {OWN}, 's', 'schema', {NOW}, {NOW}, '', '')",
        f"""INSERT INTO local_datasetgroup ({COLUMNS}, domain, role_arn, kms_key_arn, failure_reason, settled_status,
            tags) VALUES (7, {OWN}, 'g', 'group', {NOW}, {NOW}, '', '', '', '', 'ACTIVE', '[]')""",
        *(
            f"""INSERT INTO local_dataset ({COLUMNS}, dataset_type, group_id, schema_id, settled_status, tags)
                VALUES ({number}, {OWN}, 'taken', '{arn}', {NOW}, {NOW}, '{arn}', 7, 7, 'ACTIVE', '[]')"""
            for number, arn in ((7, "ACTION_INTERACTIONS"), (8, "USERS"))
        ),
    )
    old.migrate("local", "0009")
    ((name, arn, status, group, dataset, tracking_id),) = old.ask(
        "SELECT name, arn, settled_status, group_id, dataset_id, tracking_id FROM local_eventtracker"
    )
    assert (name, status, group, dataset) == ("taken", "ACTIVE", 7, 7)
    assert arn.startswith("arn:aws:personalize:us-east-1:000000000000:event-tracker/")
    # Version 5 of "ACTION_INTERACTIONS/2026-01-01T00:00:00+00:00" in the namespace of URLs.
    assert UUID(tracking_id) == UUID("801e0a89-3ef2-519e-bb8f-64b6843b6e1d")
