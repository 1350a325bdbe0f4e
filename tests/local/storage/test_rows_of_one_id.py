"""Several rows of one id in an import: the last one counts, wherever the rows stand, as among members of PutUsers."""

from typing import TYPE_CHECKING

import pytest

from tests.local.jobs.job_requests import import_job, outcome, put_object, stored

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

pytestmark = pytest.mark.usefixtures("data_directory", "dataset")
OTHERS = "".join(f"o-{number},1\n" for number in range(600))


@pytest.mark.parametrize(
    "files",
    [
        {"1.csv": "u,5\nu,30\n"},
        {"1.csv": "u,200\nu,30\n"},
        {"1.csv": "u,5\n", "2.csv": "u,30\n"},
        {"1.csv": f"u,5\n{OTHERS}u,30\n"},
    ],
)
def test_the_last_row_of_an_id_counts(personalize: "PersonalizeClient", files: dict[str, str]) -> None:
    for name, rows in files.items():
        put_object(f"users/{name}", f"USER_ID,AGE\n{rows}")
    assert outcome(import_job(personalize, "first", "s3://bucket/users/")) == ("ACTIVE", "")
    assert stored()["u"] == '{"age":30}'
