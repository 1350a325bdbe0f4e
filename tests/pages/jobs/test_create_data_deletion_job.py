"""Create data deletion job: who is deleted, the confirmation, and what becomes known of the deleted."""

import pytest
from django.test import Client

from console.local.models import Job, StoredRecord
from console.submissions.models import DatasetEvent
from tests.pages.html import text_of
from tests.pages.jobs.made_jobs import (
    CREATE_DELETION,
    DATASET,
    DELETION,
    DELETIONS,
    create,
    input_of,
    job,
    run_due_jobs,
)

RECORD = (
    '{"USER_ID": "ada", "MEMBERSHIP_TYPE": "Basic", "MEMBER_SINCE": 1600000000, "TOTAL_SPEND": 1, "NEWSLETTER": true}'
)
CONFIRM = "Type the dataset group's name, loyalty-programme, to confirm."


def test_users_are_deleted_and_no_longer_known(operator: Client) -> None:
    operator.post(f"{DATASET}create-records/", {"record_input": RECORD, "intent": "create"})
    assert StoredRecord.objects.filter(record_id="ada").exists()
    answer = create(operator, CREATE_DELETION, DELETION)
    assert (answer.status_code, answer["Location"]) == (302, f"{DELETIONS}nightly/")
    assert job().location.startswith("s3://personalize-console/data-deletion-jobs/nightly-")
    assert input_of(job()) == "USER_ID\nada\ngrace\n"
    sentence = "The data deletion job nightly was created for 2 users; 1 repeated ID was left out."
    assert sentence in text_of(operator.get(answer["Location"]))
    run_due_jobs()
    assert not StoredRecord.objects.filter(record_id="ada").exists()
    (event,) = DatasetEvent.objects.all()
    assert (event.kind, event.record_id) == ("users deleted", "ada")


def test_a_csv_with_other_columns_is_taken(operator: Client) -> None:
    answer = create(operator, CREATE_DELETION, DELETION, text='AGE,USER_ID\n34,"a,b"\n34,"a,b"\n34,"a,b"\n')
    assert input_of(job()) == 'USER_ID\n"a,b"\n'
    assert "was created for 1 user; 2 repeated IDs were left out." in text_of(operator.get(answer["Location"]))


def test_a_location_is_sent_as_it_is(operator: Client) -> None:
    answer = create(operator, CREATE_DELETION, DELETION, source="location", location="s3://bucket/requests/")
    assert job().location == "s3://bucket/requests/"
    text = text_of(operator.get(answer["Location"]))
    assert "The data deletion job nightly was created. The users are gone once it is Completed." in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", f"A data deletion job cannot be undone, so nothing was sent. {CONFIRM}"),
        ("Loyalty-programme", f"This is a different name, so nothing was sent. {CONFIRM}"),
    ],
)
def test_the_name_of_the_group_is_asked_for_though_nothing_is_guarded(
    operator: Client, typed: str, sentence: str
) -> None:
    text = text_of(operator.get(CREATE_DELETION))
    assert "Type loyalty-programme to confirm A data deletion job cannot be undone: nothing is sent until" in text
    answer = create(operator, CREATE_DELETION, DELETION, confirmation=typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert answer.context["form"]["text"].value() == DELETION["text"]
    assert not Job.objects.exists()


def test_all_that_is_wrong_with_a_list_is_said_and_no_id_is_taken_for_another(operator: Client) -> None:
    answer = create(operator, CREATE_DELETION, DELETION, text="USER_ID,AGE\n,34\n,35\n")
    assert answer.status_code == 422
    text = text_of(answer)
    assert "Line 2: expected a user ID in the column USER_ID; found nothing." in text
    assert "Line 3: expected a user ID in the column USER_ID; found nothing." in text
    assert "Line 1 has a comma." in text_of(create(operator, CREATE_DELETION, DELETION, text="ada, grace"))
    assert "Enter at least one user ID." in text_of(create(operator, CREATE_DELETION, DELETION, text=""))
    assert not Job.objects.exists()
