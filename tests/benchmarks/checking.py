"""Checks a CSV file of users in a process of its own, and prints its rows, the seconds of processor, and the memory in kilobytes.

`python -m tests.benchmarks.checking FILE` checks as an import does. With the directory of an older version after the
file it is validated row by row, as that version did.
"""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FIELDS: list[dict[str, Any]] = [
    {"name": "USER_ID", "type": "string"},
    {"name": "AGE", "type": ["null", "int"]},
    {"name": "SCORE", "type": "double"},
    {"name": "VIP", "type": "boolean"},
    {"name": "MEMBER_SINCE", "type": ["null", "long"]},
    {"name": "MEMBERSHIP_TYPE", "type": "string", "categorical": True},
    {"name": "CITY", "type": ["null", "string"]},
]
SCHEMA = json.dumps({"type": "record", "name": "Users", "fields": FIELDS, "version": "1.0"})
TYPES = ("Gold", "Silver", "Basic", "Gold|Founder", "Premium Class|Legacy Member")


def write_rows(path: Path, count: int) -> None:
    """Write a CSV file of valid users: seven columns, of which two have empty cells."""
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(",".join(str(field["name"]) for field in FIELDS) + "\n")
        for number in range(count):
            age = number * 7 % 73 + 18 if number % 17 else ""
            city = f"Großfelsingen {number * 31 % 307}" if number % 5 else ""
            file.write(
                f"u-{number:07},{age},{number * 37 % 1000}.{number % 1000:03},{'true' if number % 3 else 'false'},"
                f"{1_400_000_000 + number * 97},{TYPES[number % len(TYPES)]},{city}\n"
            )


def check(path: Path) -> int:
    """Check a file as an import does, without its database, and return how many rows are valid."""
    from console.bulk.checking.repeats import Repeats
    from console.records.entities import USERS
    from console.records.files.checking.table_checks import TableCheck
    from console.records.files.readers.batches import batches
    from console.records.files.readers.look import look_at
    from console.records.schemas.schema import read_entity_schema

    schema = read_entity_schema(USERS, SCHEMA)
    look = look_at(path, schema)
    table, repeats = TableCheck(schema, look.heading, {}), Repeats(is_event=False)
    valid = 0
    for batch in batches(path, schema, look):
        done = table.check(batch)
        repeats.look_at(done.ids, done.numbers)
        valid += len(done.ids)
    return valid


def check_as_earlier(path: Path) -> int:
    """Validate a file row by row with what an older version has, and return how many rows are valid."""
    from console.records.csv_file import EntityRecord, judge_csv  # type: ignore[import-not-found]  # Of that version.
    from console.records.schema import read_users_schema  # type: ignore[import-not-found]  # Of that version.

    with path.open(newline="", encoding="utf-8") as file:
        return sum(isinstance(each, EntityRecord) for each in judge_csv(read_users_schema(SCHEMA), file))


def main(path: Path, run: Callable[[Path], int]) -> None:
    """Run a check and print what it took."""
    began = time.process_time()
    rows = run(path)
    seconds = time.process_time() - began
    print(json.dumps([rows, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.path.insert(0, sys.argv[2])
        main(Path(sys.argv[1]), check_as_earlier)
    else:
        # As `without_collecting` does in an import.
        gc.disable()
        main(Path(sys.argv[1]), check)
