"""Where an import goes, as it is now: its environment, its person's right to create records there, and its dataset."""

from console.bulk.models import Import
from console.people.roles import may_see, may_write
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import DescribedDataset, load_dataset
from console.personalize.environments import Environment, environments


class NotPossibleError(Exception):
    """An import that cannot go on as things are now, as a sentence that says why and what to do."""


def environment_of(bulk_import: Import) -> Environment:
    """Return the environment of an import as its person works in it; raise NotPossibleError."""
    environment = environments().get(bulk_import.environment)
    person = bulk_import.person
    if environment is None or not may_see(person, environment):
        raise NotPossibleError(f"There is no environment {bulk_import.environment} any more for {person}.")
    if endpoint_of(environment) != bulk_import.endpoint:
        raise NotPossibleError(f"The environment {environment.label} is another one than when the file was uploaded.")
    if environment.read_only:
        raise NotPossibleError(f"The environment {environment.label} is read-only now.")
    if not person.is_active or not may_write(person, environment):
        raise NotPossibleError(f"{person} may not create records in {environment.label} any more.")
    return environment.of_person(person.get_username())


def check_person(bulk_import: Import) -> None:
    """Raise NotPossibleError where the person of an import may not go on with it, as the database has them now."""
    environment_of(Import.objects.select_related("person").get(pk=bulk_import.pk))


def dataset_of(bulk_import: Import, environment: Environment) -> DescribedDataset:
    """Return the dataset of an import; raise NotPossibleError, and PersonalizeError of a failed call."""
    dataset = load_dataset(environment, bulk_import.dataset_group, bulk_import.entity)
    if dataset.arn != bulk_import.dataset_arn:
        raise NotPossibleError(
            "The dataset is of another account than when the file was uploaded. Cancel this import and upload the "
            "file again, or let the environment use that account again, then resume."
        )
    if dataset.schema_description["schema"] != bulk_import.schema_text:
        raise NotPossibleError(
            "The dataset has another schema than when the file was uploaded. Cancel this import and upload the file "
            "again, or give the dataset that schema again, then resume."
        )
    if not dataset.target:
        raise NotPossibleError("The dataset group has no event tracker that is ACTIVE. Create one, then resume.")
    return dataset
