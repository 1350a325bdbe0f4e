"""The wheel: what is installed from it works in an empty folder, and writes nothing where it is installed."""

import json
import os
import re
import signal
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.support.installed import Installed, LocalService, build_wheel, install, local_service
from tests.support.served import Served, free_port, kill, wait_until_healthy

USERS = {
    "type": "record",
    "name": "Users",
    "namespace": "com.amazonaws.personalize.schema",
    "fields": [{"name": "USER_ID", "type": "string"}, {"name": "AGE", "type": ["null", "int"]}],
    "version": "1.0",
}
# `personalize-local` may take so much memory, in kilobytes.
MOST_MEMORY = 120 * 1024
# Packages of the extra, by the names that pip lists them by.
OF_THE_CONSOLE = {
    "authlib",
    "argon2-cffi",
    "boto3",
    "psycopg",
    "prometheus-client",
    "pyyaml",
    "requests",
    "whitenoise",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def local_alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("local"), str(wheel))


@pytest.fixture(scope="module")
def console(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("console"), f"{wheel}[console]")


def make_users(service: LocalService) -> str:
    """Make a dataset of one user, and return its ARN: what was asked for without a wait is there at once."""
    control = service.control()
    group = control.create_dataset_group(name="books")["datasetGroupArn"]
    schema = control.create_schema(name="readers", schema=json.dumps(USERS))["schemaArn"]
    dataset = control.create_dataset(name="readers", datasetGroupArn=group, datasetType="Users", schemaArn=schema)[
        "datasetArn"
    ]
    service.events().put_users(datasetArn=dataset, users=[{"userId": "ada", "properties": '{"age": 36}'}])
    return dataset


def put_much(service: LocalService) -> int:
    """Put more at once than a stranger may send, and return the status of the answer."""
    dataset = service.control().list_datasets()["datasets"][0]["datasetArn"]
    users: Any = [{"userId": f"{number}", "properties": '{"age": 1' + " " * 20_000 + "}"} for number in range(10)]
    return service.events().put_users(datasetArn=dataset, users=users)["ResponseMetadata"]["HTTPStatusCode"]


def exported(service: LocalService, dataset: str) -> str:
    """Return the file that an export job of a dataset makes."""
    control = service.control()
    job = control.create_dataset_export_job(
        jobName="all",
        datasetArn=dataset,
        ingestionMode="ALL",
        roleArn="arn:aws:iam::000000000000:role/any",
        jobOutput={"s3DataDestination": {"path": "s3://books/exports/"}},
    )["datasetExportJobArn"]
    until = time.monotonic() + 30
    while control.describe_dataset_export_job(datasetExportJobArn=job)["datasetExportJob"]["status"] != "ACTIVE":
        assert time.monotonic() < until
        time.sleep(0.05)
    return Path(service.printed["s3_directory"], "books", "exports", "all.csv").read_text()


def test_the_local_service_alone_keeps_its_data_in_memory_and_leaves_nothing(local_alone: Installed) -> None:
    packages = {each["name"].lower() for each in json.loads(local_alone.pip("list", "--format=json"))}
    assert "botocore" in packages
    assert not packages & OF_THE_CONSOLE
    refused = local_alone.run("personalize-console", "run")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "pip install 'personalize-console[console]'" in refused.stderr

    files, home = local_alone.files(), list(local_alone.home.rglob("*"))
    with local_service(local_alone, "--memory", "--account=111122223333") as service:
        variables = service.printed["environment"]
        assert variables == {
            "AWS_ENDPOINT_URL_PERSONALIZE": service.printed["endpoint_url"],
            "AWS_ENDPOINT_URL_PERSONALIZE_EVENTS": service.printed["endpoint_url"],
            "AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME": service.printed["endpoint_url"],
            **service.printed["accounts"]["000000000000"],
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "PERSONALIZE_LOCAL_TOKEN": variables["PERSONALIZE_LOCAL_TOKEN"],
        }
        assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/aws", service.printed["endpoint_url"])
        assert exported(service, make_users(service)) == "USER_ID,AGE\nada,36\n"
        assert len(service.control().list_dataset_groups()["datasetGroups"]) == 1
        assert service.control("111122223333").list_dataset_groups()["datasetGroups"] == []
        assert put_much(service) == 200
        with pytest.raises(ClientError, match="the address of the endpoint ends in /aws"):
            service.control(below="").list_schemas()
        memory = re.search(r"^Pss: +([0-9]+) kB$", Path(f"/proc/{service.process.pid}/smaps_rollup").read_text(), re.M)
        assert memory is not None
        assert int(memory[1]) <= MOST_MEMORY
        assert service.end(signal.SIGTERM) == 0

    assert not Path(service.printed["s3_directory"]).parent.exists()
    assert local_alone.files() == files
    assert list(local_alone.home.rglob("*")) == home
    assert os.listdir(local_alone.folder) == []


def test_the_local_service_alone_keeps_its_data_in_the_home_of_its_user(local_alone: Installed) -> None:
    with local_service(local_alone) as service:
        keys, dataset = service.printed["accounts"], make_users(service)
        port = service.printed["endpoint_url"].rpartition(":")[2].removesuffix("/aws")
        data = local_alone.home / ".local/share/personalize-local"
        assert (data / "personalize-local.sqlite3").exists()
        for arguments, why in (
            (["--port=0"], f"Another personalize-local uses the data directory {data}."),
            (["--memory", f"--port={port}"], f"Port {port} of 127.0.0.1 cannot be used (Address already in use)."),
        ):
            refused = local_alone.run("personalize-local", *arguments)
            assert (refused.returncode, refused.stdout) == (1, "")
            assert refused.stderr.startswith(why)
            assert refused.stderr.count("\n") == 1
        assert service.end(signal.SIGINT) == 0

    with local_service(local_alone, "--create-seconds=2", "--put-rate=1") as service:
        assert service.printed["accounts"] == keys
        assert exported(service, dataset) == "USER_ID,AGE\nada,36\n"
        service.control().create_dataset_group(name="slow")
        groups = {each["name"]: each["status"] for each in service.control().list_dataset_groups()["datasetGroups"]}
        assert groups == {"books": "ACTIVE", "slow": "CREATE PENDING"}
        assert service.end(signal.SIGTERM) == 0


def test_the_console_serves_pages_and_their_files_from_a_wheel(console: Installed, tmp_path: Path) -> None:
    files, port = console.files(), free_port()
    log = tmp_path / "log"
    process = console.start("personalize-console", "run", f"--port={port}", log=log)
    served = Served(f"http://127.0.0.1:{port}", console.variables, log, process)
    try:
        wait_until_healthy(served)
        with urllib.request.urlopen(served.url) as page:
            text = page.read().decode()
        assert "Sign in" in text
        sheets = re.findall(r'href="(/static/[^"]+\.css)"', text)
        assert sheets
        for each in sheets:
            with urllib.request.urlopen(served.url + each) as sheet:
                assert sheet.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        listed = console.run("personalize-console", "manage", "local_keys", "list")
        assert "AKIALOCALDEMOEXAMPLE" in listed.stdout
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        kill(served)

    data = console.home / ".local/share/personalize-console"
    assert {"console.sqlite3", "secret-key", "static", "static-files-collected"} <= set(os.listdir(data))
    assert console.files() == files
    assert os.listdir(console.folder) == []


def test_the_console_in_production_says_what_it_needs(console: Installed) -> None:
    refused = console.run("personalize-console", "serve")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("CONSOLE_SECRET_KEY: production needs a secret of at least 50 characters")
