"""Lists of dataset groups, where AWS gives pages as the local service never does."""

from typing import TYPE_CHECKING, Any

from botocore.stub import Stubber

from console.personalize.environments import Environment
from console.personalize.listing import dataset_groups

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


def test_an_empty_page_need_not_be_the_last_one(personalize: "PersonalizeClient", local: Environment) -> None:
    arn = "arn:aws:personalize:us-east-1:000000000000:dataset-group/shop"
    shop: Any = {"name": "shop", "datasetGroupArn": arn, "status": "ACTIVE"}
    with Stubber(personalize) as aws:
        for _ in range(2):
            aws.add_response("list_dataset_groups", {"datasetGroups": [], "nextToken": "next"}, {})
            aws.add_response("list_dataset_groups", {"datasetGroups": [], "nextToken": "next"}, {})
            aws.add_response("list_dataset_groups", {"datasetGroups": [shop]}, {"nextToken": "next"})
            assert dataset_groups(local).groups == [shop]
        aws.assert_no_pending_responses()
