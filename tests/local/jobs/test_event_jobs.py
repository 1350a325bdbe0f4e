"""Jobs on interactions: imports, exports and data deletions, through real boto3."""

from typing import TYPE_CHECKING, Any

import pytest

from console.local.models import StoredEvent
from tests.local.event_requests import (
    ACTION_INTERACTIONS_ARN,
    INTERACTIONS_ARN,
    Tracked,
    create_interactions,
    create_shop,
    create_tracked,
)
from tests.local.jobs.job_requests import deletion_job, export_job, import_job, outcome, put_object
from tests.local.schemas import record, text
from tests.local.shop import GROUP_ARN, refused
from tests.local.test_put_users import stored

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

pytestmark = pytest.mark.usefixtures("data_directory")

HEADING = "USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP,EVENT_VALUE,IMPRESSION,RECOMMENDATION_ID,NUM_RATINGS,DEVICE\n"
LEAST = "USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP\n"
FIRST = {"userId": "ada", "itemId": "film", "eventType": "view", "timestamp": 1}


@pytest.fixture
def tracked(personalize: "PersonalizeClient") -> Tracked:
    """The tracking ids of a shop with both kinds of interactions."""
    return create_tracked(personalize)


def imported(client: "PersonalizeClient", name: str, content: str, **more: Any) -> dict[str, Any]:
    """Import a file of Item interactions, and return the job."""
    put_object(f"{name}.csv", content)
    return import_job(client, name, f"s3://bucket/{name}.csv", **{"datasetArn": INTERACTIONS_ARN, **more})


def put(client: "PersonalizeEventsClient", tracked: Tracked, *user_ids: str, moment: int = 1) -> None:
    for user_id in user_ids:
        user: Any = {"userId": user_id} if user_id else {}
        event: Any = {"eventType": "view", "sentAt": moment, "itemId": "film"}
        client.put_events(trackingId=tracked.items, sessionId="s", eventList=[event], **user)


def came_in_bulk() -> list[str]:
    """Return the users of the events that an import job brought, in their order."""
    events = StoredEvent.objects.filter(import_job__isnull=False).order_by("pk")
    return list(events.values_list("user_id", flat=True))


def test_the_columns_of_the_schema_are_imported(personalize: "PersonalizeClient", tracked: Tracked) -> None:
    """The developer guide, "Preparing training data for Amazon Personalize": nullable columns may be missing."""
    rows = "ada,film,view,1,4.5,film|song,RID-1,12,phone|app\nbob,song,buy,2,,,,,\n"
    assert outcome(imported(personalize, "whole", HEADING + rows)) == ("ACTIVE", "")
    nothing = dict.fromkeys(("eventValue", "impression", "recommendationId", "numRatings", "device"))
    assert stored(INTERACTIONS_ARN) == [
        {
            **FIRST,
            "eventValue": 4.5,
            "impression": "film|song",
            "recommendationId": "RID-1",
            "numRatings": 12,
            "device": "phone|app",
        },
        {"userId": "bob", "itemId": "song", "eventType": "buy", "timestamp": 2, **nothing},
    ]
    assert outcome(imported(personalize, "least", LEAST + "ada,film,view,1\n")) == ("ACTIVE", "")
    assert stored(INTERACTIONS_ARN) == [FIRST]


def test_action_interactions_are_imported(personalize: "PersonalizeClient", tracked: Tracked) -> None:
    columns = LEAST.replace("ITEM_ID", "ACTION_ID").replace("TIMESTAMP", "TIMESTAMP,COST")
    content = columns + "ada,join,Not Taken,1,7\nbob,join,clicked,1,\n"
    job = imported(personalize, "wrong", content, datasetArn=ACTION_INTERACTIONS_ARN)
    assert outcome(job) == (
        "CREATE FAILED",
        "wrong.csv, line 3, field EVENT_TYPE: Expected text: Taken, Not Taken or Viewed, in any case; found text.",
    )
    content = content.replace("clicked", "TAKEN")
    assert outcome(imported(personalize, "right", content, datasetArn=ACTION_INTERACTIONS_ARN)) == ("ACTIVE", "")
    assert [each["eventType"] for each in stored(ACTION_INTERACTIONS_ARN)] == ["Not Taken", "TAKEN"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("USER_ID,EVENT_TYPE\na,view\n", "Input CSV is missing the following columns:[ITEM_ID, TIMESTAMP]."),
        (
            LEAST + ",film,view,1\n",
            "events.csv, line 2, field USER_ID: Expected text, 1 to 256 characters (string); found an empty cell.",
        ),
        (
            LEAST + "ada,,view,1\n",
            "events.csv, line 2, field ITEM_ID: Expected text, 1 to 256 characters (string); found an empty cell.",
        ),
        (
            LEAST + "ada,film,view,2025-05-01\n",
            "events.csv, line 2, field TIMESTAMP: Expected a time: seconds since 1970; found text.",
        ),
        (
            LEAST.replace("\n", ",SESSION_ID\n") + "ada,film,view,1,s\n",
            "events.csv, line 1, field SESSION_ID: Expected a field of the schema; found a name that is not one of "
            "them. Remove it, or write the name of the field that it is for.",
        ),
    ],
)
def test_an_input_that_does_not_fit_changes_nothing(
    personalize: "PersonalizeClient", tracked: Tracked, content: str, reason: str
) -> None:
    assert outcome(imported(personalize, "events", content)) == ("CREATE FAILED", reason)
    assert not StoredEvent.objects.exists()


