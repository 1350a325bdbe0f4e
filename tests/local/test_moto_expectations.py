"""What moto's tests expect of the four schema operations, where AWS's documents say the same.

moto has CreateSchema, DescribeSchema, ListSchemas and DeleteSchema. These are expectations of its tests, in tests of
our own. Where they differ from AWS's documents, the documents hold here:

- Most of moto's schemas are the word `sth`, with or without quotes. A schema is Avro in JSON, says CreateSchema, and a
  text that is none is InvalidInputException.
- moto says `Resource Arn … does not exist.` of a schema that is not there. The code is the same here; the words are
  those that were seen of the live service for a dataset group: `The given schema does not exist: …`.
- moto's account is 123456789012, whoever signs. Here it is the account of the access key.
- moto puts `domain: null` into answers where no domain was given, which clients drop; here the member is not there.

Of what moto's tests leave open, moto replaces a schema that is created again, where the API reference has
ResourceAlreadyExistsException, and lists all schemas at once, oldest first, where it has pages; see test_operations.py.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from console.local.http import keys
from tests.local.over_http import client

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

MOTO_ACCOUNT = "123456789012"
INTERACTIONS = json.dumps(
    {
        "type": "record",
        "name": "Interactions",
        "namespace": "com.amazonaws.personalize.schema",
        "fields": [
            {"name": "USER_ID", "type": "string"},
            {"name": "ITEM_ID", "type": "string"},
            {"name": "TIMESTAMP", "type": "long"},
        ],
        "version": "1.0",
    }
)
WITH_EVENT_TYPE = json.dumps(
    {
        "type": "record",
        "name": "Interactions",
        "fields": [*json.loads(INTERACTIONS)["fields"], {"name": "EVENT_TYPE", "type": "string"}],
    }
)


@pytest.fixture
def in_moto_account(db: None) -> Callable[[str], Any]:
    """Return a function that makes a client of a region, in the account that moto has."""
    key = keys.make(MOTO_ACCOUNT, "", is_read_only=False)
    return lambda region: client("personalize", key.access_key_id, key.secret, region=region)


def test_the_arn_of_a_schema_has_the_region_the_account_and_the_name(in_moto_account: Any) -> None:
    made = in_moto_account("ap-southeast-1").create_schema(name="personalize-demo-schema", schema=INTERACTIONS)
    assert made["schemaArn"] == "arn:aws:personalize:ap-southeast-1:123456789012:schema/personalize-demo-schema"


def test_nothing_is_listed_at_first_and_after_a_deletion(in_moto_account: Any) -> None:
    personalize = in_moto_account("us-east-2")
    assert personalize.list_schemas()["schemas"] == []
    arn = personalize.create_schema(name="myname", schema=INTERACTIONS)["schemaArn"]
    personalize.delete_schema(schemaArn=arn)
    assert personalize.list_schemas()["schemas"] == []


@pytest.mark.parametrize("operation", ["delete_schema", "describe_schema"])
def test_a_schema_that_is_not_there_is_not_found(in_moto_account: Any, operation: str) -> None:
    # Of another region and another account: whoever asks there would see it.
    for arn in (
        "arn:aws:personalize:ap-southeast-1:123456789012:schema/personalize-demo-schema",
        "arn:aws:personalize:ap-southeast-1:486285699788:schema/personalize-demo-schema",
    ):
        with pytest.raises(ClientError) as error:
            getattr(in_moto_account("us-east-2"), operation)(schemaArn=arn)
        assert error.value.response["Error"]["Code"] == "ResourceNotFoundException"
        assert error.value.response["Error"]["Message"] == f"The given schema does not exist: {arn}"


def test_a_schema_is_described_as_it_was_created(in_moto_account: Any) -> None:
    personalize = in_moto_account("us-east-2")
    arn = personalize.create_schema(name="myname", schema=INTERACTIONS)["schemaArn"]
    schema = personalize.describe_schema(schemaArn=arn)["schema"]
    assert schema["name"] == "myname"
    assert re.search("schema/myname$", schema["schemaArn"])
    assert schema["schema"] == INTERACTIONS
    assert datetime.now(UTC) - schema["creationDateTime"] < timedelta(minutes=1)
    assert schema["lastUpdatedDateTime"] >= schema["creationDateTime"]
    assert "domain" not in schema


def test_a_schema_of_a_domain_keeps_it(in_moto_account: Any) -> None:
    personalize = in_moto_account("us-east-2")
    arn = personalize.create_schema(name="myname", schema=WITH_EVENT_TYPE, domain="ECOMMERCE")["schemaArn"]
    assert personalize.describe_schema(schemaArn=arn)["schema"]["domain"] == "ECOMMERCE"


def test_a_list_has_all_of_a_schema_but_its_text(in_moto_account: Any) -> None:
    personalize = in_moto_account("us-east-2")
    arn = personalize.create_schema(name="myname", schema=INTERACTIONS)["schemaArn"]
    (schema,) = personalize.list_schemas()["schemas"]
    assert (schema["name"], schema["schemaArn"]) == ("myname", arn)
    assert set(schema) == {"name", "schemaArn", "creationDateTime", "lastUpdatedDateTime"}


@pytest.mark.parametrize("text", ["sth", '"sth"'])
def test_a_schema_of_the_tests_of_moto_is_no_avro(personalize: "PersonalizeClient", text: str) -> None:
    with pytest.raises(personalize.exceptions.InvalidInputException):
        personalize.create_schema(name="myname", schema=text)
