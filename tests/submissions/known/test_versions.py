"""The versions of a record, each beside the last one before it that AWS accepted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.submissions.known.differences import Difference, Kind
from console.submissions.known.versions import sent_records, versions
from console.submissions.models import Outcome, dataset_key
from tests.submissions.sent import ARN, send

pytestmark = pytest.mark.django_db


def test_of_many_accepted_versions_between_two_the_last_one_alone_is_read() -> None:
    one = send({"ada": {"n": 1}}, environment="one").origin_id
    for number in range(2, 32):
        send({"ada": {"n": number}}, environment="two")
    send({"ada": {"n": 99}}, Outcome.REFUSED, environment="two")
    send({"ada": {"n": 40}}, environment="one")
    shown = list(sent_records(dataset_key("aws", ARN), "ada", [one]))
    with CaptureQueriesContext(connection) as queries:
        found = versions(shown, [], lambda _origin: True)
    assert [each.sent.properties for each in found] == ['{"n": 40}', '{"n": 1}']
    assert found[0].differences == [Difference("n", Kind.CHANGED, "31", "40")]
    assert [each.is_first for each in found] == [False, True]
    assert len(queries) == 2
    assert '"id" IN (' in queries[1]["sql"]