def test_an_import_may_have_more_impressions_than_a_request(
    personalize: "PersonalizeClient", tracked: Tracked
) -> None:
    """The developer guide, "Amazon Personalize endpoints and quotas": 1000 characters, of any number of ids."""
    many = "|".join(f"i{number}" for number in range(100))
    content = LEAST.replace("\n", f",IMPRESSION\nada,film,view,1,{many}\n")
    assert outcome(imported(personalize, "many", content)) == ("ACTIVE", "")
    assert stored(INTERACTIONS_ARN)[0]["impression"] == many


def test_full_replaces_what_came_in_bulk_and_incremental_adds(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", tracked: Tracked
) -> None:
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        imported(personalize, "none", LEAST, importMode="INCREMENTAL")
    assert "its first import must have the importMode FULL" in refused(error)[2]
    put(personalize_events, tracked, "put")
    imported(personalize, "first", LEAST + "old,film,view,1\nstays,film,view,1\n")
    imported(personalize, "second", LEAST + "stays,film,view,1\nnew,film,view,1\n")
    assert came_in_bulk() == ["stays", "new"]
    imported(personalize, "third", LEAST + "new,film,view,1\nmore,film,view,1\n", importMode="INCREMENTAL")
    # Of identical events one is kept.
    assert came_in_bulk() == ["stays", "new", "more"]
    assert [each["userId"] for each in stored(INTERACTIONS_ARN)] == ["put", "stays", "new", "more"]


def test_a_batch_of_rows_that_are_identical_is_one_event(personalize: "PersonalizeClient", tracked: Tracked) -> None:
    rows = "ada,film,view,1\n" * 700 + "bob,film,view,1\n"
    assert outcome(imported(personalize, "same", LEAST + rows)) == ("ACTIVE", "")
    assert came_in_bulk() == ["ada", "bob"]


@pytest.mark.parametrize(
    ("mode", "users"), [("BULK", ["bulk"]), ("PUT", ["put", ""]), ("ALL", ["bulk", "put", ""]), (None, ["put", ""])]
)
def test_events_are_exported_by_how_they_came(
    personalize: "PersonalizeClient",
    personalize_events: "PersonalizeEventsClient",
    tracked: Tracked,
    data_directory: "Path",
    mode: str | None,
    users: list[str],
) -> None:
    """The developer guide, "Exporting the training data in a dataset to Amazon S3": the columns are the schema's."""
    imported(personalize, "in", LEAST + "bulk,film,view,1\n")
    put(personalize_events, tracked, "put", "", moment=2)
    of_mode = {"ingestionMode": mode} if mode else {}
    job = export_job(personalize, "out", "s3://bucket/out/", datasetArn=INTERACTIONS_ARN, **of_mode)
    assert outcome(job) == ("ACTIVE", "")
    exported = (data_directory / "s3/bucket/out/out.csv").read_text()
    moments = {"bulk": 1, "put": 2, "": 2}
    assert exported == HEADING + "".join(f"{each},film,view,{moments[each]},,,,,\n" for each in users)


def test_what_is_exported_can_be_imported(
    personalize: "PersonalizeClient", tracked: Tracked, data_directory: "Path"
) -> None:
    rows = 'ada,film,view,1,4.5,film|song,RID-1,12,"a ""phone"", an app"\n'
    imported(personalize, "in", HEADING + rows)
    export_job(personalize, "out", "s3://bucket/out/", datasetArn=INTERACTIONS_ARN, ingestionMode="ALL")
    assert (data_directory / "s3/bucket/out/out.csv").read_text() == HEADING + rows
    before = stored(INTERACTIONS_ARN)
    assert outcome(import_job(personalize, "again", "s3://bucket/out/out.csv", datasetArn=INTERACTIONS_ARN)) == (
        "ACTIVE",
        "",
    )
    assert stored(INTERACTIONS_ARN) == before


