"""No page asks AWS for the same twice: each question is a round trip that somebody waits for."""

from collections import Counter

from django.core.cache import cache
from django.test import Client

from tests.pages.permissions import addresses
from tests.support.aws_stand_in import StandIn

# What the stand-in for AWS has, by the names of addresses.
NAMES = {"loyalty-programme-users-schema": "loyalty-users", "loyalty-programme": "loyalty", "e896f116": "6dd6a3c9"}
# By a thread that no page waits for, and that may be of the page before.
BESIDE = ("GetCallerIdentity",)


def test_no_page_asks_aws_for_the_same_twice(administrator: Client, aws: StandIn) -> None:
    for address in addresses():
        if not address.is_of_environment:
            continue
        path = address.path("staging")
        for name, there in NAMES.items():
            path = path.replace(name, there)
        cache.clear()
        aws.received.clear()
        assert administrator.get(path).status_code < 500, path
        asked = Counter((each.operation, each.body) for each in aws.received if each.operation not in BESIDE)
        assert [each for each, number in asked.items() if number > 1] == [], path
