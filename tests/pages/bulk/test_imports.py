"""The list of imports into a dataset."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.bulk.models import Import, Stage
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import environments
from tests.pages.html import rows_of, text_of

PAGE = "/local/dataset-groups/loyalty-programme/datasets/users/imports/"


def made(name: str, **fields: Any) -> Import:
    known = {
        "person": User.objects.get(username="operator"),
        "person_name": "operator",
        "environment": "local",
        "endpoint": endpoint_of(environments()["local"]),
        "dataset_group": "loyalty-programme",
        "dataset_arn": "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS",
        "dataset_type": "USERS",
        "file_size": 3_145_728,
        "starts_at": "2026-11-30T10:00:00Z",
        "created_at": "2026-11-30T10:00:00Z",
    }
    return Import.objects.create(file_name=name, **{**known, **fields})


def test_lists_what_is_known_of_each_the_newest_first(operator: Client) -> None:
    begun = made("old.csv", received=1_572_864, created_at="2026-11-29T10:00:00Z")
    done = made(
        "new <b>.csv",
        stage=Stage.DONE,
        row_count=12345,
        created_count=12340,
        refused_count=3,
        unconfirmed_count=2,
        sending_began_at="2026-11-30T10:00:00Z",
        by_command=True,
    )
    made("elsewhere.csv", dataset_type="ITEMS")
    made("other.csv", endpoint="another account")
    answer = operator.get(PAGE)
    assert rows_of(answer) == [
        ["new <b>.csv", "Mon, 30 Nov 2026 10:00:00 GMT", "operator (by command)", "Done", "12,345", "0", "12,340", "5"],
        ["old.csv", "Sun, 29 Nov 2026 10:00:00 GMT", "operator", "Uploading 1.5\xa0MB of 3.0\xa0MB".replace("\xa0", " "), "-", "-", "-", "-"],
    ]  # fmt: skip
    html = answer.content.decode()
    assert f'href="{PAGE}{done.key}/"' in html
    assert f'href="{PAGE.replace("imports/", "import-records/")}?unfinished={begun.key}"' in html
    assert "Imports (2)" in text_of(answer)


def test_finds_by_file_and_person_and_sorts(operator: Client) -> None:
    made("b.csv")
    made("a.csv", person_name="ada", row_count=5)
    assert [row[0] for row in rows_of(operator.get(f"{PAGE}?filter=ADA"))] == ["a.csv"]
    assert [row[0] for row in rows_of(operator.get(f"{PAGE}?sort=file"))] == ["a.csv", "b.csv"]
    assert [row[0] for row in rows_of(operator.get(f"{PAGE}?sort=-rows"))] == ["a.csv", "b.csv"]


def test_asks_again_while_one_is_at_work_and_learns_how_far_it_is(operator: Client) -> None:
    checking = made("a.csv", stage=Stage.CHECKING)
    html = operator.get(PAGE).content.decode()
    assert "data-changing" in html
    seen = html.partition("?seen=")[2][:16]
    headers = {"HX-Request": "true"}
    assert "<table" not in operator.get(f"{PAGE}?seen={seen}", headers=headers).content.decode()
    Import.objects.filter(pk=checking.pk).update(progress=50)
    assert "<table" in operator.get(f"{PAGE}?seen={seen}", headers=headers).content.decode()


def test_an_empty_list_leads_to_the_upload(operator: Client) -> None:
    assert "No imports No file has been uploaded for this dataset. Import records from a file" in text_of(
        operator.get(PAGE)
    )


@pytest.mark.parametrize("path", ["imports/", "import-records/"])
def test_is_for_those_who_may_create_records(viewer: Client, path: str) -> None:
    answer = viewer.get(PAGE.replace("imports/", path))
    assert answer.status_code == 403
    assert "Your role, viewer, may not create records." in text_of(answer)
