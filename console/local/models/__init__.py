"""What the local service holds."""

from console.local.models.jobs import (
    DATA_DELETION_JOB,
    DATASET_EXPORT_JOB,
    DATASET_IMPORT_JOB,
    Job,
    jobs_that_are_there,
    unsettled_jobs,
)
from console.local.models.records import STORED, CodePointField, StoredAction, StoredEntity, StoredItem, StoredUser
from console.local.models.resources import Dataset, DatasetGroup, Resource, Schema, StagedResource, gone
from console.local.models.service import AccessKey, Demo, PutRate, Simulation

__all__ = [
    "DATASET_EXPORT_JOB",
    "DATASET_IMPORT_JOB",
    "DATA_DELETION_JOB",
    "STORED",
    "AccessKey",
    "CodePointField",
    "Dataset",
    "DatasetGroup",
    "Demo",
    "Job",
    "PutRate",
    "Resource",
    "Schema",
    "Simulation",
    "StagedResource",
    "StoredAction",
    "StoredEntity",
    "StoredItem",
    "StoredUser",
    "gone",
    "jobs_that_are_there",
    "unsettled_jobs",
]
