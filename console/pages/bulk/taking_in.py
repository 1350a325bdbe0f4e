"""Storing an uploaded file: the permission, the destination, and the look at the complete file."""

from typing import Any

from django.http import HttpRequest

from console.bulk.models import Import
from console.bulk.removing import discard
from console.bulk.uploading import uploads
from console.bulk.uploading.uploads import LONGEST_PIECE, UploadError
from console.pages.frame.permissions import RECORDS, why_not_create
from console.pages.frame.requests import address_of
from console.pages.frame.template_tags.labels import status_words
from console.people.roles import Person
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import DescribedDataset
from console.personalize.environments import Environment
from console.records.entities import Entity


def person_fields(request: HttpRequest) -> dict[str, Any]:
    """Return the fields of an import that identify its person and request."""
    return {
        "person": request.user,
        "person_name": request.user.get_username(),
        "address": address_of(request),
    }


def why_not_import(person: Person, environment: Environment) -> str:
    """Return why a person cannot import records in an environment, or see imports; "" if they can."""
    return why_not_create(person, environment, RECORDS)


def why_not_into(dataset: DescribedDataset) -> str:
    """Return why no file can be imported into a dataset now; "" if one can."""
    if dataset.schema is None:
        return f"The schema of this dataset cannot be read, so no records can be imported. {dataset.schema_error}"
    status = dataset.description["status"]
    if status == "ACTIVE":
        return ""
    return f"The dataset has the status {status_words(status)}. Records can be imported once it is Active."


def origin_of_request(
    request: HttpRequest, environment: Environment, group: str, dataset: DescribedDataset
) -> dict[str, Any]:
    """Return the fields of an import that identify its person and dataset."""
    return {
        **person_fields(request),
        **place(environment, group, dataset.entity),
        "dataset_arn": dataset.arn,
    }


def place(environment: Environment, group: str, entity: Entity) -> dict[str, Any]:
    """Return the fields of an import's destination that are known from a page's address."""
    return {
        "environment": environment.name,
        "endpoint": endpoint_of(environment),
        "dataset_group": group,
        "dataset_type": entity.dataset_type,
    }


def take_in(name: str, content: bytes, dataset: DescribedDataset, **known: Any) -> Import:
    """Store a complete file, look at it, and return its import; on UploadError nothing of the file is kept."""
    bulk_import = uploads.begin(name, len(content), **known)
    try:
        for start in range(0, len(content), LONGEST_PIECE):
            uploads.add_piece(bulk_import, start, content[start : start + LONGEST_PIECE])
    except UploadError as error:
        raise _discarded(bulk_import, error) from error
    look(bulk_import, dataset)
    return bulk_import


def look(bulk_import: Import, dataset: DescribedDataset) -> None:
    """Look at a complete file; on UploadError nothing of it is kept."""
    assert dataset.schema is not None
    try:
        uploads.look(bulk_import, dataset.schema, dataset.schema_description["schema"], target=dataset.target)
    except UploadError as error:
        raise _discarded(bulk_import, error) from error


def _discarded(bulk_import: Import, error: UploadError) -> UploadError:
    """Delete an import and its file; return the error to raise, which adds whether the file remains."""
    left = discard(bulk_import)
    return UploadError(f"{error} {left}") if left else error
