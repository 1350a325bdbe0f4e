//! The operations of Personalize that the local service serves.

use aws_sdk_personalize::types::{DataSource, DatasetExportJobOutput, S3DataConfig, Tag};
use aws_sdk_personalize::Client;
use serde_json::{json, Value};

use crate::input::{list, number, text, texts};
use crate::outcome;

/// Call an operation; None if the client does not have it.
pub async fn call(client: &Client, operation: &str, input: &Value) -> Option<Value> {
    Some(match operation {
        "CreateDatasetGroup" => {
            let sent = client.create_dataset_group().set_name(text(input, "name"));
            outcome(
                sent.send().await,
                |answer| json!({"datasetGroupArn": answer.dataset_group_arn}),
            )
        }
        "DescribeDatasetGroup" => {
            let sent = client
                .describe_dataset_group()
                .set_dataset_group_arn(text(input, "datasetGroupArn"));
            outcome(
                sent.send().await,
                |answer| json!({"datasetGroup": answer.dataset_group.map(|each| json!({"name": each.name, "status": each.status}))}),
            )
        }
        "ListDatasetGroups" => {
            let sent = client
                .list_dataset_groups()
                .set_next_token(text(input, "nextToken"))
                .set_max_results(number(input, "maxResults"));
            outcome(
                sent.send().await,
                |answer| json!({"datasetGroups": answer.dataset_groups().iter().map(|each| json!({"datasetGroupArn": each.dataset_group_arn})).collect::<Vec<_>>()}),
            )
        }
        "DeleteDatasetGroup" => {
            let sent = client
                .delete_dataset_group()
                .set_dataset_group_arn(text(input, "datasetGroupArn"));
            outcome(sent.send().await, |_| json!({}))
        }
        "CreateSchema" => {
            let sent = client
                .create_schema()
                .set_name(text(input, "name"))
                .set_schema(text(input, "schema"));
            outcome(sent.send().await, |answer| json!({"schemaArn": answer.schema_arn}))
        }
        "DescribeSchema" => {
            let sent = client.describe_schema().set_schema_arn(text(input, "schemaArn"));
            outcome(
                sent.send().await,
                |answer| json!({"schema": answer.schema.map(|each| json!({"name": each.name, "schema": each.schema}))}),
            )
        }
        "ListSchemas" => {
            let sent = client
                .list_schemas()
                .set_next_token(text(input, "nextToken"))
                .set_max_results(number(input, "maxResults"));
            outcome(
                sent.send().await,
                |answer| json!({"schemas": answer.schemas().iter().map(|each| json!({"name": each.name})).collect::<Vec<_>>(), "nextToken": answer.next_token}),
            )
        }
        "DeleteSchema" => {
            let sent = client.delete_schema().set_schema_arn(text(input, "schemaArn"));
            outcome(sent.send().await, |_| json!({}))
        }
        "CreateDataset" => {
            let sent = client
                .create_dataset()
                .set_name(text(input, "name"))
                .set_schema_arn(text(input, "schemaArn"))
                .set_dataset_group_arn(text(input, "datasetGroupArn"))
                .set_dataset_type(text(input, "datasetType"));
            outcome(sent.send().await, |answer| json!({"datasetArn": answer.dataset_arn}))
        }
        "DescribeDataset" => {
            let sent = client.describe_dataset().set_dataset_arn(text(input, "datasetArn"));
            outcome(
                sent.send().await,
                |answer| json!({"dataset": answer.dataset.map(|each| json!({"datasetType": each.dataset_type, "status": each.status, "trackingId": each.tracking_id}))}),
            )
        }
        "ListDatasets" => {
            let sent = client
                .list_datasets()
                .set_dataset_group_arn(text(input, "datasetGroupArn"));
            outcome(
                sent.send().await,
                |answer| json!({"datasets": answer.datasets().iter().map(|each| json!({"status": each.status})).collect::<Vec<_>>()}),
            )
        }
        "UpdateDataset" => {
            let sent = client
                .update_dataset()
                .set_dataset_arn(text(input, "datasetArn"))
                .set_schema_arn(text(input, "schemaArn"));
            outcome(sent.send().await, |answer| json!({"datasetArn": answer.dataset_arn}))
        }
        "DeleteDataset" => {
            let sent = client.delete_dataset().set_dataset_arn(text(input, "datasetArn"));
            outcome(sent.send().await, |_| json!({}))
        }
        "CreateEventTracker" => {
            let sent = client
                .create_event_tracker()
                .set_name(text(input, "name"))
                .set_dataset_group_arn(text(input, "datasetGroupArn"));
            outcome(
                sent.send().await,
                |answer| json!({"eventTrackerArn": answer.event_tracker_arn, "trackingId": answer.tracking_id}),
            )
        }
        "DescribeEventTracker" => {
            let sent = client
                .describe_event_tracker()
                .set_event_tracker_arn(text(input, "eventTrackerArn"));
            outcome(
                sent.send().await,
                |answer| json!({"eventTracker": answer.event_tracker.map(|each| json!({"name": each.name, "trackingId": each.tracking_id, "status": each.status}))}),
            )
        }
        "ListEventTrackers" => {
            let sent = client
                .list_event_trackers()
                .set_dataset_group_arn(text(input, "datasetGroupArn"));
            outcome(
                sent.send().await,
                |answer| json!({"eventTrackers": answer.event_trackers().iter().map(|each| json!({"eventTrackerArn": each.event_tracker_arn})).collect::<Vec<_>>()}),
            )
        }
        "DeleteEventTracker" => {
            let sent = client
                .delete_event_tracker()
                .set_event_tracker_arn(text(input, "eventTrackerArn"));
            outcome(sent.send().await, |_| json!({}))
        }
        "CreateDatasetImportJob" => {
            let sent = client
                .create_dataset_import_job()
                .set_job_name(text(input, "jobName"))
                .set_dataset_arn(text(input, "datasetArn"))
                .set_data_source(Some(data_source(input)))
                .set_role_arn(text(input, "roleArn"));
            outcome(
                sent.send().await,
                |answer| json!({"datasetImportJobArn": answer.dataset_import_job_arn}),
            )
        }
        "DescribeDatasetImportJob" => {
            let sent = client
                .describe_dataset_import_job()
                .set_dataset_import_job_arn(text(input, "datasetImportJobArn"));
            outcome(
                sent.send().await,
                |answer| json!({"datasetImportJob": answer.dataset_import_job.map(|each| json!({"jobName": each.job_name, "status": each.status}))}),
            )
        }
        "ListDatasetImportJobs" => {
            let sent = client
                .list_dataset_import_jobs()
                .set_dataset_arn(text(input, "datasetArn"));
            outcome(
                sent.send().await,
                |answer| json!({"datasetImportJobs": answer.dataset_import_jobs().iter().map(|each| json!({"datasetImportJobArn": each.dataset_import_job_arn})).collect::<Vec<_>>()}),
            )
        }
        "CreateDatasetExportJob" => {
            let sent = client
                .create_dataset_export_job()
                .set_job_name(text(input, "jobName"))
                .set_dataset_arn(text(input, "datasetArn"))
                .set_ingestion_mode(text(input, "ingestionMode").map(|mode| mode.as_str().into()))
                .set_job_output(Some(job_output(input)))
                .set_role_arn(text(input, "roleArn"));
            outcome(
                sent.send().await,
                |answer| json!({"datasetExportJobArn": answer.dataset_export_job_arn}),
            )
        }
        "DescribeDatasetExportJob" => {
            let sent = client
                .describe_dataset_export_job()
                .set_dataset_export_job_arn(text(input, "datasetExportJobArn"));
            outcome(
                sent.send().await,
                |answer| json!({"datasetExportJob": answer.dataset_export_job.map(|each| json!({"jobName": each.job_name, "status": each.status}))}),
            )
        }
        "ListDatasetExportJobs" => {
            let sent = client
                .list_dataset_export_jobs()
                .set_dataset_arn(text(input, "datasetArn"));
            outcome(
                sent.send().await,
                |answer| json!({"datasetExportJobs": answer.dataset_export_jobs().iter().map(|each| json!({"datasetExportJobArn": each.dataset_export_job_arn})).collect::<Vec<_>>()}),
            )
        }
        "CreateDataDeletionJob" => {
            let sent = client
                .create_data_deletion_job()
                .set_job_name(text(input, "jobName"))
                .set_dataset_group_arn(text(input, "datasetGroupArn"))
                .set_data_source(Some(data_source(input)))
                .set_role_arn(text(input, "roleArn"));
            outcome(
                sent.send().await,
                |answer| json!({"dataDeletionJobArn": answer.data_deletion_job_arn}),
            )
        }
        "DescribeDataDeletionJob" => {
            let sent = client
                .describe_data_deletion_job()
                .set_data_deletion_job_arn(text(input, "dataDeletionJobArn"));
            outcome(
                sent.send().await,
                |answer| json!({"dataDeletionJob": answer.data_deletion_job.map(|each| json!({"jobName": each.job_name, "status": each.status}))}),
            )
        }
        "ListDataDeletionJobs" => {
            let sent = client
                .list_data_deletion_jobs()
                .set_dataset_group_arn(text(input, "datasetGroupArn"));
            outcome(
                sent.send().await,
                |answer| json!({"dataDeletionJobs": answer.data_deletion_jobs().iter().map(|each| json!({"dataDeletionJobArn": each.data_deletion_job_arn})).collect::<Vec<_>>()}),
            )
        }
        "TagResource" => {
            let sent = client
                .tag_resource()
                .set_resource_arn(text(input, "resourceArn"))
                .set_tags(list(input, "tags", tag));
            outcome(sent.send().await, |_| json!({}))
        }
        "UntagResource" => {
            let sent = client
                .untag_resource()
                .set_resource_arn(text(input, "resourceArn"))
                .set_tag_keys(texts(input, "tagKeys"));
            outcome(sent.send().await, |_| json!({}))
        }
        "ListTagsForResource" => {
            let sent = client
                .list_tags_for_resource()
                .set_resource_arn(text(input, "resourceArn"));
            outcome(
                sent.send().await,
                |answer| json!({"tags": answer.tags().iter().map(|each| json!({"tagKey": each.tag_key, "tagValue": each.tag_value})).collect::<Vec<_>>()}),
            )
        }
        _ => return None,
    })
}

fn data_source(input: &Value) -> DataSource {
    DataSource::builder()
        .set_data_location(text(&input["dataSource"], "dataLocation"))
        .build()
}

fn job_output(input: &Value) -> DatasetExportJobOutput {
    let place = S3DataConfig::builder().set_path(text(&input["jobOutput"]["s3DataDestination"], "path"));
    DatasetExportJobOutput::builder()
        .s3_data_destination(place.build().expect("a path"))
        .build()
}

fn tag(input: &Value) -> Tag {
    let made = Tag::builder()
        .set_tag_key(text(input, "tagKey"))
        .set_tag_value(text(input, "tagValue"));
    made.build().expect("a tag")
}
