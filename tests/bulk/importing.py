"""Files that are imported in this process, as a page and the worker do it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from console.bulk import controls
from console.bulk.checking.fixing import TypedCells, fix_rows
from console.bulk.checking.invalid_rows import rows_in
from console.bulk.checking.rows import ShownRow
from console.bulk.models import Import, Part
from console.bulk.running import queue_of
from console.bulk.uploading import uploads
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import load_dataset
from console.personalize.environments import environments
from console.records.entities import USERS, Entity
from console.work.leases import Stopping, never

GROUP = "loyalty-programme"
HEADING = "USER_ID,AGE,MEMBERSHIP_TYPE,MEMBER_SINCE,TOTAL_SPEND,LOYALTY_SCORE,NEWSLETTER,CITY"


def row(user_id: str, **cells: str) -> str:
    """Return a valid row of the demo's users, with other cells by name."""
    values = {
        "AGE": "34",
        "MEMBERSHIP_TYPE": "Gold",
        "MEMBER_SINCE": "1700000000",
        "TOTAL_SPEND": "12.5",
        "LOYALTY_SCORE": "",
        "NEWSLETTER": "true",
        "CITY": "Ostvale",
    } | cells
    return ",".join([user_id, *values.values()])


def csv_of(*rows: str) -> str:
    """Return a CSV file of rows below the heading."""
    return "\n".join([HEADING, *rows, ""])


def uploaded(
    content: str | bytes,
    name: str = "members.csv",
    *,
    environment: str = "local",
    group: str = GROUP,
    entity: Entity = USERS,
    person: str = "operator",
) -> Import:
    """Return the import of a file that was uploaded and looked at."""
    content = content.encode() if isinstance(content, str) else content
    made = begun(name, len(content), environment=environment, group=group, entity=entity, person=person)
    for start in range(0, len(content), uploads.LONGEST_PIECE):
        uploads.add_piece(made, start, content[start : start + uploads.LONGEST_PIECE])
    dataset = load_dataset(environments()[environment], group, entity)
    assert dataset.schema is not None
    uploads.look(made, dataset.schema, dataset.schema_description["schema"])
    return made


def begun(
    name: str,
    size: int,
    *,
    environment: str = "local",
    group: str = GROUP,
    entity: Entity = USERS,
    person: str = "operator",
) -> Import:
    """Return the import of a file that is about to be uploaded."""
    dataset = load_dataset(environments()[environment], group, entity)
    user = User.objects.get(username=person)
    return uploads.begin(
        name,
        size,
        person=user,
        person_name=person,
        address="127.0.0.1",
        environment=environment,
        endpoint=endpoint_of(environments()[environment]),
        dataset_group=group,
        dataset_arn=dataset.arn,
        dataset_type=entity.dataset_type,
    )


def work(stopping: Stopping = never) -> int:
    """Work on imports until nothing is due, as the worker does, and return how many turns that took."""
    turns, queue = 0, queue_of(Q())
    while not stopping() and queue.step(stopping) == 0:
        turns += 1
    return turns


def checked(content: str | bytes, **chosen: Any) -> Import:
    """Return the import of a file that was uploaded and checked; `chosen` is as for `uploaded`."""
    made = uploaded(content, **chosen)
    assert controls.start_check(made)
    work()
    made.refresh_from_db()
    return made


def sent(content: str | bytes, *, share: int = 100, leaves_out_same: bool = False, **chosen: Any) -> Import:
    """Return the import of a file that was uploaded, checked and sent."""
    made = checked(content, **chosen)
    assert controls.start_sending(made, share=share, leaves_out_same=leaves_out_same)
    work()
    made.refresh_from_db()
    return made


def ids_of(made: Import) -> list[str]:
    """Return the ids of the valid records of an import, in the order of its parts."""
    return [record_id for part in Part.objects.filter(bulk_import=made) for record_id in part.records["ids"]]


def invalid_of(made: Import) -> list[tuple[int, Sequence[tuple[str, str]]]]:
    """Return the number of each invalid row, with the field and sentence of each of its problems."""
    return [
        (number, [(field, sentence) for field, sentence, _kind in problems])
        for part in Part.objects.filter(bulk_import=made)
        for number, _cells, problems in rows_in(part.packed_invalid)
    ]


def fix_row(bulk_import: Import, part: int, number: int, values: Mapping[str, str]) -> ShownRow | None:
    """Do as `fix_rows` with one row; return it if it is still invalid, else None. Raise LookupError if it is gone."""
    fixed = fix_rows(bulk_import, [TypedCells(part, number, values)])
    if fixed.gone:
        raise LookupError(number)
    return fixed.invalid[0] if fixed.invalid else None
