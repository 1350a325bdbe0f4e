"""Bad input at the HTTP endpoint of the local service: an error of AWS's kind, whatever was signed, or not signed."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest
from botocore.awsrequest import AWSRequest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.local.http.wire import service_model
from console.local.operations import OPERATIONS, WITHOUT_CAMPAIGNS
from tests.conftest import LOYALTY
from tests.fuzz import share_of_cases
from tests.fuzz.answers import check_headers
from tests.fuzz.cases import METHODS, Answer, Case, send
from tests.fuzz.headers import HEADERS, header_values
from tests.fuzz.hostile import as_bytes, hurt, texts
from tests.fuzz.site import SCHEMA
from tests.local.http.test_endpoints import signed
from tests.support.examples import EXAMPLES
from tests.support.examples.datasets import make_dataset

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

ARN = "arn:aws:personalize:us-east-1:000000000000"
GROUP = f"{ARN}:dataset-group/loyalty-programme"
ROLE = "arn:aws:iam::000000000000:role/any"
TAGS = [{"tagKey": "team", "tagValue": "data"}]
# A good request of each operation of the control plane, and of one that is not served.
CONTROL: dict[str, Any] = {
    "CreateDatasetGroup": {"name": "night-shop", "domain": "ECOMMERCE", "tags": TAGS},
    "DescribeDatasetGroup": {"datasetGroupArn": GROUP},
    "ListDatasetGroups": {"maxResults": 2, "nextToken": ""},
    "DeleteDatasetGroup": {"datasetGroupArn": GROUP},
    "CreateSchema": {"name": "night-readers", "schema": SCHEMA, "domain": "ECOMMERCE"},
    "DescribeSchema": {"schemaArn": f"{ARN}:schema/loyalty-programme-users-schema"},
    "ListSchemas": {"maxResults": 1},
    "DeleteSchema": {"schemaArn": f"{ARN}:schema/loyalty-programme-users-schema"},
    "CreateDataset": {
        "name": "readers",
        "schemaArn": f"{ARN}:schema/loyalty-programme-users-schema",
        "datasetGroupArn": f"{ARN}:dataset-group/newsroom",
        "datasetType": "Users",
    },
    "UpdateDataset": {"datasetArn": LOYALTY, "schemaArn": f"{ARN}:schema/loyalty-programme-users-schema"},
    "ListDatasets": {"datasetGroupArn": GROUP, "maxResults": 100},
    "DescribeDataset": {"datasetArn": LOYALTY},
    "DeleteDataset": {"datasetArn": LOYALTY},
    "TagResource": {"resourceArn": GROUP, "tags": TAGS},
    "UntagResource": {"resourceArn": GROUP, "tagKeys": ["team"]},
    "ListTagsForResource": {"resourceArn": GROUP},
    "CreateDatasetImportJob": {
        "jobName": "night",
        "datasetArn": LOYALTY,
        "dataSource": {"dataLocation": "s3://bucket/users.csv"},
        "roleArn": ROLE,
        "importMode": "FULL",
    },
    "CreateDatasetExportJob": {
        "jobName": "night",
        "datasetArn": LOYALTY,
        "ingestionMode": "ALL",
        "roleArn": ROLE,
        "jobOutput": {"s3DataDestination": {"path": "s3://bucket/exports/"}},
    },
    "CreateDataDeletionJob": {
        "jobName": "night",
        "datasetGroupArn": GROUP,
        "dataSource": {"dataLocation": "s3://bucket/ids.csv"},
        "roleArn": ROLE,
    },
    "ListDatasetImportJobs": {"datasetArn": LOYALTY},
    "DescribeDatasetImportJob": {"datasetImportJobArn": f"{ARN}:dataset-import-job/night"},
    "ListDatasetExportJobs": {"datasetArn": LOYALTY, "maxResults": 1},
    "DescribeDatasetExportJob": {"datasetExportJobArn": f"{ARN}:dataset-export-job/night"},
    "ListDataDeletionJobs": {"datasetGroupArn": GROUP},
    "DescribeDataDeletionJob": {"dataDeletionJobArn": f"{ARN}:data-deletion-job/night"},
    "CreateEventTracker": {"name": "night", "datasetGroupArn": f"{ARN}:dataset-group/member-profiles", "tags": TAGS},
    "DescribeEventTracker": {"eventTrackerArn": f"{ARN}:event-tracker/e896f116"},
    "ListEventTrackers": {"datasetGroupArn": GROUP, "maxResults": 1},
    "DeleteEventTracker": {"eventTrackerArn": f"{ARN}:event-tracker/e896f116"},
    "CreateCampaign": {"name": "a", "solutionVersionArn": f"{ARN}:solution/a"},
}
CAMPAIGN = f"{ARN}:campaign/films"
FILTER = {"filterArn": f"{ARN}:filter/genres", "filterValues": {"GENRE": '"Drama"'}}
# A request that is good but for its campaign of each operation of Personalize Runtime, by path.
RUNTIME: dict[str, Any] = {
    "/recommendations": {
        "campaignArn": CAMPAIGN,
        "userId": "u",
        "numResults": 5,
        "context": {"DEVICE": "phone"},
        "promotions": [{"name": "new", "percentPromotedItems": 10, **FILTER}],
        "metadataColumns": {"ITEMS": ["GENRES"]},
    },
    "/action-recommendations": {"campaignArn": CAMPAIGN, "userId": "u", **FILTER},
    "/personalize-ranking": {"campaignArn": CAMPAIGN, "userId": "u", "inputList": ["film-1", "film-2"]},
}
# What a client sends of a signature, as WSGI has it.
OF_SIGNATURE = ("HTTP_AUTHORIZATION", "HTTP_X_AMZ_DATE", "HTTP_X_AMZ_SECURITY_TOKEN", "HTTP_X_AMZ_CONTENT_SHA256")


def sent(request: AWSRequest, changes: Mapping[str, str | None], **more: Any) -> Case:
    """Return a signed request, some of whose headers are others, or left out."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": str(value) for name, value in request.headers.items()}
    content_type = headers.pop("HTTP_CONTENT_TYPE", "")
    changed = {**headers, "HTTP_HOST": "testserver", **changes}
    kept = {name: value for name, value in changed.items() if value is not None}
    own: dict[str, Any] = {"content_type": content_type, "headers": tuple(kept.items())}
    return Case("a client of AWS", **{"method": request.method, "body": request.data, **own, **more})


