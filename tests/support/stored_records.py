"""The records of a served local service, read from its database: AWS has no call for it, and a command takes a second."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

DATASET = "SELECT id, dataset_type FROM local_dataset WHERE arn = ?"
RECORDS = "SELECT record_id, properties FROM local_storedrecord WHERE dataset_id = ? ORDER BY record_id"
EVENTS = "SELECT user_id, properties FROM local_storedevent WHERE dataset_id = ? ORDER BY id"
# The name of the id by the type of the dataset; of those whose records are events, the user's.
IDS = {"USERS": "userId", "ITEMS": "itemId", "ACTIONS": "actionId"}


def stored_records(database: Path, dataset_arn: str) -> list[dict[str, Any]]:
    """Return the records of a dataset in an SQLite database as `manage.py local_records` prints them."""
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        found = connection.execute(DATASET, [dataset_arn]).fetchone()
        assert found, f"There is no dataset {dataset_arn}."
        dataset, dataset_type = found
        if dataset_type in IDS:
            rows = connection.execute(RECORDS, [dataset])
            return [{IDS[dataset_type]: each, "properties": json.loads(properties)} for each, properties in rows]
        return [
            ({"userId": user_id} if user_id else {}) | json.loads(properties)
            for user_id, properties in connection.execute(EVENTS, [dataset])
        ]
