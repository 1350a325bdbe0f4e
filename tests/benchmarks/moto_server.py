"""moto's server, the peer of the local service, with a table for users."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3

from tests.benchmarks.put_ten import TABLE, wait_for
from tests.support.served import free_port


@contextmanager
def moto_server(directory: Path) -> Iterator[str]:
    """Run moto's server, and yield its address."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [str(Path(sys.executable).with_name("moto_server")), "-p", url.rpartition(":")[2]]
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    session = boto3.Session(aws_access_key_id="a", aws_secret_access_key="a", region_name="us-east-1")
    try:
        wait_for(url)
        session.client("dynamodb", endpoint_url=url).create_table(
            TableName=TABLE,
            KeySchema=[{"AttributeName": "userId", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "userId", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        yield url
    finally:
        process.terminate()
        process.wait(10)
