"""Create dataset export job: its modes, its key, and what is wrong with them."""

import pytest
from django.test import Client

from console.local.models import Job
from tests.pages.html import text_of
from tests.pages.jobs.made_jobs import CREATE_EXPORT, EXPORT, EXPORTS, ROLE, create, job, run_due_jobs

KEY = "arn:aws:kms:us-east-1:000000000000:key/1234abcd"


def test_creates_one_and_goes_to_it(operator: Client, data_directory: object) -> None:
    answer = create(operator, CREATE_EXPORT, EXPORT, kms_key_arn=KEY, tags="team=shop")
    assert (answer.status_code, answer["Location"]) == (302, f"{EXPORTS}nightly/")
    made = job()
    assert (made.mode, made.location, made.kms_key_arn, made.role_arn) == ("ALL", "s3://bucket/exports/", KEY, ROLE)
    assert made.tags == [{"tagKey": "team", "tagValue": "shop"}]
    sentence = "The dataset export job nightly was created. Its files are there once it is Active."
    assert sentence in text_of(operator.get(answer["Location"]))
    run_due_jobs()
    assert job().outcome == "ACTIVE"


def test_begins_with_the_mode_of_the_api(operator: Client) -> None:
    html = operator.get(CREATE_EXPORT).content.decode()
    assert 'name="mode" value="PUT" checked' in html
    assert html.count(" checked") == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"location": ""}, "Enter the location in Amazon S3."),
        ({"location": "/exports"}, "Expected an address such as s3://bucket/folder/."),
        ({"mode": "FULL"}, "Choose one of these."),
        (
            {"kms_key_arn": "1234abcd"},
            "Expected the ARN of a key, such as arn:aws:kms:us-east-1:123456789012:key/1234abcd.",
        ),
        ({"kms_key_arn": "x" * 2049}, "Expected at most 2048 characters; found 2049."),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_entered(
    operator: Client, fields: dict[str, str], sentence: str
) -> None:
    answer = create(operator, CREATE_EXPORT, EXPORT, **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    for name, entered in fields.items():
        assert answer.context["form"][name].value() == entered
    assert not Job.objects.exists()


def test_what_the_local_service_refuses_is_said(operator: Client) -> None:
    answer = create(operator, CREATE_EXPORT, EXPORT, location="https://bucket.example/")
    assert answer.status_code == 422
    assert "Invalid Data location. Expected s3://bucket/key, and no other protocol." in text_of(answer)