@st.composite
def good_requests(draw: st.DrawFn, events: Mapping[str, Any]) -> tuple[str, dict[str, str], str]:
    """Give the path, the headers and the body of a good request; `events` are those of the other APIs by path."""
    if draw(st.booleans()):
        path = draw(st.sampled_from(sorted(events)))
        return path, {}, json.dumps(events[path])
    name = draw(st.sampled_from(sorted(CONTROL)))
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"AmazonPersonalize.{name}"}
    return "", headers, json.dumps(CONTROL[name])


@st.composite
def requests(draw: st.DrawFn, events: Mapping[str, Any]) -> Case:
    """Give requests to the endpoint: most of them good but for one thing."""
    path, headers, body = draw(good_requests(events))
    kind = draw(st.sampled_from(("body", "body", "body", "signature", "header", "body after", "path", "wild")))
    if kind == "body":
        # Signed as it is, so that it comes to be validated.
        return sent(signed(path, as_bytes(draw(hurt(body))), headers), {}, path=f"/aws{path}")
    request = signed(path, body.encode(), headers)
    if kind == "signature":
        name = draw(st.sampled_from(OF_SIGNATURE))
        value = draw(st.one_of(st.none(), header_values(), st.just(str(request.headers.get("Authorization"))[:-9])))
        return sent(request, {name: value}, path=f"/aws{path}")
    if kind == "header":
        name = draw(st.sampled_from((*HEADERS, "HTTP_X_AMZ_TARGET", "HTTP_X_AMZ_DATE")))
        return sent(request, {name: draw(header_values())}, path=f"/aws{path}")
    if kind == "body after":
        length = draw(st.sampled_from((None, "0", "-1", "x", "5", "99999", str(2**63 - 1))))
        return sent(request, {}, path=f"/aws{path}", body=as_bytes(draw(hurt(body))), stated_length=length)
    if kind == "path":
        return sent(
            request,
            {},
            path=draw(hurt(f"/aws{path}/")),
            query=draw(texts().map(lambda each: as_bytes(each).decode("latin-1"))),
        )
    headers_of_all = draw(st.lists(st.tuples(st.sampled_from(HEADERS), header_values()), max_size=4))
    method, some = draw(st.sampled_from(METHODS)), draw(st.binary(max_size=50))
    return Case(
        "nobody", method, f"/aws{path}", content_type=draw(header_values()), body=some, headers=tuple(headers_of_all)
    )


def check(answer: Answer) -> None:
    """Fail if an answer is not as AWS answers."""
    assert answer.status < 500, (answer.status, answer.body)
    assert b"Traceback (most recent" not in answer.body
    check_headers(answer)
    if not answer.body or not answer.request.path.removeprefix("/aws").startswith(("/", "")):
        return
    if answer.header("Content-Type").startswith("text/html"):
        return
    value = json.loads(answer.body)
    assert isinstance(value, dict)
    if answer.status >= 400:
        assert answer.header("x-amzn-ErrorType") or value.get("__type"), answer
        assert value.get("message") or value.get("Message"), answer


@pytest.mark.usefixtures("demo")
def test_no_request_to_the_endpoint_is_a_defect(personalize: "PersonalizeClient") -> None:
    targets = {each: make_dataset(personalize, each) for each in EXAMPLES}
    events = {f"/{each.command.removeprefix('put-')}": each.body_to(target) for each, target in targets.items()}
    events |= RUNTIME

    @settings(
        max_examples=share_of_cases(6),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(requests(events))
    def no_request_is_a_defect(case: Case) -> None:
        cache.clear()
        with transaction.atomic():
            answer = send(case, "")
            transaction.set_rollback(True)
        check(answer)

    no_request_is_a_defect()


def test_every_operation_has_a_good_request() -> None:
    assert {*CONTROL, *(each.operation for each in EXAMPLES)} == {*OPERATIONS, "CreateCampaign"}
    models = service_model("personalize-runtime")
    assert set(RUNTIME) == {models.operation_model(each).http["requestUri"] for each in WITHOUT_CAMPAIGNS}


@pytest.mark.usefixtures("demo")
def test_the_good_requests_are_good(personalize: "PersonalizeClient") -> None:
    for path, body in RUNTIME.items():
        answer = send(sent(signed(path, json.dumps(body).encode(), {}), {}, path=f"/aws{path}"), "")
        assert (answer.status, answer.header("x-amzn-ErrorType")) == (404, "ResourceNotFoundException")
    for example in EXAMPLES:
        path, body = f"/{example.command.removeprefix('put-')}", example.body_to(make_dataset(personalize, example))
        answer = send(sent(signed(path, json.dumps(body).encode(), {}), {}, path=f"/aws{path}"), "")
        assert (answer.status, answer.body) == (200, b"")
