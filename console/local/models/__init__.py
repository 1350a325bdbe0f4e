"""What the local service stores."""

from console.local.models.jobs import (
    DATA_DELETION_JOB,
    DATASET_EXPORT_JOB,
    DATASET_IMPORT_JOB,
    Job,
    unsettled_jobs,
    visible_jobs,
)
from console.local.models.records import CodePointField, StoredEvent, StoredRecord
from console.local.models.resources import (
    Dataset,
    DatasetGroup,
    EventTracker,
    Resource,
    Schema,
    StagedResource,
    gone,
)
from console.local.models.service import AccessKey, Demo, PutRate, Simulation

__all__ = [
    "DATASET_EXPORT_JOB",
    "DATASET_IMPORT_JOB",
    "DATA_DELETION_JOB",
    "AccessKey",
    "CodePointField",
    "Dataset",
    "DatasetGroup",
    "Demo",
    "EventTracker",
    "Job",
    "PutRate",
    "Resource",
    "Schema",
    "Simulation",
    "StagedResource",
    "StoredEvent",
    "StoredRecord",
    "gone",
    "unsettled_jobs",
    "visible_jobs",
]
