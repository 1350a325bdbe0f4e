"""Any schema of each type, and any record of it: what the console finds valid is what the local service stores."""

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from hypothesis import given, settings

from console.local.models import StoredEvent, StoredRecord
from console.personalize.calls import put_records
from console.personalize.environments import Environment
from console.records.record_input import validate_record_input
from console.records.requests import calls, with_session
from console.records.validation.validation import properties_json
from tests.local.shop import GROUP_ARN
from tests.records.generated import Generated, generated
from tests.support.numbers import IS_WHOLE

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

KEY = UUID("0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0")
# Each makes a dataset of its own.
EXAMPLES = 100 if IS_WHOLE else 20


def target_of(personalize: "PersonalizeClient", made: Generated) -> str:
    """Make a dataset with a schema, in a dataset group of its domain, and return what its requests name."""
    domain: Any = {"domain": made.domain} if made.domain else {}
    personalize.create_dataset_group(name="shop", **domain)
    schema_arn = personalize.create_schema(name="any", schema=made.text, **domain)["schemaArn"]
    arn = personalize.create_dataset(
        name="any", schemaArn=schema_arn, datasetGroupArn=GROUP_ARN, datasetType=made.dataset_type
    )["datasetArn"]
    if made.dataset_type == "INTERACTIONS":
        return personalize.create_event_tracker(name="any", datasetGroupArn=GROUP_ARN)["trackingId"]
    dataset = personalize.describe_dataset(datasetArn=arn)["dataset"]
    return dataset.get("trackingId", arn)


def test_what_is_valid_is_stored_as_it_was_typed(local: Environment, personalize: "PersonalizeClient") -> None:
    @settings(max_examples=EXAMPLES)
    @given(generated())
    def is_stored(made: Generated) -> None:
        (record,) = validate_record_input(made.schema, json.dumps(made.record)).records
        properties = with_session(made.entity, record.record_id, record.properties, KEY)
        (call,) = calls(made.entity, [(record.record_id, properties_json(properties))])
        with transaction.atomic():
            target = target_of(personalize, made)
            put_records(local, target, made.entity, call)
            assert stored() == (record.record_id, given_of(properties))
            transaction.set_rollback(True)

    is_stored()


def given_of(properties: Any) -> dict[str, Any]:
    """Return properties that are not null."""
    return {name: value for name, value in properties.items() if value is not None}


def stored() -> tuple[str, dict[str, Any]]:
    """Return the one record or event that is stored."""
    records = list(StoredRecord.objects.values_list("record_id", "properties"))
    ((record_id, properties),) = records or StoredEvent.objects.values_list("user_id", "properties")
    return record_id, given_of(json.loads(properties))
