"""What was sent in an environment that leaves the environments file, or is renamed there, is still found."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from console.personalize.connections.endpoints import normalised
from console.submissions.models import Outcome, Submission
from console.submissions.origins import Origin
from console.submissions.trails import trails
from tests.pages.configured import configured, forget
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import send
from tests.support.served import Served

PAGE = "/former-environments/"
GROUP = "/staging/dataset-groups/shop"
LIST = f"{GROUP}/submissions/"
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)


def canonical(address: str) -> str:
    """Return an address with the name that the former environment has since it may be another one today."""
    return address.replace("/staging/", f"/{Origin.objects.get(environment='staging').address_name}/")


@pytest.fixture
def sent(demo: None) -> Submission:
    """What was sent in an environment that there is no longer, and the one of them that has a record."""
    for number in range(3):
        send({f"u{number}": {"city": "Bern"}}, environment="staging", dataset_group="shop", at=MARCH)
    send({"u": {}}, Outcome.REFUSED, environment="staging", dataset_group="Books", at=MARCH)
    send({"u": {}}, environment="before-2025", dataset_group="shop", at=MARCH)
    send({"u": {}})
    return send({"ada": {"city": "Bern"}}, environment="staging", dataset_group="shop", person_name="ada")


def test_administrators_find_the_dataset_groups_of_former_environments(
    sent: Submission, administrator: Client
) -> None:
    answer = administrator.get(PAGE)
    rows = [row[:5] for row in rows_of(answer)]
    account = ["000000000000", "us-east-1"]
    assert rows[0] == ["shop", "staging", *account, "4"]
    assert sorted(rows[1:]) == [["Books", "staging", *account, "1"], ["shop", "before-2025", *account, "1"]]
    assert f'href="{canonical(LIST)}"' in answer.content.decode()
    assert [row[:2] for row in rows_of(administrator.get(f"{PAGE}?filter=us-EAST-1"))] == [row[:2] for row in rows]
    assert [row[:2] for row in rows_of(administrator.get(f"{PAGE}?filter=BOOK"))] == [["Books", "staging"]]
    assert [row[1] for row in rows_of(administrator.get(f"{PAGE}?sort=environment"))][:1] == ["before-2025"]
    assert "loyalty-programme" not in text_of(answer).partition("Preferences")[0]


def test_it_says_that_there_is_none(administrator: Client) -> None:
    send({"u": {}})
    assert "No former environments" in text_of(administrator.get(PAGE))


@pytest.mark.parametrize("name", ["viewer", "operator"])
def test_others_see_nothing_of_it(sent: Submission, name: str, client: Client) -> None:
    client.force_login(User.objects.get(username=name))
    assert client.get(PAGE).status_code == 403
    assert "Former environments" not in text_of(client.get("/local/dataset-groups/"))
    for page in (
        LIST,
        f"{LIST}{sent.pk}/",
        f"{LIST}export-submissions/?format=csv",
        f"{GROUP}/datasets/users/record-history/?record_id=ada",
    ):
        answer = client.get(page)
        assert answer.status_code == 404
        assert "staging" not in text_of(answer).replace(page, "")


def test_the_side_navigation_leads_there_from_every_page(administrator: Client) -> None:
    for page in ("/local/dataset-groups/", "/settings/", LIST, "/nowhere/"):
        assert f'<a href="{PAGE}"' in administrator.get(page).content.decode(), page


def test_administrators_list_and_filter_them(sent: Submission, administrator: Client) -> None:
    answer = administrator.get(LIST)
    assert len(rows_of(answer)) == 4
    text = text_of(answer)
    assert "sent in a former environment, staging (000000000000, us-east-1), to the dataset group shop" in text
    assert "Former environments Submissions" in text
    assert [row[3] for row in rows_of(administrator.get(f"{LIST}?person=ada"))] == ["1 user: ada"]
    assert [row[3] for row in rows_of(administrator.get(f"{LIST}?record_id=u1"))] == ["1 user: u1"]
    assert len(rows_of(administrator.get(f"{LIST}?from=2026-03-01&to=2026-03-01&filter=created"))) == 3


def links(answer: Any) -> set[str]:
    html = answer.content.decode()
    return {part.partition('"')[0].partition("?")[0] for part in html.split('href="')[1:]}


def test_administrators_open_them_and_no_link_leads_to_what_is_not_there(
    sent: Submission, administrator: Client
) -> None:
    answer = administrator.get(f"{LIST}{sent.pk}/")
    assert answer.status_code == 200
    assert "Bern" in text_of(answer)
    assert "Edit and send again" not in text_of(answer)
    pages = [LIST, f"{LIST}{sent.pk}/", f"{GROUP}/datasets/users/record-history/?record_id=ada", PAGE]
    own = {link for page in pages for link in links(administrator.get(page)) if link.startswith(("/staging", PAGE))}
    assert {canonical(LIST), PAGE} <= own
    for link in own:
        asked = {"record_id": "ada"} if link.endswith("record-history/") else {"format": "csv"}
        assert administrator.get(link, asked).status_code == 200, link


def test_administrators_export_them_with_properties(sent: Submission, administrator: Client) -> None:
    page = f"{LIST}export-submissions/"
    answer: Any = administrator.get(page, {"format": "csv", "properties": "yes", "person": "ada"})
    (row,) = csv.DictReader(io.StringIO(b"".join(answer).decode(), newline=""))
    assert (row["environment"], row["record_ids"]) == ("staging", '["ada"]')
    assert json.loads(row["records"]) == [{"userId": "ada", "properties": '{"city": "Bern"}'}]
    every: Any = administrator.get(page, {"format": "json-lines"})
    assert len(b"".join(every).splitlines()) == 4


def test_its_other_pages_say_where_what_was_sent_is(sent: Submission, administrator: Client) -> None:
    for page in ("/staging/dataset-groups/", f"{GROUP}/", f"{GROUP}/datasets/users/create-records/"):
        for answer in (administrator.get(page), administrator.post(page, {"record_input": "{}"})):
            assert answer.status_code == 404
            assert "The environment staging (000000000000, us-east-1) no longer exists." in text_of(answer)
            assert f'href="{PAGE}"' in answer.content.decode()
    assert "no longer exists" not in text_of(administrator.get("/never-there/dataset-groups/"))


def test_nothing_is_sent_in_it(sent: Submission, administrator: Client) -> None:
    before = Submission.objects.count()
    form = {"record_input": '{"USER_ID": "u"}', "intent": "create"}
    assert administrator.post(f"{GROUP}/datasets/users/create-records/", form).status_code == 404
    assert Submission.objects.count() == before


def test_a_renamed_environment_is_one_and_comes_back_with_its_name(
    served: Served,
    sent: Submission,
    administrator: Client,
    settings: LazySettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(4):
        send({f"v{number}": {}}, environment="staging", endpoint=normalised(served.endpoint), dataset_group="shop")
    with configured({"stage": ""}, served.endpoint, settings, tmp_path / "environments.toml", monkeypatch):
        menu = administrator.get("/local/dataset-groups/").content.decode().partition('id="environment-menu"')[2]
        assert f'href="{PAGE}"' in menu.partition("</ul>")[0]
        rows = [[*row[:2], row[4]] for row in rows_of(administrator.get(PAGE))]
        assert rows.count(["shop", "staging", "4"]) == 2
        assert [row[3] for row in rows_of(administrator.get(LIST))] == [
            "1 user: v3",
            "1 user: v2",
            "1 user: v1",
            "1 user: v0",
        ]
        file = Path(settings.CONSOLE_ENVIRONMENTS)
        file.write_text(file.read_text().replace('"stage"', '"staging"'))
        forget()
        # What was sent to AWS itself is not what is sent to this endpoint.
        rows = [[*row[:2], row[4]] for row in rows_of(administrator.get(PAGE))]
        assert rows.count(["shop", "staging", "4"]) == 1
        answer = administrator.get(LIST)
        assert [row[3] for row in rows_of(answer)] == ["1 user: v3", "1 user: v2", "1 user: v1", "1 user: v0"]
        assert "former environment," not in text_of(answer)


def test_the_page_of_a_group_that_is_gone_leads_to_what_was_sent_to_it(administrator: Client) -> None:
    page = "/local/dataset-groups/long-gone/"
    link = f"{page}submissions/"
    assert "view its submissions" not in administrator.get(page).content.decode()
    send({"u": {}}, dataset_group="long-gone")
    answer = administrator.get(page)
    assert answer.status_code == 404
    assert f'<a href="{link}">view its submissions</a>' in answer.content.decode()


def test_counts_end_where_they_would_take_long(
    sent: Submission, administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trails, "MOST_COUNTED", 2)
    assert rows_of(administrator.get(PAGE))[0][4] == "2+"


def test_trails_are_found_in_an_index_alone(sent: Submission) -> None:
    of_local = [Origin.objects.get(environment="local").pk]
    with CaptureQueriesContext(connection) as asked:
        assert len(trails.trails_of_others(of_local)) == 3
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # The first one finds the origins, which are few.
            for query in asked.captured_queries[1:]:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                steps = [step for *_ids, step in cursor.fetchall() if "history_submission" in step]
                assert steps, query
                assert all("COVERING INDEX" in step for step in steps), (query, steps)


def test_names_are_found_by_a_query_for_each(
    sent: Submission, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    of_local = [Origin.objects.get(environment="local").pk]
    with django_assert_max_num_queries(4 + 3 + 2 + 3 * 3):
        assert len(trails.trails_of_others(of_local)) == 3


ODD = ["with space", "a/b", "", "..", "~x", "été", "=1+1", "<b>bold</b>", "x\ny", "%2F?#", "-dash", "a" * 63]


@pytest.mark.parametrize("group", ODD)
def test_a_group_whose_name_cannot_be_in_an_address_is_found_filtered_and_exported(
    demo: None, administrator: Client, group: str
) -> None:
    sent = send({"ada": {}}, environment="staging", dataset_group=group, at=MARCH)
    answer = administrator.get(PAGE)
    assert answer.status_code == 200
    (address,) = (each for each in links(answer) if each.startswith("/staging@"))
    opened = administrator.get(address)
    assert opened.status_code == 200
    assert [row[2] for row in rows_of(opened)] == ["operator"]
    assert rows_of(administrator.get(f"{address}?record_id=nobody")) == []
    assert administrator.get(f"{address}{sent.pk}/").status_code == 200
    assert (
        administrator.get(address.replace("submissions/", "datasets/users/record-history/?record_id=ada")).status_code
        == 200
    )
    file: Any = administrator.get(f"{address}export-submissions/?format=json-lines")
    assert re.fullmatch(
        r'attachment; filename="submissions-[\w-]*-\d{4}-\d\d-\d\d.jsonl"', file["Content-Disposition"], re.A
    )
    assert json.loads(b"".join(file))["dataset_group"] == group


@pytest.mark.parametrize("environment", ["with space", "a/b", "", ".", "..", "~x", "Été", "a?b#c%2F"])
def test_a_former_environment_of_any_name_is_opened(demo: None, administrator: Client, environment: str) -> None:
    send({"ada": {}}, environment=environment, dataset_group="shop", at=MARCH)
    answer = administrator.get(PAGE)
    (address,) = (each for each in links(answer) if each.endswith("/dataset-groups/shop/submissions/"))
    assert [row[2] for row in rows_of(administrator.get(address))] == ["operator"]


@pytest.mark.parametrize("name", ["~", "~c2hvcA", "~AA", "~_w", "~!", "~YS9i="])
def test_an_address_of_no_name_is_not_found(demo: None, administrator: Client, name: str) -> None:
    assert administrator.get(f"/local/dataset-groups/{name}/").status_code == 404
    assert administrator.get(f"/local/dataset-groups/{name}/datasets/").status_code == 404
    assert administrator.get(f"/{name}/dataset-groups/").status_code == 404
