"""Create dataset group: a name and a domain, and what can go wrong with them."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from console.local.models import DatasetGroup
from console.personalize.accounts import arn_prefixes
from tests.pages.html import text_of
from tests.support.aws_stand_in import Piece, Received, StandIn, as_aws_answers, http

PAGE = "/local/create-dataset-group/"
RULE = "1 to 63 characters, without spaces: a-z, A-Z, 0-9, _ and - (hyphen), beginning with a letter or a digit."


def opened(client: Client, page: str = PAGE) -> str:
    """Return when the page says that it was opened."""
    match = re.search(r'name="opened" value="([^"]+)"', client.get(page).content.decode())
    assert match
    return match[1]


def create(client: Client, name: str, domain: str = "", page: str = PAGE, **fields: str) -> Any:
    return client.post(page, {"name": name, "domain": domain, "opened": opened(client, page), **fields})


@pytest.mark.parametrize(
    ("domain", "words"), [("", "Custom"), ("ECOMMERCE", "E-commerce"), ("VIDEO_ON_DEMAND", "Video on demand")]
)
def test_creates_a_group_of_each_domain_and_goes_to_it(operator: Client, domain: str, words: str) -> None:
    answer = create(operator, " book-club ", domain)
    assert (answer.status_code, answer["Location"]) == (302, "/local/dataset-groups/book-club/")
    assert DatasetGroup.objects.get(name="book-club").domain == domain
    text = text_of(operator.get(answer["Location"]))
    assert "The creation of the dataset group book-club has started. Once it is Active, datasets can be added." in text
    assert f"Domain {words}" in text


def test_a_group_that_is_on_its_way_is_shown_so(operator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    assert "Status Create pending" in text_of(operator.get(create(operator, "book-club")["Location"]))


def test_an_administrator_may_create(administrator: Client) -> None:
    assert create(administrator, "book-club").status_code == 302


def test_the_page_says_the_rule_and_offers_the_domains(operator: Client) -> None:
    answer = operator.get(PAGE)
    assert RULE in text_of(answer)
    radios = re.findall(r'<input type="radio" name="domain" value="(\w*)"( checked)?', answer.content.decode())
    assert radios == [("", " checked"), ("ECOMMERCE", ""), ("VIDEO_ON_DEMAND", "")]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter a name."),
        ("   ", "Enter a name."),
        ("book club", "Expected only a-z, A-Z, 0-9, _ and -; found a space."),
        ("café", "Expected only a-z, A-Z, 0-9, _ and -; found é."),
        ("a\0b", 'Expected only a-z, A-Z, 0-9, _ and -; found "\\u0000".'),
        ("a\u202eb", 'Expected only a-z, A-Z, 0-9, _ and -; found "\\u202e".'),
        ("<b>", "Expected only a-z, A-Z, 0-9, _ and -; found <."),
        ("_group", "Expected a letter or a digit at the beginning; found _."),
        ("x" * 64, "Expected at most 63 characters; found 64."),
        ("x" * 100_000, "Expected at most 63 characters; found 100000."),
    ],
)
def test_names_what_is_wrong_with_a_name_and_keeps_it(operator: Client, name: str, sentence: str) -> None:
    before = DatasetGroup.objects.count()
    answer = create(operator, name, "ECOMMERCE")
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert answer.context["form"]["name"].value() == name
    assert re.search(r'value="ECOMMERCE" checked', answer.content.decode())
    assert DatasetGroup.objects.count() == before


def test_takes_the_longest_name(operator: Client) -> None:
    assert create(operator, "x" * 63).status_code == 302


@pytest.mark.parametrize("domain", ["ecommerce", "NEWS", "\0", "x" * 100_000])
def test_another_domain_is_refused(operator: Client, domain: str) -> None:
    answer = create(operator, "book-club", domain)
    assert answer.status_code == 422
    assert "Choose one of these domains." in text_of(answer)


@pytest.mark.parametrize("moment", ["", "yesterday", "\0", "9" * 5000, "0001-01-01", "9999-12-31T23:59:59Z"])
def test_a_form_without_a_moment_that_can_be_read_creates_too(operator: Client, moment: str) -> None:
    assert create(operator, "book-club", opened=moment).status_code == 302


def test_a_name_that_is_taken_is_said_to_be_so(operator: Client) -> None:
    answer = create(operator, "online-shop", "ECOMMERCE")
    assert answer.status_code == 422
    text = text_of(answer)
    assert "Another dataset group already has the name online-shop. Choose another name." in text
    assert answer.context["form"]["name"].value() == "online-shop"


def test_two_presses_of_one_page_create_once(operator: Client) -> None:
    moment = opened(operator)
    answers = [operator.post(PAGE, {"name": "book-club", "domain": "", "opened": moment}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == ["/local/dataset-groups/book-club/"] * 2
    assert DatasetGroup.objects.filter(name="book-club").count() == 1


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31", "x"])
def test_a_time_that_no_page_was_opened_at_is_now(operator: Client, moment: str) -> None:
    operator.post(PAGE, {"name": "book-club", "domain": "", "opened": moment})
    before = timezone.now()
    answer = operator.post(PAGE, {"name": "book-club", "domain": "", "opened": moment})
    assert answer.status_code == 422
    assert before <= answer.context["opened"] <= timezone.now()


def test_a_second_press_for_another_domain_is_none(operator: Client) -> None:
    moment = opened(operator)
    operator.post(PAGE, {"name": "book-club", "domain": "", "opened": moment})
    answer = operator.post(PAGE, {"name": "book-club", "domain": "ECOMMERCE", "opened": moment})
    assert answer.status_code == 422
    assert DatasetGroup.objects.get(name="book-club").domain == ""


def test_the_limit_of_groups_is_said(operator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_MOST_DATASET_GROUPS = 7
    answer = create(operator, "book-club")
    assert answer.status_code == 422
    text = text_of(answer)
    assert "The local service refused personalize:CreateDatasetGroup on book-club." in text
    assert "The account has 7 dataset groups in this region, which is the limit. Delete one first." in text
    assert "Remove what is no longer needed." in text
    assert "ask AWS for a higher quota" not in text
    assert answer.context["form"]["name"].value() == "book-club"


def test_creates_the_first_group_of_an_environment(operator: Client) -> None:
    DatasetGroup.objects.all().delete()
    arn_prefixes.ask_anew()
    answer = operator.get(create(operator, "book-club")["Location"])
    assert "arn:aws:personalize:us-east-1:000000000000:dataset-group/book-club" in text_of(answer)


@pytest.mark.usefixtures("broken_environment")
def test_aws_that_is_not_reached_is_said_and_what_was_typed_stays(operator: Client) -> None:
    answer = create(operator, "book-club", "ECOMMERCE", "/broken/create-dataset-group/")
    assert answer.status_code == 502
    assert "AWS could not be reached at http://127.0.0.1:" in text_of(answer)
    assert answer.context["form"]["name"].value() == "book-club"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_viewer_is_refused(viewer: Client, method: str) -> None:
    answer = getattr(viewer, method)(PAGE, {"name": "book-club", "domain": ""})
    assert answer.status_code == 403
    sentence = "Your role, viewer, may not create dataset groups and datasets. Ask an administrator for a role."
    assert sentence in text_of(answer)
    assert not DatasetGroup.objects.filter(name="book-club").exists()


def test_the_list_leads_there(operator: Client) -> None:
    assert (
        f'<a class="button primary" href="{PAGE}">Create dataset group</a>'
        in operator.get("/local/dataset-groups/").content.decode()
    )
    DatasetGroup.objects.all().delete()
    html = operator.get("/local/dataset-groups/").content.decode()
    assert f'<a class="button" href="{PAGE}">Create dataset group</a>' in html


def test_a_viewer_is_not_led_there(viewer: Client) -> None:
    assert PAGE not in viewer.get("/local/dataset-groups/").content.decode()
    DatasetGroup.objects.all().delete()
    assert PAGE not in viewer.get("/local/dataset-groups/").content.decode()


def test_an_environment_that_is_not_there_has_no_page(operator: Client) -> None:
    assert operator.get("/nowhere/create-dataset-group/").status_code == 404


def test_a_form_of_another_site_creates_nothing(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    assert strict.post(PAGE, {"name": "book-club", "domain": ""}).status_code == 403
    assert not DatasetGroup.objects.filter(name="book-club").exists()


def test_a_name_that_the_same_call_may_have_taken_is_no_other_group_s(operator: Client, aws: StandIn) -> None:
    there = http(400, b'{"__type": "ResourceAlreadyExistsException", "message": "is there"}')
    lost = http(500, b'{"__type": "InternalServerException", "message": "lost"}')
    creations = iter([lost])

    def answering(received: Received) -> Iterable[Piece]:
        if received.operation == "CreateDatasetGroup":
            return [next(creations, there)]
        return [lost] if received.operation == "DescribeDatasetGroup" else as_aws_answers(received)

    aws.answer = answering
    text = text_of(operator.post("/staging/create-dataset-group/", {"name": "loyalty", "domain": ""}))
    assert len(aws.of("CreateDatasetGroup")) == 2
    assert "the name is taken: perhaps by the first attempt of this call, which got no answer. Look whether" in text
    assert "Choose another name" not in text
