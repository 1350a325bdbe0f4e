"""A start writes which settings of environments are other than at the last one."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from console.activity.at_start import record_environments
from console.activity.models import Entry
from console.activity.words import sentence
from console.personalize.environments import environments

pytestmark = pytest.mark.django_db

FIRST = """[[environments]]
name = "shop"
region = "eu-west-1"
role_arn = "arn:aws:iam::111122223333:role/console"
external_id = "known-to-two"
endpoint_url = "https://proxy.example/"
viewers = ["testers", "others"]
"""
SECOND = FIRST.replace("eu-west-1", "eu-central-1") + "guarded = true\n"


def start(content: str, tmp_path: Path, settings: LazySettings) -> list[str]:
    before = Entry.objects.count()
    file = tmp_path / "environments.toml"
    file.write_text(content)
    settings.CONSOLE_ENVIRONMENTS = str(file)
    environments.cache_clear()
    try:
        record_environments()
    finally:
        environments.cache_clear()
    return [sentence(each) for each in Entry.objects.order_by("pk")[before:]]


def test_each_start_says_what_is_other(tmp_path: Path, settings: LazySettings) -> None:
    assert start(FIRST, tmp_path, settings) == [
        "The environment shop is new: account 111122223333, endpoint url https://proxy.example/, external id yes, "
        "label shop, region eu-west-1, role arn arn:aws:iam::111122223333:role/console, viewers testers others",
        "The environment local is new: account 000000000000, label Local service, region us-east-1",
    ]
    assert "known-to-two" not in str(Entry.objects.values())
    assert start(FIRST, tmp_path, settings) == []
    assert start(SECOND, tmp_path, settings) == [
        "The environment shop is changed: guarded yes (before: none), region eu-central-1 (before: eu-west-1)"
    ]
    other = FIRST.replace('"shop"', '"books"')
    assert [each.split(":")[0] for each in start(other, tmp_path, settings)] == [
        "The environment books is new",
        "The environment shop is no longer configured",
    ]
    # So that the filter of Activity finds them.
    of_shop = Entry.objects.filter(environment="shop").order_by("pk")
    assert [each.facts["change"] for each in of_shop] == ["new", "changed", "removed"]
    assert start(other, tmp_path, settings) == []
