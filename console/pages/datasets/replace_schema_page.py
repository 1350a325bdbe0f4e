"""The page Replace schema: its state in addition to that of Create dataset."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, override

from console.pages.datasets.create_dataset_page import Page
from console.pages.frame.template_tags.labels import can_become_active, dataset_type_words, status_words
from console.personalize.datasets import DescribedDataset
from console.records.pasted.schemas.detection import examine_schema
from console.records.schemas.fields import Field
from console.records.schemas.schema_rules import added_fields

UNREADABLE = "The schema of this dataset cannot be read, so it is not known what can replace it."


@dataclass(slots=True)
class ReplacePage(Page):
    """The state of the page; `described` is the dataset, None if AWS did not describe it.

    `added` are the fields that the schema in the editor adds to the current one, `added_by_chosen` those that an
    existing schema adds, None until it is compared.
    """

    described: DescribedDataset | None = None
    added: Sequence[Field] = ()
    template: ClassVar[str] = "datasets/replace_schema.html"

    @property
    @override
    def replaced(self) -> str:
        return self.described.schema_description["schema"] if self.described and self.described.schema else ""

    @property
    @override
    def obstacle(self) -> str:
        return why_no_replacement(self.described) if self.described else ""

    @override
    def examine(self) -> None:
        examined = examine_schema(self.entity, self.form.text, self.domain, self.replaced)
        self.validation, self.detected = examined.validation, examined.detected
        self.added = added_fields(self.replaced, self.form.text)


def why_no_replacement(dataset: DescribedDataset) -> str:
    """Return why the schema of a dataset cannot be replaced now, as a sentence; "" if it can.

    Source: "Replacing a dataset's schema to add new columns" (developer guide).
    """
    if not dataset.entity.takes_new_schema:
        types = dataset_type_words(dataset.entity.dataset_type)
        return f"Amazon Personalize does not replace the schemas of {types} datasets."
    status = dataset.description["status"]
    if status != "ACTIVE":
        said = f"The dataset has the status {status_words(status)}"
        return f"{said}. Its schema can be replaced once it is Active." if can_become_active(status) else f"{said}."
    if dataset.is_updating:
        return "The schema is being replaced. It can be replaced again once that has ended."
    return "" if dataset.schema else UNREADABLE
