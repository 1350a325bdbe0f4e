"""The operations that the local service serves.

Each takes the caller and the request's parameters, which are valid by the model's constraints, and returns the
answer's members. Both have the shapes of boto3's stubs, which are not there at run time. It raises ServiceError, and
nothing that it did is kept. What writes does so in a transaction of its own: on SQLite that takes the one lock for
writing, so that nothing slow belongs inside.
"""

from collections.abc import Callable, Mapping
from typing import Any

from console.local.caller import Caller
from console.local.operations import (
    dataset_groups,
    datasets,
    entities,
    event_trackers,
    events,
    jobs,
    recommendations,
    schemas,
    tags,
)

__all__ = ["OPERATIONS", "WITHOUT_CAMPAIGNS", "Caller"]

type Operation = Callable[[Caller, Any], Mapping[str, object]]

OPERATIONS: dict[str, Operation] = {
    "CreateDatasetGroup": dataset_groups.create,
    "DescribeDatasetGroup": dataset_groups.describe,
    "ListDatasetGroups": dataset_groups.list_page,
    "DeleteDatasetGroup": dataset_groups.delete,
    "CreateSchema": schemas.create,
    "DescribeSchema": schemas.describe,
    "ListSchemas": schemas.list_page,
    "DeleteSchema": schemas.delete,
    "CreateDataset": datasets.create,
    "DescribeDataset": datasets.describe,
    "ListDatasets": datasets.list_page,
    "UpdateDataset": datasets.update,
    "DeleteDataset": datasets.delete,
    "CreateEventTracker": event_trackers.create,
    "DescribeEventTracker": event_trackers.describe,
    "ListEventTrackers": event_trackers.list_page,
    "DeleteEventTracker": event_trackers.delete,
    "CreateDatasetImportJob": jobs.create_import,
    "DescribeDatasetImportJob": jobs.describe_import,
    "ListDatasetImportJobs": jobs.list_imports,
    "CreateDatasetExportJob": jobs.create_export,
    "DescribeDatasetExportJob": jobs.describe_export,
    "ListDatasetExportJobs": jobs.list_exports,
    "CreateDataDeletionJob": jobs.create_deletion,
    "DescribeDataDeletionJob": jobs.describe_deletion,
    "ListDataDeletionJobs": jobs.list_deletions,
    "TagResource": tags.tag,
    "UntagResource": tags.untag,
    "ListTagsForResource": tags.list_tags,
    "PutUsers": entities.put_users,
    "PutItems": entities.put_items,
    "PutActions": entities.put_actions,
    "PutEvents": events.put_events,
    "PutActionInteractions": events.put_action_interactions,
}

# These never succeed: they answer as Personalize does where there is no campaign and no recommender.
WITHOUT_CAMPAIGNS: dict[str, Operation] = {
    "GetRecommendations": recommendations.get_recommendations,
    "GetActionRecommendations": recommendations.get_action_recommendations,
    "GetPersonalizedRanking": recommendations.get_personalized_ranking,
}
