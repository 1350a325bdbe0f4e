"""Why a job cannot be created of a dataset now."""

from typing import TYPE_CHECKING

from console.pages.frame.template_tags.labels import can_become_active, dataset_type_words, status_words
from console.records.entities import Entity

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetTypeDef


def why_no_import_job(description: "DatasetTypeDef") -> str:
    """Return why no import job of a dataset can be created, as a sentence; "" if one can."""
    return _inactive(description["status"])


def why_no_export_job(entity: Entity, description: "DatasetTypeDef") -> str:
    """Return why no export job of a dataset can be created, as a sentence; "" if one can."""
    if not entity.is_exported:
        return f"Amazon Personalize does not export {dataset_type_words(entity.dataset_type)} datasets."
    return _inactive(description["status"])


def _inactive(status: str) -> str:
    if status == "ACTIVE":
        return ""
    said = f"The dataset has the status {status_words(status)}"
    return f"{said}. Jobs can be created once it is Active." if can_become_active(status) else f"{said}."
