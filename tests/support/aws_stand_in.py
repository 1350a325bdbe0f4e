"""A stand-in for AWS on this machine: it keeps what it received, and answers byte for byte what a test says.

Its answers of the control plane are those of a dataset group `loyalty`, with the members of AWS's API references. It is
a server of plain sockets, so that it can fail in every way in which a network and a server do.
"""

import json
import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import parse_qs

REGION, ACCOUNT = "us-west-2", "123456789012"
ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}"
GROUP_ARN = f"{ARN}:dataset-group/loyalty"
DATASET_ARN = f"{ARN}:dataset/loyalty/USERS"
SCHEMA_ARN = f"{ARN}:schema/loyalty-users"
TRACKER_ARN, TRACKING_ID = f"{ARN}:event-tracker/6dd6a3c9", "f1d0a1c4-6f2c-4b0e-9d0f-6f5b4a6b7c1e"
CREATED = 1600367160.0
GROUP = {
    "name": "loyalty",
    "datasetGroupArn": GROUP_ARN,
    "status": "ACTIVE",
    "creationDateTime": CREATED,
    "lastUpdatedDateTime": CREATED,
}
DATASET = {
    "name": "loyalty-users",
    "datasetArn": DATASET_ARN,
    "datasetType": "USERS",
    "status": "ACTIVE",
    "creationDateTime": CREATED,
    "lastUpdatedDateTime": CREATED,
}
AVRO = {
    "type": "record",
    "name": "Users",
    "namespace": "com.amazonaws.personalize.schema",
    "fields": [
        {"name": "USER_ID", "type": "string"},
        {"name": "AGE", "type": "int"},
        {"name": "GENDER", "type": "string", "categorical": True},
    ],
    "version": "1.0",
}
SCHEMA = {
    "name": "loyalty-users",
    "schemaArn": SCHEMA_ARN,
    "creationDateTime": CREATED,
    "lastUpdatedDateTime": CREATED,
}
TRACKER = {
    "name": "loyalty-events",
    "eventTrackerArn": TRACKER_ARN,
    "status": "ACTIVE",
    "creationDateTime": CREATED,
    "lastUpdatedDateTime": CREATED,
}
JOB = {"jobName": "nightly", "status": "ACTIVE", "creationDateTime": CREATED, "lastUpdatedDateTime": CREATED}
IMPORT_JOB_ARN, EXPORT_JOB_ARN = f"{ARN}:dataset-import-job/nightly", f"{ARN}:dataset-export-job/nightly"
DELETION_JOB_ARN = f"{ARN}:data-deletion-job/nightly"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/personalize"
# A record of that schema, as it is typed.
RECORD = '{"userId": "%s", "age": 34, "gender": "Female"}'
CONTROL_PLANE: dict[str, dict[str, Any]] = {
    "ListDatasetGroups": {"datasetGroups": [GROUP]},
    "DescribeDatasetGroup": {"datasetGroup": GROUP},
    "ListDatasets": {"datasets": [DATASET]},
    "DescribeDataset": {"dataset": {**DATASET, "datasetGroupArn": GROUP_ARN, "schemaArn": SCHEMA_ARN}},
    "ListSchemas": {"schemas": [SCHEMA]},
    "DescribeSchema": {"schema": {**SCHEMA, "schema": json.dumps(AVRO)}},
    "ListEventTrackers": {"eventTrackers": [TRACKER]},
    "DescribeEventTracker": {
        "eventTracker": {
            **TRACKER,
            "accountId": ACCOUNT,
            "trackingId": TRACKING_ID,
            "datasetGroupArn": GROUP_ARN,
        }
    },
    "ListDatasetImportJobs": {"datasetImportJobs": []},
    "ListDatasetExportJobs": {"datasetExportJobs": []},
    "ListDataDeletionJobs": {"dataDeletionJobs": []},
    "DescribeDatasetImportJob": {
        "datasetImportJob": {
            **JOB,
            "datasetImportJobArn": IMPORT_JOB_ARN,
            "datasetArn": DATASET_ARN,
            "dataSource": {"dataLocation": "s3://bucket/users/"},
            "roleArn": ROLE_ARN,
            "importMode": "INCREMENTAL",
            "publishAttributionMetricsToS3": True,
        }
    },
    "DescribeDatasetExportJob": {
        "datasetExportJob": {
            **JOB,
            "datasetExportJobArn": EXPORT_JOB_ARN,
            "datasetArn": DATASET_ARN,
            "ingestionMode": "ALL",
            "roleArn": ROLE_ARN,
            "jobOutput": {"s3DataDestination": {"path": "s3://bucket/exports/", "kmsKeyArn": "arn:aws:kms:any"}},
        }
    },
    "DescribeDataDeletionJob": {
        "dataDeletionJob": {
            **JOB,
            "status": "COMPLETED",
            "dataDeletionJobArn": DELETION_JOB_ARN,
            "datasetGroupArn": GROUP_ARN,
            "dataSource": {"dataLocation": "s3://bucket/requests.csv"},
            "roleArn": ROLE_ARN,
            "numDeleted": 17,
        }
    },
    "CreateDatasetImportJob": {"datasetImportJobArn": IMPORT_JOB_ARN},
    "CreateDatasetExportJob": {"datasetExportJobArn": EXPORT_JOB_ARN},
    "CreateDataDeletionJob": {"dataDeletionJobArn": DELETION_JOB_ARN},
    "CreateEventTracker": {"eventTrackerArn": TRACKER_ARN, "trackingId": TRACKING_ID},
    "DeleteEventTracker": {},
    "CreateDatasetGroup": {"datasetGroupArn": GROUP_ARN},
    "CreateSchema": {"schemaArn": SCHEMA_ARN},
    "CreateDataset": {"datasetArn": DATASET_ARN},
    "UpdateDataset": {"datasetArn": DATASET_ARN},
    "DeleteSchema": {},
    "DeleteDataset": {},
    "DeleteDatasetGroup": {},
    "ListTagsForResource": {"tags": [{"tagKey": "team", "tagValue": "shop"}]},
    "TagResource": {},
    "UntagResource": {},
}


