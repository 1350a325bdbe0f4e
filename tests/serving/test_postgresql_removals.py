"""What removes users on PostgreSQL, and PutUsers of the same users, do not wait for each other until one fails."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.clients.test_put_users import ARN, client
from tests.serving.test_postgresql import users
from tests.support.numbers import some_of
from tests.support.postgresql import postgresql
from tests.support.served import Served, manage, serve

SHOP = ARN.format("online-shop")
GROUP = "arn:aws:personalize:us-east-1:000000000000:dataset-group/online-shop"
ROLE = "arn:aws:iam::000000000000:role/any"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    variables = {"CONSOLE_LOCAL_PUT_RATE": "0", "CONSOLE_LOCAL_CREATE_SECONDS": "0"}
    with (
        postgresql() as server,
        serve(tmp_path_factory.mktemp("data"), DATABASE_URL=server.new_database(), **variables) as served,
    ):
        yield served
        assert "Traceback" not in served.log.read_text()
        assert "cannot be used" not in served.log.read_text()


AS_IMPORTED = """
    INSERT INTO local_storedrecord (dataset_id, record_id, properties, created_at, replaced_at, import_job)
    SELECT id, %s, '{"membershipStatus":"Gold"}', now(), now(), 0 FROM local_dataset WHERE arn = %s
"""


def put_object(served: Served, name: str, *lines: str) -> dict[str, str]:
    """Write a CSV file of the bucket `bucket`, and return it as a job takes it."""
    path = Path(served.variables["CONSOLE_DATA_DIR"], "s3", "bucket", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines))
    return {"dataLocation": f"s3://bucket/{name}"}


def until_done(describe: Callable[[], str]) -> str:
    """Return a job's status when it has ended."""
    while (status := describe()) in ("CREATE PENDING", "CREATE IN_PROGRESS", "PENDING", "IN_PROGRESS"):
        time.sleep(0.1)
    return status


def imported(served: Served, name: str, *lines: str) -> str:
    """Import users of the shop in FULL, and return the job's status when it has ended."""
    personalize = client(served, "personalize")
    source: Any = put_object(served, f"{name}.csv", "USER_ID,MEMBERSHIP_STATUS", *lines)
    arn = personalize.create_dataset_import_job(jobName=name, datasetArn=SHOP, dataSource=source, roleArn=ROLE)[
        "datasetImportJobArn"
    ]
    return until_done(
        lambda: personalize.describe_dataset_import_job(datasetImportJobArn=arn)["datasetImportJob"]["status"]
    )


def deleted(served: Served, name: str, *ids: str) -> str:
    """Delete users of the shop by a data deletion job, and return its status when it has ended."""
    personalize = client(served, "personalize")
    source: Any = put_object(served, f"{name}.csv", "USER_ID", *ids)
    arn = personalize.create_data_deletion_job(jobName=name, datasetGroupArn=GROUP, dataSource=source, roleArn=ROLE)[
        "dataDeletionJobArn"
    ]
    return until_done(
        lambda: personalize.describe_data_deletion_job(dataDeletionJobArn=arn)["dataDeletionJob"]["status"]
    )


REMOVALS: dict[str, tuple[Callable[[Served], str], str]] = {
    "an import": (lambda served: imported(served, "second", "other,Gold"), "ACTIVE"),
    "a deletion": (lambda served: deleted(served, "gone", "z", "m", "a"), "COMPLETED"),
    "a reset": (lambda served: manage("reset_demo", variables=served.variables)[:24], "The demo data was reset."),
}


@pytest.mark.parametrize("kind", some_of(REMOVALS, 0))
def test_users_that_go_and_come_at_once_do_not_block_each_other(served: Served, kind: str) -> None:
    remove, expected = REMOVALS[kind]
    events = client(served, "personalize-events")
    manage("reset_demo", variables=served.variables)
    with psycopg.connect(served.variables["DATABASE_URL"]) as between, ThreadPoolExecutor(2) as threads:
        for user_id in ("z", "m", "a"):
            # As imports of one user each leave them: in another order than that of their ids.
            between.execute(AS_IMPORTED, [user_id, SHOP])
        between.execute("ANALYZE local_storedrecord")
        between.commit()
        between.execute("SELECT FROM local_storedrecord WHERE record_id = 'm' FOR UPDATE")
        # It has the first of its users now, and waits for the second.
        put = threads.submit(lambda: events.put_users(datasetArn=SHOP, users=users("a", "m", "z")))
        time.sleep(0.5)
        removal = threads.submit(remove, served)
        time.sleep(3)
        between.commit()
        assert put.result(20)["ResponseMetadata"]["RetryAttempts"] == 0
        assert removal.result(20) == expected
