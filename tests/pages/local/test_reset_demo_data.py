"""Reset demo data: a question, and its answer."""

import pytest
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, DatasetGroup, StoredRecord
from console.local.simulation import simulate, simulation
from tests.conftest import LOYALTY
from tests.pages.html import text_of

PAGE = "/local/reset-demo-data/"


@pytest.fixture
def changed(demo: None) -> None:
    now = timezone.now()
    StoredRecord.objects.create(
        dataset=Dataset.objects.get(arn=LOYALTY), record_id="u", properties="{}", created_at=now, replaced_at=now
    )
    DatasetGroup.objects.filter(name="retired-campaigns").delete()
    simulate("dropped", 0, None, "somebody")


@pytest.mark.usefixtures("changed")
def test_says_what_will_go_and_changes_nothing_yet(administrator: Client) -> None:
    text = text_of(administrator.get(PAGE))
    assert "The dataset groups video-streaming , online-shop , loyalty-programme" in text
    contents = "1 user, 0 items, 0 actions, 0 item interactions, 0 action interactions."
    assert f"All records in these datasets are deleted: {contents}" in text
    assert "access keys, people's accounts, and all submissions." in text
    assert StoredRecord.objects.exists()
    assert simulation()


@pytest.mark.usefixtures("changed")
def test_puts_the_demo_back_and_says_so(administrator: Client) -> None:
    answer = administrator.post(PAGE, follow=True)
    assert answer.redirect_chain == [("/local/dataset-groups/", 302)]
    sentence = (
        "The demo data was reset. Restored: 1 dataset group. Deleted: 1 user. Responses are no longer simulated. "
        "Filled in: 139 users, 113 items, 378 item interactions, 20 jobs, and 181 submissions of the last 14 days."
    )
    assert sentence in text_of(answer)
    assert sentence not in text_of(administrator.get("/local/dataset-groups/"))
    assert StoredRecord.objects.count() == 139 + 113
    assert not StoredRecord.objects.filter(record_id="u").exists()
    assert DatasetGroup.objects.get(name="retired-campaigns").status == "CREATE FAILED"


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_than_administrators_are_refused(operator: Client, method: str) -> None:
    answer = getattr(operator, method)(PAGE)
    assert answer.status_code == 403
    assert "Your role, operator, may not reset the demo data. Ask an administrator to do so." in text_of(answer)
    assert StoredRecord.objects.exists()


def test_administrators_are_led_to_it(administrator: Client) -> None:
    assert f'<a href="{PAGE}">Reset demo data</a>' in administrator.get("/local/dataset-groups/").content.decode()


def test_operators_are_not_led_to_it(operator: Client) -> None:
    assert PAGE not in operator.get("/local/dataset-groups/").content.decode()


@pytest.mark.usefixtures("changed")
def test_an_expired_form_changes_nothing(administrator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = administrator.cookies
    assert strict.post(PAGE).status_code == 403
    assert StoredRecord.objects.exists()
