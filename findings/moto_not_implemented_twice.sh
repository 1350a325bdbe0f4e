#!/bin/sh
# moto 5.2.5 says in two ways that it does not implement a call, and one of them looks like an answer of AWS.
#
# Seen inside `mock_aws`:
# - An operation that moto lacks of a service that it has, CreateDatasetGroup of personalize: NotImplementedError.
# - An operation of a service that it lacks, PutUsers of personalize-events: a ClientError with the status and the code 404, as
#   if AWS had been asked and had found nothing.
# Code that handles ClientError, as nearly all code for AWS does, takes the second for AWS's refusal, and a test of it passes
# although nothing was mocked.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  moto==5.2.5 boto3==1.44.8 botocore==1.44.8

cat >"$folder/seen.py" <<'PROGRAM'
import boto3
import botocore.exceptions
from moto import mock_aws

KEYS = {"region_name": "us-east-1", "aws_access_key_id": "any", "aws_secret_access_key": "any"}
ARN = "arn:aws:personalize:us-east-1:123456789012:dataset/any/USERS"


def seen(name, call):
    try:
        call()
    except NotImplementedError as error:
        print(f"{name}: NotImplementedError: {error}")
    except botocore.exceptions.ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        print(f"{name}: ClientError: {error.response['Error']}, status {status}")


with mock_aws():
    personalize, events = boto3.client("personalize", **KEYS), boto3.client("personalize-events", **KEYS)
    seen("CreateDatasetGroup", lambda: personalize.create_dataset_group(name="any"))
    seen("PutUsers", lambda: events.put_users(datasetArn=ARN, users=[{"userId": "u-1"}]))
PROGRAM

cat >"$folder/expected" <<'SEEN'
CreateDatasetGroup: NotImplementedError: The create_dataset_group action has not been implemented
PutUsers: ClientError: {'Message': 'Not yet implemented', 'Code': '404'}, status 404
SEEN
"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
