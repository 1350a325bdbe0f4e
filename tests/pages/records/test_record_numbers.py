"""The results of a press of several calls: each call's table has a name, and records the numbers of the text."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from console.local.models import StoredEvent
from console.local.simulation import simulate
from console.submissions.models import Submission
from tests.pages.html import rows_of
from tests.pages.records.test_events import GROUP, HTMX, PAGE, THREE, event, press


def tables(client: Client, answer: Any) -> dict[str, list[tuple[str, str]]]:
    """Return the number and the id of each row of the results, by the names of the tables."""
    html = (client.get(answer["Location"]) if answer.status_code == 302 else answer).content.decode()
    found = re.findall(
        r'<table aria-label="([^"]*result for each record)">(.*?)</table>', html, re.DOTALL | re.IGNORECASE
    )
    parts = {name: type("Table", (), {"content": table.encode()}) for name, table in found}
    assert len(parts) == len(found)
    return {name: [(row[0], row[1]) for row in rows_of(table)] for name, table in parts.items()}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["without htmx", "with htmx"])
def test_records_have_their_numbers_in_the_text_and_tables_their_names(
    operator: Client, headers: dict[str, str]
) -> None:
    expected = {
        "Call 1 of 2: result for each record": [("1", "u-1"), ("3", "u-1")],
        "Call 2 of 2: result for each record": [("2", "u-2")],
    }
    assert tables(operator, press(operator, *THREE, **headers)) == expected


def test_one_call_counts_its_records(operator: Client) -> None:
    answer = press(operator, event("u-1", "m-1"), event("u-1", "m-1"))
    assert tables(operator, answer) == {"Result for each record": [("1", "u-1"), ("2", "u-1")]}


def test_equal_records_have_a_number_each(operator: Client) -> None:
    same = event("u-1", "m-1")
    assert tables(operator, press(operator, same, event("u-2", "m-2"), same)) == {
        "Call 1 of 2: result for each record": [("1", "u-1"), ("3", "u-1")],
        "Call 2 of 2: result for each record": [("2", "u-2")],
    }


def test_the_numbers_are_those_of_the_last_text(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    answer = press(operator, event("u-1", "fixed"), THREE[1], event("u-3", "m-5"))
    assert sorted(tables(operator, answer).values()) == [[("1", "u-1")], [("2", "u-2")], [("3", "u-3")]]


def test_a_record_that_the_text_has_no_more_has_no_number(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    answer = press(operator, event("u-1", "fixed"))
    assert sorted(tables(operator, answer).values()) == [[("-", "u-2")], [("1", "u-1")]]


def test_the_page_has_the_newest_text_also_while_it_is_refused(operator: Client) -> None:
    simulate("InvalidInputException", 0, 2, "operator")
    press(operator, *THREE[:2])
    fixed = [event("u-1", "fixed"), THREE[1]]
    again = press(operator, *fixed)
    page = operator.get(again["Location"]) if again.status_code == 302 else again
    assert json.loads(page.context["page"].text) == fixed
    submission = page.context["page"].submission
    assert json.loads(operator.get(f"{PAGE}?submission={submission.pk}").context["page"].text) == fixed


def test_an_earlier_response_has_the_numbers_of_the_text_and_leads_to_the_submission_of_each_call(
    operator: Client,
) -> None:
    answer = press(operator, *THREE)
    for submission in Submission.objects.all():
        for address in (f"{answer['Location'].partition('#')[0]}&earlier", f"{PAGE}?submission={submission.pk}"):
            page = operator.get(address)
            earlier = [("1", "u-1"), ("2", "u-2"), ("3", "u-1")]
            assert tables(operator, page) == {"Earlier result for each record": earlier}
            second = StoredEvent.objects.get(user_id="u-2", object_id="m-2").pk
            link = f'?event={second}" aria-label="View stored event of record 2"'
            assert link in page.content.decode()
            for call in Submission.objects.all():
                text = f"View the earlier submission of call {call.call_number} of 2"
                assert f'<a href="{GROUP}/submissions/{call.pk}/">{text}</a>' in page.content.decode()
