"""The tour: each step leads to a page that does it, with what it needs."""

import html
import re

from django.conf import LazySettings
from django.test import Client

from console.local.models import StoredRecord
from tests.pages.html import fields_of, text_of

TOUR = "/local/tour/"
CREATE = "/local/dataset-groups/video-streaming/datasets/users/create-records/"


def links_of(client: Client) -> list[str]:
    main = client.get(TOUR).content.decode().partition("<main")[2].partition("</main>")[0]
    return [html.unescape(each) for each in re.findall(r'<a class="button" href="([^"]+)"', main)]


def test_every_link_leads_to_a_page_that_is_there(operator: Client) -> None:
    operator.post(CREATE, fields_of(operator.get(f"{CREATE}?tour=create")) | {"intent": "create"})
    links = links_of(operator)
    assert len(links) == 11
    assert {each: operator.get(each).status_code for each in links} == dict.fromkeys(links, 200)


def test_the_first_step_has_a_user_to_create(operator: Client) -> None:
    fields = fields_of(operator.get(f"{CREATE}?tour=create"))
    operator.post(CREATE, fields | {"intent": "create"})
    stored = StoredRecord.objects.get()
    assert (stored.record_id, stored.properties) == ("tour-1", '{"subscriptionModel":"Monthly"}')


def test_the_second_step_has_a_problem_with_its_place(operator: Client) -> None:
    text = text_of(operator.get(f"{CREATE}?tour=problem"))
    assert "Errors: 1" in text
    assert "Ln 3, Col 25" in text, text
    assert (
        '<details name="editor-problems" data-kind="error" open>'
        in operator.get(f"{CREATE}?tour=problem").content.decode()
    )


def test_the_third_step_has_a_table_that_is_detected(operator: Client) -> None:
    text = text_of(operator.get(f"{CREATE}?tour=table"))
    assert "tour-5" in text
    assert "detected" in text.lower()


def test_the_file_has_a_heading_and_twelve_users(operator: Client) -> None:
    answer = operator.get(f"{TOUR}users.csv")
    lines = answer.content.decode().splitlines()
    assert (lines[0], lines[1], len(lines)) == ("USER_ID,SUBSCRIPTION_MODEL", "tour-101,Annual", 13)
    assert answer["Content-Disposition"] == 'attachment; filename="tour-users.csv"'


def test_a_text_of_the_tour_is_for_its_dataset_alone(operator: Client) -> None:
    other = CREATE.replace("users", "items")
    assert "tour-1" not in fields_of(operator.get(f"{other}?tour=create"))["record_input"]


def test_viewers_learn_what_they_may_not_do(viewer: Client) -> None:
    assert "sign in as an operator" in text_of(viewer.get(TOUR))
    links = links_of(viewer)
    assert len(links) == 3
    assert {each: viewer.get(each).status_code for each in links} == dict.fromkeys(links, 200)
    assert TOUR in viewer.get("/local/dataset-groups/").content.decode()


def test_the_commands_have_no_secret_that_somebody_has_set(operator: Client, settings: LazySettings) -> None:
    assert "export AWS_SECRET_ACCESS_KEY=local-demo-secret-key" in text_of(operator.get(TOUR))
    settings.CONSOLE_LOCAL_SECRET_ACCESS_KEY = "set-by-somebody"
    assert "set-by-somebody" not in text_of(operator.get(TOUR))
    settings.CONSOLE_LOCAL_HTTP = False
    assert "AWS clients do not reach the local service of this console." in text_of(operator.get(TOUR))
