"""What was typed into the pages that create, carried through a session and a form that ended."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.local.models import DatasetGroup, Schema
from tests.pages.datasets.made_datasets import HTMX, PAGE, SCHEMA_ARN, fields, focused, schema_choices, shown_text
from tests.pages.html import text_of

GROUP_PAGE = "/local/create-dataset-group/"
# Nobody has finished this, and it is a problem: it comes back all the same.
UNFINISHED = '{"type": "record",\n  "name": "<u>'
TYPED = {
    PAGE: fields(name="my readers", schema_text=UNFINISHED),
    GROUP_PAGE: {"name": "book club", "domain": "ECOMMERCE"},
}


@pytest.fixture
def strict(operator: Client) -> Client:
    """The operator's browser, whose page has a token that is none any more."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = operator.cookies
    return client


def carried(answer: Any) -> dict[str, str]:
    """Return what the page to sign in carries, as a browser would send it."""
    page = answer.content.decode()
    found = dict(re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL))
    found["next"] = re.findall(r'name="next" value="([^"]*)"', page)[0]
    return {name: html.unescape(value) for name, value in found.items()}


def entered(answer: Any) -> dict[str, str]:
    """Return the fields of the form of the page that creates, as a browser shows them."""
    page = answer.content.decode()
    return {
        "name": re.findall(r'<input id="name" name="name" value="([^"]*)"', page)[0],
        "domain": (re.findall(r'name="domain" value="(\w*)" checked', page) or [""])[0],
        "source": (re.findall(r'name="source" value="(\w*)" checked', page) or [""])[0],
        "schema_name": (re.findall(r'name="schema_name" value="([^"]*)"', page) or [""])[0],
        "schema_text": shown_text(answer) if "schema-text" in page else "",
    }


EXPECTED = {
    PAGE: {
        "name": "my readers",
        "domain": "",
        "source": "new",
        "schema_name": "readers",
        "schema_text": '{"type": "record",\n  "name": "<u>',
    },
    GROUP_PAGE: {"name": "book club", "domain": "ECOMMERCE", "source": "", "schema_name": "", "schema_text": ""},
}


@pytest.mark.parametrize("page", [PAGE, GROUP_PAGE])
def test_a_session_that_ended_brings_back_what_was_typed(demo: None, client: Client, page: str) -> None:
    refused = client.post(page, TYPED[page])
    assert refused.status_code == 403
    assert "Your session has ended." in text_of(refused)
    wrong = client.post("/sign-in/", {"username": "operator", "password": "x", **carried(refused)})
    right = {"username": "operator", "password": "operator", **carried(wrong)}
    answer = client.post("/sign-in/", right, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert entered(answer) == EXPECTED[page]
    assert "Expected a-z" not in text_of(answer)
    assert entered(client.get(page)) != EXPECTED[page]
    assert not DatasetGroup.objects.filter(name="book club").exists()


@pytest.mark.parametrize("page", [PAGE, GROUP_PAGE])
def test_a_form_that_expired_brings_back_what_was_typed(strict: Client, page: str) -> None:
    answer = strict.post(page, TYPED[page])
    assert answer.status_code == 403
    assert "This page was open for too long, so nothing was created." in text_of(answer)
    assert entered(answer) == EXPECTED[page]
    assert "no-store" in answer["Cache-Control"]
    assert focused(answer) == ["div"]
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())[-1]
    again = strict.post(page, {**TYPED[page], "csrfmiddlewaretoken": token})
    assert "Expected only a-z, A-Z, 0-9, _ and -; found a space." in text_of(again)


def test_the_chosen_schema_comes_back_too(demo: None, client: Client) -> None:
    refused = client.post(PAGE, fields(source="existing", schema_arn=SCHEMA_ARN))
    right = {"username": "operator", "password": "operator", **carried(refused)}
    answer = client.post("/sign-in/", right, follow=True)
    assert f'<option value="{SCHEMA_ARN}" selected>readers</option>' in answer.content.decode()


def test_what_was_typed_comes_back_to_a_group_that_can_have_no_dataset_any_more(demo: None, client: Client) -> None:
    page = "/local/dataset-groups/loyalty-programme/datasets/users/create-dataset/"
    refused = client.post(page, TYPED[PAGE])
    answer = client.post(
        "/sign-in/", {"username": "operator", "password": "operator", **carried(refused)}, follow=True
    )
    assert "Nothing was created. This dataset group already has a Users dataset" in text_of(answer)
    assert entered(answer) == EXPECTED[PAGE]


@pytest.mark.parametrize("page", [PAGE, GROUP_PAGE])
def test_what_was_typed_is_given_back_to_the_person_who_typed_it_alone(
    viewer: Client, client: Client, page: str
) -> None:
    typed_by = re.findall(r'name="typed_by" value="(\d+)"', _opened_by_operator(page))[0]
    assert typed_by == str(User.objects.get(username="operator").pk)
    client.logout()
    refused = client.post(page, {**TYPED[page], "typed_by": typed_by})
    assert f'name="typed_by" value="{typed_by}"' in refused.content.decode()
    right = {"username": "administrator", "password": "administrator", "typed_by": typed_by, **carried(refused)}
    assert entered(client.post("/sign-in/", right, follow=True)) != EXPECTED[page]


def _opened_by_operator(page: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username="operator"))
    return client.get(page).content.decode()


@pytest.mark.parametrize("page", [PAGE, GROUP_PAGE])
def test_a_viewer_s_form_that_expired_is_refused(viewer: Client, page: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = viewer.cookies
    answer = strict.post(page, TYPED[page])
    assert answer.status_code == 403
    assert "Your role, viewer, may not create dataset groups and datasets." in text_of(answer)


def test_a_form_of_another_site_brings_nothing_back(strict: Client) -> None:
    answer = strict.post(PAGE, TYPED[PAGE], headers={"Origin": "https://example.com"})
    assert answer.status_code == 403
    assert "my readers" not in answer.content.decode()


def test_a_validation_leaves_the_page_alone_when_the_session_ended(demo: None, client: Client) -> None:
    for fields_typed in (fields(intent="typing", schema_text=UNFINISHED), {"intent": "typing"}):
        answer = client.post(PAGE, fields_typed, headers=HTMX)
        assert (answer.status_code, answer.content) == (204, b"")
        assert "HX-Refresh" not in answer


def test_nothing_that_is_sent_is_answered_by_a_page_loaded_anew(demo: None, client: Client) -> None:
    answer = client.post(PAGE, {"other": "typed"}, headers=HTMX)
    assert "HX-Refresh" not in answer
    asked = client.post(PAGE, fields(intent="", source="existing"), headers=HTMX)
    assert (asked["HX-Retarget"], carried(asked)["schema_name"]) == ("body", "readers")


def test_a_form_that_expired_lists_schemas_all_the_same(strict: Client) -> None:
    for source, intent in (("existing", ""), ("new", "list")):
        answer = strict.post(PAGE, fields(intent=intent, source=source), headers=HTMX)
        assert answer.status_code == 200
        assert "loyalty-programme-users-schema" in schema_choices(answer)
        assert "<html" not in answer.content.decode()


@pytest.mark.usefixtures("broken_environment")
def test_a_form_that_expired_comes_back_where_aws_is_not_reached(strict: Client) -> None:
    answer = strict.post(PAGE.replace("/local/", "/broken/"), TYPED[PAGE])
    assert answer.status_code == 403
    assert entered(answer) == EXPECTED[PAGE]
    assert not Schema.objects.filter(name="readers").exists()
