"""The datasets that use a schema, for display."""

from dataclasses import dataclass

from console.personalize.environments import Environment
from console.personalize.schema_use import DatasetWithSchema, datasets_with_schema
from console.records.entities import ENTITIES, Entity


@dataclass(frozen=True, slots=True)
class Use:
    """A dataset that uses a schema, and its type, if the console has pages for it."""

    dataset: DatasetWithSchema
    entity: Entity | None


@dataclass(frozen=True, slots=True)
class Uses:
    """The datasets known to use a schema; `is_complete` tells whether these are all."""

    known: tuple[Use, ...]
    is_complete: bool

    @property
    def obstacle(self) -> str:
        """Why the schema cannot be deleted, as a sentence; "" if no dataset is known to use it."""
        if not self.known:
            return ""
        first = self.known[0].dataset
        where = f"The dataset {first.name} of the dataset group {first.group}"
        if len(self.known) == 1:
            return f"{where} uses this schema. Delete that dataset first, or replace its schema."
        others = len(self.known) - 1
        rest = f"{others} other dataset{'s' * (others > 1)}"
        return f"{where} and {rest} use this schema. Delete these datasets first, or replace their schema."


def uses_of(environment: Environment, schema_arn: str) -> Uses:
    """Return the datasets that use the schema of an ARN."""
    known = datasets_with_schema(environment, schema_arn)
    uses = (Use(dataset, ENTITIES.get(dataset.dataset_type.upper())) for dataset in known.datasets)
    return Uses(tuple(uses), known.is_complete)
