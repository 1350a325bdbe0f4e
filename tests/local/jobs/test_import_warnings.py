"""The warnings of import jobs: counted in the job's row, and the first ones in a file beside its input."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from console.local.jobs import import_warnings, seen_ids
from console.local.jobs.import_warnings import JobWarnings
from console.local.models import Job
from tests.local.event_requests import INTERACTIONS_ARN, create_tracked
from tests.local.jobs.job_requests import import_job, outcome, put_object, stored
from tests.local.shop import AGE, DATASET_ARN
from tests.records.literal_schemas import avro

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

pytestmark = pytest.mark.usefixtures("data_directory")

DOUBTFUL = '"USER_ID",AGE\nu-1,30\nu-2 ,31\nu-1,32\nNULL,33\n1001.0,34\n'


def kept(name: str = "first") -> JobWarnings | None:
    return import_warnings.import_warnings(DATASET_ARN, [name]).get(name)


def test_warnings_are_counted_and_stand_in_a_file_beside_the_input(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put_object("in/users.csv", DOUBTFUL)
    with caplog.at_level(logging.DEBUG):
        job = import_job(personalize, "first", "s3://bucket/in/users.csv")
    assert outcome(job) == ("ACTIVE", "")
    assert set(stored()) == {"u-1", "u-2 ", "NULL", "1001.0"}
    assert kept() == JobWarnings(
        {
            "Headings in quotes": 1,
            "Spaces and unseen characters in IDs": 1,
            "Repeated IDs": 1,
            "Missing values as text": 1,
            "IDs that a spreadsheet has spoiled": 1,
        },
        "s3://bucket/in/first.warnings.txt",
    )
    folder = data_directory / "s3" / "bucket" / "in"
    assert (folder / "first.warnings.txt").read_text(encoding="utf-8") == (
        "Warnings of the import job first: 5. The input was imported as it is.\n"
        "\n"
        "Headings in quotes: 1\n"
        "IDs that a spreadsheet has spoiled: 1\n"
        "Missing values as text: 1\n"
        "Repeated IDs: 1\n"
        "Spaces and unseen characters in IDs: 1\n"
        "\n"
        "users.csv, line 1: The heading has quotes. AWS's documents ask for names without them: remove them before AWS "
        "reads it.\n"
        "users.csv, line 3, field USER_ID: The id has spaces around it, so that it is another id than “u-2”.\n"
        "users.csv, line 4, field USER_ID: An earlier row has the same USER_ID. The last one of them counts.\n"
        "users.csv, line 5, field USER_ID: “NULL” is how programs write that there is no value. Check that it is meant "
        "as a text.\n"
        "users.csv, line 6, field USER_ID: “1001.0” looks like the id “1001” as a spreadsheet or a data frame writes it; "
        "zeros before it may be lost.\n"
    )
    assert sorted(path.name for path in folder.iterdir()) == ["first.warnings.txt", "users.csv"]
    assert "u-2" not in caplog.text
    assert "1001.0" not in caplog.text
    assert [path.name for path in data_directory.iterdir()] == ["s3"]


def test_a_folder_has_the_file_in_it_and_the_next_job_does_not_read_that(
    personalize: "PersonalizeClient", dataset: str
) -> None:
    put_object("in/a.csv", "\nUSER_ID,AGE\nu-1,30\n")
    put_object("in/b.csv", "USER_ID,AGE\nu-1,31\n")
    for name in ("first", "second"):
        assert outcome(import_job(personalize, name, "s3://bucket/in/")) == ("ACTIVE", "")
        assert kept(name) == JobWarnings({"Repeated IDs": 1}, f"s3://bucket/in/{name}.warnings.txt")


def test_a_hundred_are_kept_and_all_are_counted(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    put_object("users.csv", "USER_ID,AGE\n" + "u-1,30\n" * 301)
    import_job(personalize, "first", "s3://bucket/users.csv")
    assert kept() == JobWarnings({"Repeated IDs": 300}, "s3://bucket/first.warnings.txt")
    lines = (data_directory / "s3" / "bucket" / "first.warnings.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == (
        "Warnings of the import job first: 300. The input was imported as it is. "
        "These are the first 100, after the number of each kind."
    )
    assert len(lines) == 104
    assert lines[-1].startswith("users.csv, line 102, field USER_ID: ")


def test_plain_input_has_none_and_gets_no_file(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    put_object("users.csv", "USER_ID,AGE\nu-1,30\nu-2,31\n")
    import_job(personalize, "first", "s3://bucket/users.csv")
    assert kept() is None
    assert [path.name for path in (data_directory / "s3" / "bucket").iterdir()] == ["users.csv"]


def test_a_job_that_fails_says_why_and_has_none(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    put_object("users.csv", "USER_ID,AGE\nu-1 ,30\nu-2,34.0\n")
    status, reason = outcome(import_job(personalize, "first", "s3://bucket/users.csv"))
    assert status == "CREATE FAILED"
    assert reason.endswith("found the text “34.0”. Write 34.")
    assert "spaces" not in reason
    assert kept() is None
    assert [path.name for path in (data_directory / "s3" / "bucket").iterdir()] == ["users.csv"]


def test_a_file_that_cannot_be_written_is_logged_and_the_job_is_done(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put_object("users.csv", "USER_ID,AGE\nu-1,30\nu-1,31\n")
    (data_directory / "s3" / "bucket" / "first.warnings.txt").mkdir()
    assert outcome(import_job(personalize, "first", "s3://bucket/users.csv")) == ("ACTIVE", "")
    assert kept() == JobWarnings({"Repeated IDs": 1}, "")
    assert "dataset-import-job/first cannot be written (Is a directory)." in caplog.text
    assert sorted(path.name for path in (data_directory / "s3" / "bucket").iterdir()) == [
        "first.warnings.txt",
        "users.csv",
    ]


def test_users_of_events_may_repeat(personalize: "PersonalizeClient") -> None:
    create_tracked(personalize)
    put_object(
        "events.csv", "USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP\nada,film,view,1764496800\nada,film ,view,1764496801\n"
    )
    import_job(personalize, "first", "s3://bucket/events.csv", datasetArn=INTERACTIONS_ARN)
    assert import_warnings.import_warnings(INTERACTIONS_ARN, ["first"]) == {
        "first": JobWarnings({"Spaces and unseen characters in IDs": 1}, "s3://bucket/first.warnings.txt")
    }


def test_they_are_told_with_the_outcome_and_not_before(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\nu-1,30\nu-1,31\n")
    import_job(personalize, "first", "s3://bucket/users.csv")
    Job.objects.update(settles_at=timezone.now() + timedelta(minutes=1))
    assert kept() is None


def test_a_disk_without_room_for_the_ids_fails_the_job(
    personalize: "PersonalizeClient", dataset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen_ids, "MOST_IN_MEMORY", 0)
    monkeypatch.setattr(seen_ids, "SETTING_UP", (*seen_ids.SETTING_UP, "PRAGMA max_page_count = 3"))
    put_object("users.csv", "USER_ID,AGE\n" + "".join(f"u-{number},30\n" for number in range(1000)))
    full = "The data directory cannot be used (database or disk is full)."
    assert outcome(import_job(personalize, "first", "s3://bucket/users.csv")) == ("CREATE FAILED", full)
    assert stored() == {}


def test_a_number_in_a_field_of_booleans_is_told_as_such(personalize: "PersonalizeClient") -> None:
    fields = ({"name": "VIP", "type": "boolean"}, AGE)
    group = personalize.create_dataset_group(name="shop")["datasetGroupArn"]
    schema = personalize.create_schema(name="vips", schema=avro(*fields))["schemaArn"]
    personalize.create_dataset(name="u", schemaArn=schema, datasetGroupArn=group, datasetType="Users")
    put_object("users.csv", "USER_ID,VIP,AGE\nu1,1,30\nu2,yes,30\n")
    assert outcome(import_job(personalize, "first", "s3://bucket/users.csv")) == (
        "CREATE FAILED",
        "users.csv, line 2, field VIP: Expected true or false (boolean); found the text “1”. Write true or false. "
        "users.csv, line 3, field VIP: Expected true or false (boolean); found text. Write true or false.",
    )


def test_columns_are_looked_at_as_a_whole(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    schema = avro(AGE, {"name": "SCORE", "type": ["null", "int"]})
    other = personalize.create_schema(name="with-score", schema=schema, domain="ECOMMERCE")["schemaArn"]
    personalize.update_dataset(datasetArn=dataset, schemaArn=other)
    rows = "".join(f"u-{number},1,{number if number < 10 else ''}\n" for number in range(100))
    put_object("in/users.csv", f"USER_ID,AGE,SCORE\n{rows}")
    assert outcome(import_job(personalize, "first", "s3://bucket/in/users.csv")) == ("ACTIVE", "")
    found = kept()
    assert found is not None
    assert found.counts == {"Columns that are hardly filled": 1}
    words = (data_directory / "s3" / "bucket" / "in" / "first.warnings.txt").read_text(encoding="utf-8")
    assert words.endswith(
        "\n\nField SCORE: 10 % of its rows have a value. AWS's documents ask for at least 70 % of a column.\n"
    )


def test_those_of_rows_stand_as_the_rows_do_and_as_the_fields_of_each(
    personalize: "PersonalizeClient", data_directory: Path
) -> None:
    fields = ({"name": "CITY", "type": ["null", "string"]}, {"name": "TIER", "type": "string", "categorical": True})
    group = personalize.create_dataset_group(name="shop")["datasetGroupArn"]
    schema = personalize.create_schema(name="tiers", schema=avro(*fields))["schemaArn"]
    personalize.create_dataset(name="u", schemaArn=schema, datasetGroupArn=group, datasetType="Users")
    long = f"{'a' * 600}|{'b' * 600}"
    rows = f"{long},u-1,NULL\nGold,u-2,\n|Gold,u-1,nan\n"
    put_object("in/1.csv", f"TIER,USER_ID,CITY\n{rows}")
    put_object("in/2.csv", 'USER_ID,TIER\n\n"u-2","gold"\n')
    assert outcome(import_job(personalize, "first", "s3://bucket/in/")) == ("ACTIVE", "")
    found = kept()
    assert found is not None
    assert found.counts == {
        "Categories in several spellings": 1,
        "Categories that are empty or not separated": 1,
        "Long categories": 1,
        "Missing values as text": 2,
        "Repeated IDs": 2,
    }
    words = (data_directory / "s3" / "bucket" / "in" / "first.warnings.txt").read_text(encoding="utf-8")
    places = [line.partition(": ")[0] for line in words.splitlines()[8:]]
    assert places == [
        "Field TIER",
        "1.csv, line 2, field CITY",
        "1.csv, line 2, field TIER",
        "1.csv, line 4, field CITY",
        "1.csv, line 4, field TIER",
        "1.csv, line 4, field USER_ID",
        "2.csv, line 3, field USER_ID",
    ]