IDENTITY = f"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::{ACCOUNT}:user/console</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>{ACCOUNT}</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>""".encode()


class End(Enum):
    """How a connection ends: in order, or by a reset, at which what was sent may be lost."""

    CLOSE = "close"
    RESET = "reset"


# What is sent, seconds in which nothing is, or the end of the connection.
type Piece = bytes | float | End


@dataclass(frozen=True)
class Received:
    """A request that has arrived as a whole; PutObject is S3's."""

    operation: str
    headers: dict[str, str]
    body: bytes
    path: str = ""

    @property
    def record_ids(self) -> list[str]:
        """The ids of the users that PutUsers carries."""
        return [each["userId"] for each in json.loads(self.body)["users"]]


@dataclass
class StandIn:
    """A running stand-in: its address, the requests that have come, and what answers them."""

    url: str
    answer: "Callable[[Received], Iterable[Piece]]"
    received: list[Received] = field(default_factory=list)

    def of(self, operation: str) -> list[Received]:
        """Return the requests of an operation."""
        return [each for each in self.received if each.operation == operation]


def http(status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    """Return an answer in HTTP/1.1, which states its length unless its headers do."""
    given = {"Content-Length": str(len(body)), "x-amzn-RequestId": "0e7bd2ab-4f8c-4f4c-9a57-3c1b4a2f6d10"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in {**given, **(headers or {})}.items() if value)
    return f"HTTP/1.1 {status} Any\r\n{lines}\r\n".encode() + body


def as_aws_answers(received: Received) -> list[Piece]:
    """Answer as AWS does when all is well; PutUsers with an empty body, says its API reference."""
    if received.operation in ("PutUsers", "PutObject"):
        return [http(200)]
    if received.operation == "GetCallerIdentity":
        return [http(200, IDENTITY, {"Content-Type": "text/xml"})]
    body = json.dumps(CONTROL_PLANE[received.operation]).encode()
    return [http(200, body, {"Content-Type": "application/x-amz-json-1.1"})]


def as_aws_answers_for(region: str, account: str, group: str) -> Callable[[Received], list[Piece]]:
    """Return what answers as `as_aws_answers` does, with a dataset group of another name, account and region."""
    names = {"loyalty": group, REGION: region, ACCOUNT: account}

    def answer(received: Received) -> list[Piece]:
        if received.operation not in CONTROL_PLANE:
            return as_aws_answers(received)
        body = json.dumps(CONTROL_PLANE[received.operation])
        for name, other in names.items():
            body = body.replace(name, other)
        return [http(200, body.encode(), {"Content-Type": "application/x-amz-json-1.1"})]

    return answer


@contextmanager
def stand_in(
    answer: Callable[[Received], Iterable[Piece]] = as_aws_answers, *, tls: ssl.SSLContext | None = None
) -> Iterator[StandIn]:
    """Answer requests in threads of this process, with TLS if there is a context for it."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        scheme = "https" if tls else "http"
        found = StandIn(f"{scheme}://127.0.0.1:{listening.getsockname()[1]}", answer)
        threading.Thread(target=_accept, args=(listening, found, tls), daemon=True).start()
        try:
            yield found
        finally:
            # Whoever waits for a connection gets none any more.
            listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, found: StandIn, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            connection, _address = listening.accept()
            threading.Thread(target=_serve, args=(connection, found, tls), daemon=True).start()


def _serve(connection: socket.socket, found: StandIn, tls: ssl.SSLContext | None) -> None:
    """Answer the requests of a connection until either side ends it."""
    # A client that is killed or gives up is nothing unusual here.
    with suppress(OSError), connection:
        served = tls.wrap_socket(connection, server_side=True) if tls else connection
        with served, served.makefile("rb") as stream:
            while received := _read(stream):
                found.received.append(received)
                if not _send(served, found.answer(received)):
                    return


def _read(stream: Any) -> Received | None:
    """Return the next request, None if there is no whole one."""
    head = []
    while (line := stream.readline()) not in (b"", b"\r\n"):
        head.append(line.decode("latin-1").strip())
    if not head:
        return None
    headers = {name.lower(): value.strip() for name, _colon, value in (each.partition(":") for each in head[1:])}
    length = int(headers.get("content-length", "0"))
    body = stream.read(length)
    if len(body) < length:
        return None
    method, path, _version = head[0].split()
    return Received("PutObject" if method == "PUT" else _operation(path, headers, body), headers, body, path)


def _operation(path: str, headers: dict[str, str], body: bytes) -> str:
    """Return the operation of a request: the events have an address of their own, STS has forms, the rest a header."""
    if re.fullmatch(r"/[a-z-]+", path):
        return f"Put{path[1:].title().replace('-', '')}"
    if "x-amz-target" in headers:
        return headers["x-amz-target"].rpartition(".")[2]
    return parse_qs(body.decode()).get("Action", [""])[0]


def _send(connection: socket.socket, pieces: Iterable[Piece]) -> bool:
    """Send the pieces of an answer, and return whether the connection goes on."""
    for piece in pieces:
        if isinstance(piece, bytes):
            connection.sendall(piece)
        elif isinstance(piece, End):
            if piece is End.RESET:
                # Without time to linger, closing a connection resets it.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        else:
            time.sleep(piece)
    return True