def test_pages_of_an_export_are_put_together(
    personalize: "PersonalizeClient", tracked: Tracked, data_directory: "Path"
) -> None:
    rows = "".join(f"u{number},film,view,{number},,,,,\n" for number in range(2100))
    imported(personalize, "in", HEADING + rows)
    export_job(personalize, "out", "s3://bucket/out/", datasetArn=INTERACTIONS_ARN, ingestionMode="ALL")
    assert (data_directory / "s3/bucket/out/out.csv").read_text() == HEADING + rows


def test_a_data_deletion_removes_the_events_of_its_users_too(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", tracked: Tracked
) -> None:
    """The developer guide, "Deleting users": "their metadata and interactions data"."""
    schema = personalize.create_schema(name="users", schema=record(text("USER_ID"), text("AGE", "int"), name="Users"))
    users = personalize.create_dataset(
        name="users", schemaArn=schema["schemaArn"], datasetGroupArn=GROUP_ARN, datasetType="Users"
    )["datasetArn"]
    people: list[Any] = [{"userId": each, "properties": '{"age": 1}'} for each in ("ada", "bob")]
    personalize_events.put_users(datasetArn=users, users=people)
    rows = "".join(f"ada,film,view,{number}\n" for number in range(1200))
    imported(personalize, "in", LEAST + rows + "bob,film,view,1\n")
    put(personalize_events, tracked, "ada", "bob", "only-events", "", moment=5)
    taken: Any = {"actionId": "join", "sessionId": "s", "timestamp": 1, "eventType": "Taken"}
    actions: list[Any] = [{**taken, "userId": each} for each in ("ada", "bob")]
    personalize_events.put_action_interactions(trackingId=tracked.actions, actionInteractions=actions)
    put_object("gone.csv", "USER_ID\nada\nonly-events\nnobody\n")
    job = deletion_job(personalize, "gone", "s3://bucket/gone.csv")
    # A user, 1201 and one item interactions, and one action interaction.
    assert (job["status"], job["numDeleted"]) == ("COMPLETED", 1204)
    assert [each["userId"] for each in stored(users)] == ["bob"]
    assert [each.get("userId") for each in stored(INTERACTIONS_ARN)] == ["bob", "bob", None]
    assert [each["userId"] for each in stored(ACTION_INTERACTIONS_ARN)] == ["bob"]


def test_a_data_deletion_of_a_group_leaves_the_events_of_others(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient"
) -> None:
    tracked = Tracked(create_shop(personalize), "")
    put(personalize_events, tracked, "ada")
    other = personalize.create_dataset_group(name="other")["datasetGroupArn"]
    put_object("gone.csv", "USER_ID\nada\n")
    job = deletion_job(personalize, "gone", "s3://bucket/gone.csv", datasetGroupArn=other)
    assert (job["status"], job["numDeleted"]) == ("COMPLETED", 0)
    assert [each["userId"] for each in stored(INTERACTIONS_ARN)] == ["ada"]


def test_a_session_of_the_schema_is_a_column(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", data_directory: "Path"
) -> None:
    """Public schemas of interactions have SESSION_ID, which a request has beside its events."""
    personalize.create_dataset_group(name="shop")
    fields = [text("USER_ID"), text("ITEM_ID"), text("TIMESTAMP", "long"), text("SESSION_ID")]
    create_interactions(personalize, "Interactions", *fields)
    tracker = personalize.create_event_tracker(name="events", datasetGroupArn=GROUP_ARN)
    put(personalize_events, Tracked(tracker["trackingId"], ""), "ada")
    rows = "USER_ID,ITEM_ID,TIMESTAMP,SESSION_ID\nada,film,1,s\n"
    export_job(personalize, "out", "s3://bucket/out/", datasetArn=INTERACTIONS_ARN)
    assert (data_directory / "s3/bucket/out/out.csv").read_text() == rows
    reason = "events.csv, line 2, field SESSION_ID: Expected text, 1 to 256 characters (string); found an empty cell."
    assert outcome(imported(personalize, "events", rows.replace(",s\n", ",\n"))) == ("CREATE FAILED", reason)
