"""Tags, through real boto3."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from console.local.models import DatasetGroup
from tests.local.shop import DATASET_ARN, GROUP_ARN, SCHEMA_ARN, refused
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


def tags(*keys: str) -> Any:
    return [{"tagKey": key, "tagValue": f"value of {key}"} for key in keys]


def test_a_group_and_a_dataset_are_tagged_when_they_are_made(personalize: "PersonalizeClient", dataset: str) -> None:
    group = personalize.create_dataset_group(name="other", tags=tags("team", "stage"))["datasetGroupArn"]
    items = personalize.create_dataset(
        name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=group, datasetType="Users", tags=tags("team")
    )["datasetArn"]
    assert personalize.list_tags_for_resource(resourceArn=group)["tags"] == [
        {"tagKey": "team", "tagValue": "value of team"},
        {"tagKey": "stage", "tagValue": "value of stage"},
    ]
    assert personalize.list_tags_for_resource(resourceArn=items)["tags"] == tags("team")
    assert personalize.list_tags_for_resource(resourceArn=GROUP_ARN)["tags"] == []


def test_tags_are_added_replaced_and_removed(personalize: "PersonalizeClient", dataset: str) -> None:
    personalize.tag_resource(resourceArn=DATASET_ARN, tags=tags("a", "b"))
    personalize.tag_resource(
        resourceArn=DATASET_ARN, tags=[{"tagKey": "a", "tagValue": ""}, {"tagKey": "ü", "tagValue": "ö"}]
    )
    assert personalize.list_tags_for_resource(resourceArn=DATASET_ARN)["tags"] == [
        {"tagKey": "a", "tagValue": ""},
        {"tagKey": "b", "tagValue": "value of b"},
        {"tagKey": "ü", "tagValue": "ö"},
    ]
    personalize.untag_resource(resourceArn=DATASET_ARN, tagKeys=["b", "never-there"])
    assert [each["tagKey"] for each in personalize.list_tags_for_resource(resourceArn=DATASET_ARN)["tags"]] == [
        "a",
        "ü",
    ]


def test_a_resource_has_fifty_tags_at_most(personalize: "PersonalizeClient", dataset: str) -> None:
    fifty = tags(*(f"k{number}" for number in range(50)))
    personalize.tag_resource(resourceArn=GROUP_ARN, tags=fifty)
    personalize.tag_resource(resourceArn=GROUP_ARN, tags=tags("k7"))
    calls: list[Any] = [
        lambda: personalize.tag_resource(resourceArn=GROUP_ARN, tags=tags("one-more")),
        lambda: personalize.create_dataset_group(name="other", tags=[*fifty, *tags("one-more")]),
    ]
    for call in calls:
        with pytest.raises(personalize.exceptions.TooManyTagsException) as error:
            call()
        assert refused(error) == ("TooManyTagsException", 400, "A resource may have 50 tags; found 51.")
    assert len(personalize.list_tags_for_resource(resourceArn=GROUP_ARN)["tags"]) == 50
    assert not DatasetGroup.objects.filter(name="other").exists()


def test_more_keys_are_untagged_than_a_resource_can_have(personalize: "PersonalizeClient", dataset: str) -> None:
    personalize.untag_resource(resourceArn=GROUP_ARN, tagKeys=[f"k{number}" for number in range(50)])
    with pytest.raises(personalize.exceptions.TooManyTagKeysException) as error:
        personalize.untag_resource(resourceArn=GROUP_ARN, tagKeys=[f"k{number}" for number in range(51)])
    assert refused(error)[:2] == ("TooManyTagKeysException", 400)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (tags("same", "same"), "A key appears twice in the tags. Give each key once."),
        (tags("a", "AWS:b"), "Tag 2 has a key that begins with aws:, which is reserved for AWS."),
        (
            [{"tagKey": "a", "tagValue": "aws:b"}],
            "Tag 1 has a value that begins with aws:, which is reserved for AWS.",
        ),
    ],
)
def test_tags_that_are_not_valid_are_refused_without_being_repeated(
    personalize: "PersonalizeClient", dataset: str, given: Any, message: str
) -> None:
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.tag_resource(resourceArn=GROUP_ARN, tags=given)
    assert refused(error)[2] == message
    assert personalize.list_tags_for_resource(resourceArn=GROUP_ARN)["tags"] == []


@pytest.mark.parametrize(
    ("rest", "code", "message"),
    [
        (
            "schema/shop-users",
            "InvalidInputException",
            "A schema takes no tags. Tag a dataset group, a dataset, an event tracker or a job.",
        ),
        (
            "dataset-group/missing",
            "ResourceNotFoundException",
            f"The given dataset group does not exist: arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-group/missing",
        ),
        (
            "solution/missing",
            "ResourceNotFoundException",
            f"The given resource does not exist: arn:aws:personalize:{REGION}:{ACCOUNT}:solution/missing",
        ),
    ],
)
def test_what_takes_no_tags_is_said_so(
    personalize: "PersonalizeClient", dataset: str, rest: str, code: str, message: str
) -> None:
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:{rest}"
    calls: list[Any] = [
        lambda: personalize.tag_resource(resourceArn=arn, tags=tags("a")),
        lambda: personalize.untag_resource(resourceArn=arn, tagKeys=["a"]),
        lambda: personalize.list_tags_for_resource(resourceArn=arn),
    ]
    for call in calls:
        with pytest.raises(ClientError) as error:
            call()
        assert refused(error) == (code, 400, message)


def test_tags_go_with_their_resource(personalize: "PersonalizeClient", dataset: str) -> None:
    personalize.tag_resource(resourceArn=DATASET_ARN, tags=tags("a"))
    personalize.delete_dataset(datasetArn=DATASET_ARN)
    personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users")
    assert personalize.list_tags_for_resource(resourceArn=DATASET_ARN)["tags"] == []
