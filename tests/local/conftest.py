"""What the tests of the local service share."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings
from django.utils import timezone

from console.work import worker
from tests.local.jobs.job_requests import put_object
from tests.local.shop import AGE, GROUP_ARN, SCHEMA_ARN
from tests.records.literal_schemas import avro

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


class Clock:
    """The time of day, as the local service reads it: it stands until it is told to go on."""

    def __init__(self) -> None:
        self.moment = timezone.now()

    def __call__(self) -> datetime:
        return self.moment

    def go_on(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def no_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers write no settings of environments: a test without a transaction removes all rows, and no entries."""
    monkeypatch.delitem(worker._steps, "settings of environments", raising=False)


@pytest.fixture
def local_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """All steps but those of sign-in, Activity, and answers to submissions: other tests decide when these are due."""
    for name in (
        "ended sessions",
        "failures to sign in",
        "answers to submissions",
        "settings of environments",
        "old addresses of Activity",
    ):
        monkeypatch.delitem(worker._steps, name, raising=False)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def data_directory(tmp_path: Path, settings: LazySettings) -> Path:
    """A data directory of the test's own."""
    settings.CONSOLE_DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def users_file(data_directory: Path) -> None:
    """A file of 1200 users, whose import takes three transactions."""
    put_object("users.csv", "USER_ID,AGE\n" + "".join(f"u-{number},1\n" for number in range(1200)))


@pytest.fixture
def dataset(personalize: "PersonalizeClient") -> str:
    """The ARN of a Users dataset with the one metadata field AGE."""
    personalize.create_dataset_group(name="shop", domain="ECOMMERCE")
    personalize.create_schema(name="shop-users", schema=avro(AGE), domain="ECOMMERCE")
    answer = personalize.create_dataset(
        name="our-users", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users"
    )
    return answer["datasetArn"]
