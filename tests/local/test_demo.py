from console.local.demo import make_demo_data
from console.local.demo_story.jobs import ENDED
from console.local.models import Dataset, DatasetGroup
from console.records.entities import USERS
from console.records.files.cells import words_in_cells
from console.records.problems import wanted
from console.records.schemas.fields import Field
from console.records.schemas.schema import read_entity_schema
from tests.support.demo import ACCOUNT, REGION


def test_is_made_once_and_never_again(db: None) -> None:
    assert make_demo_data(ACCOUNT, REGION)
    DatasetGroup.objects.all().delete()
    assert not make_demo_data(ACCOUNT, REGION)
    assert not DatasetGroup.objects.exists()


def test_has_both_domains_with_their_default_users_schemas(demo: None) -> None:
    for domain, field in (("VIDEO_ON_DEMAND", "SUBSCRIPTION_MODEL"), ("ECOMMERCE", "MEMBERSHIP_STATUS")):
        dataset = Dataset.objects.get(group__domain=domain, dataset_type="USERS")
        fields = read_entity_schema(USERS, dataset.schema.text).fields
        assert [each.name for each in fields] == ["USER_ID", field]
        assert fields[1].categorical


def test_has_a_rich_schema(demo: None) -> None:
    schema = read_entity_schema(USERS, Dataset.objects.get(name="loyalty-programme-users").schema.text)
    assert {type_ for field in schema.fields for type_ in field.types} == {
        "string", "int", "long", "float", "double", "boolean"
    }  # fmt: skip
    assert sum(field.categorical for field in schema.fields) >= 3
    assert sum(field.nullable for field in schema.fields) >= 3


def test_has_a_group_without_a_users_dataset_and_other_statuses(demo: None) -> None:
    assert not Dataset.objects.filter(group__name="newsroom", dataset_type="USERS").exists()
    assert DatasetGroup.objects.get(name="retired-campaigns").status == "CREATE FAILED"
    assert Dataset.objects.get(name="regional-stores-users").status == "CREATE IN_PROGRESS"


def test_a_failed_import_of_the_story_failed_as_a_job_says_it() -> None:
    (reason,) = [each.reason for each in ENDED if each.name == "members-from-crm"]
    expected = words_in_cells(Field("AGE", ("int",), nullable=True, categorical=False))
    assert expected == "a whole number from -2147483648 to 2147483647 (int), or no value"
    assert reason == f"members.csv, line 218, field AGE: Expected {wanted(expected, 'text')}; found text."
