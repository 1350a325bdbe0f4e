"""The tags of dataset groups, datasets and event trackers: listed, added, changed and removed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.pages.configured import forget
from tests.pages.html import rows_of, text_of
from tests.support.aws_stand_in import DATASET_ARN, GROUP_ARN, TRACKER_ARN, Piece, Received, StandIn, http

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

ARN = "arn:aws:personalize:us-east-1:000000000000"
GROUP = "/local/dataset-groups/loyalty-programme/"
PAGES = [
    (f"{GROUP}tags/", f"{ARN}:dataset-group/loyalty-programme", GROUP),
    (f"{GROUP}datasets/users/tags/", f"{ARN}:dataset/loyalty-programme/USERS", f"{GROUP}datasets/users/"),
    (f"{GROUP}event-trackers/e896f116/tags/", f"{ARN}:event-tracker/e896f116", f"{GROUP}event-trackers/e896f116/"),
]
PAGE, GROUP_OF_PAGE, _ABOVE = PAGES[0]
AT_AWS = "/staging/dataset-groups/loyalty/tags/"


def tags_of(personalize: "PersonalizeClient", arn: str) -> dict[str, str]:
    found = personalize.list_tags_for_resource(resourceArn=arn)["tags"]
    return {each["tagKey"]: each["tagValue"] for each in found}


@pytest.mark.parametrize(("page", "arn", "above"), PAGES)
def test_tags_are_added_changed_and_removed(
    operator: Client, personalize: "PersonalizeClient", page: str, arn: str, above: str
) -> None:
    assert f'href="{page}"' in operator.get(above).content.decode()
    assert "No tags" in text_of(operator.get(page))
    answer = operator.post(page, {"tags": "team = shop\r\nstage=test\r\nempty="}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "3 tags were added or changed." in text_of(answer)
    rows = [["", "empty", "-"], ["", "stage", "test"], ["", "team", "shop"]]
    assert rows_of(answer) == rows
    answer = operator.post(page, {"tags": "team=data", "remove": ["stage", "team", "empty"]}, follow=True)
    assert "2 tags were removed, and 1 tag was added or changed." in text_of(answer)
    assert tags_of(personalize, arn) == {"team": "data"}


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [
        ("", "Enter a tag to add, or choose tags to remove."),
        ("team", "Line 1: expected a tag such as team=shop."),
        ("AWS:team=shop", "A key that begins with aws: is reserved for AWS."),
        ("a=1\na=2", "Line 2: this key is there twice."),
        ('"><script>', "Line 1: expected a tag such as team=shop."),
    ],
)
def test_what_is_no_tag_is_refused_and_kept(
    operator: Client, personalize: "PersonalizeClient", tags: str, sentence: str
) -> None:
    answer = operator.post(PAGE, {"tags": tags})
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert b"<script>" not in answer.content
    assert answer.context["form"]["tags"].value() == tags
    assert tags_of(personalize, GROUP_OF_PAGE) == {}


@pytest.mark.parametrize("keys", ["", ["", ""]])
def test_an_empty_key_is_no_tag_to_remove(
    operator: Client, personalize: "PersonalizeClient", keys: str | list[str]
) -> None:
    answer = operator.post(PAGE, {"tags": "", "remove": keys})
    assert answer.status_code == 422
    assert "Enter a tag to add, or choose tags to remove." in text_of(answer)
    operator.post(PAGE, {"tags": "team=shop", "remove": keys})
    assert tags_of(personalize, GROUP_OF_PAGE) == {"team": "shop"}


def test_too_many_tags_say_what_was_done_and_what_was_not(operator: Client, personalize: "PersonalizeClient") -> None:
    many = [{"tagKey": f"k{number}", "tagValue": ""} for number in range(50)]
    personalize.tag_resource(resourceArn=GROUP_OF_PAGE, tags=many)  # type: ignore[arg-type]
    answer = operator.post(PAGE, {"tags": "a=1\nb=2", "remove": "k0"})
    text = text_of(answer)
    assert answer.status_code == 422
    assert "1 tag was removed, and nothing was added." in text
    assert "Remove tags first: a resource can have at most 50." in text
    assert len(tags_of(personalize, GROUP_OF_PAGE)) == 49


def test_viewers_see_tags_and_change_none(viewer: Client, personalize: "PersonalizeClient") -> None:
    personalize.tag_resource(resourceArn=GROUP_OF_PAGE, tags=[{"tagKey": "team", "tagValue": "shop"}])
    answer = viewer.get(PAGE)
    assert rows_of(answer) == [["team", "shop"]]
    assert "Your role, viewer, may not change tags." in text_of(answer)
    assert 'name="tags"' not in answer.content.decode()
    assert viewer.post(PAGE, {"remove": "team"}).status_code == 403
    assert tags_of(personalize, GROUP_OF_PAGE) == {"team": "shop"}


def test_what_was_typed_comes_back_where_the_form_expired(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    typed_by = operator.get(PAGE).context["user"].pk
    answer = strict.post(PAGE, {"tags": "team=shop", "typed_by": str(typed_by)})
    assert answer.status_code == 403
    assert "so nothing was changed. Check what you entered, and save it again." in text_of(answer)
    assert answer.context["form"]["tags"].value() == "team=shop"


def change_environment(settings: LazySettings, line: str) -> None:
    file = Path(settings.CONSOLE_ENVIRONMENTS)
    file.write_text(f"{file.read_text()}{line}\n")
    forget()


def sent(aws: StandIn, operation: str) -> list[Any]:
    return [json.loads(each.body) for each in aws.of(operation)]


@pytest.mark.parametrize(
    ("page", "arn"),
    [
        (AT_AWS, GROUP_ARN),
        ("/staging/dataset-groups/loyalty/datasets/users/tags/", DATASET_ARN),
        ("/staging/dataset-groups/loyalty/event-trackers/6dd6a3c9/tags/", TRACKER_ARN),
    ],
)
def test_aws_gets_what_was_entered(operator: Client, aws: StandIn, page: str, arn: str) -> None:
    assert operator.post(page, {"tags": "stage=test", "remove": "team"}).status_code == 302
    assert sent(aws, "UntagResource") == [{"resourceArn": arn, "tagKeys": ["team"]}]
    assert sent(aws, "TagResource") == [{"resourceArn": arn, "tags": [{"tagKey": "stage", "tagValue": "test"}]}]


def test_tags_of_aws_itself_stay(operator: Client, aws: StandIn) -> None:
    usual = aws.answer
    tags = b'{"tags": [{"tagKey": "aws:cloudformation:stack-name", "tagValue": "shop"}]}'

    def answer(received: Received) -> list[Piece]:
        return [http(200, tags)] if received.operation == "ListTagsForResource" else list(usual(received))

    aws.answer = answer
    page = operator.get(AT_AWS)
    assert rows_of(page) == [["Of AWS", "aws:cloudformation:stack-name", "shop"]]
    assert 'name="remove"' not in page.content.decode()


def test_a_denied_list_is_said_and_keeps_what_was_typed(operator: Client, aws: StandIn) -> None:
    usual = aws.answer
    denied = b'{"__type": "AccessDeniedException", "message": "No."}'

    def answer(received: Received) -> list[Piece]:
        return [http(400, denied)] if "Tag" in received.operation else list(usual(received))

    aws.answer = answer
    assert operator.get(AT_AWS).status_code == 502
    failed = operator.post(AT_AWS, {"tags": "team=shop"})
    text = text_of(failed)
    assert failed.status_code == 502
    assert f"may not do personalize:TagResource on {GROUP_ARN}." in text
    assert "The tags could not be listed." in text
    assert failed.context["form"]["tags"].value() == "team=shop"


def test_a_guarded_environment_asks_for_the_name(operator: Client, aws: StandIn, settings: LazySettings) -> None:
    change_environment(settings, "guarded = true")
    assert operator.post(AT_AWS, {"tags": "stage=test"}).status_code == 422
    assert not aws.of("TagResource")
    assert operator.post(AT_AWS, {"tags": "stage=test", "confirmation": "loyalty"}).status_code == 302


def test_a_read_only_environment_changes_none(operator: Client, aws: StandIn, settings: LazySettings) -> None:
    change_environment(settings, "read_only = true")
    answer = operator.post(AT_AWS, {"tags": "stage=test", "remove": "team"})
    assert answer.status_code == 403
    assert "The environment Staging is read-only" in text_of(operator.get(AT_AWS))
    assert not aws.of("TagResource") + aws.of("UntagResource")
