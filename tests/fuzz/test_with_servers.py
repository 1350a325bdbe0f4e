"""Bad input where the console has others to ask: an OpenID provider, and AWS in a guarded environment."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.submissions.models import Submission
from tests.fuzz import share_of_cases
from tests.fuzz.answers import check, check_kept
from tests.fuzz.bodies import queries
from tests.fuzz.cases import Case, cases, send
from tests.fuzz.hostile import hurt, texts
from tests.fuzz.site import explore
from tests.pages.configured import configured
from tests.pages.conftest import known, provider
from tests.pages.permissions import OPERATOR, Address, addresses
from tests.support.numbers import some_of
from tests.support.openid_provider import OpenIdProvider
from tests.support.served import Served, serve

__all__ = ("known", "provider")

ANSWER = "/sign-in/provider/answer/"
GUARDED = ("create_records", "create_dataset", "create_dataset_group")
FEW = settings(
    max_examples=share_of_cases(32),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
# What an answer of a provider may have: RFC 6749, sections 4.1.2 and 4.1.2.1.
NAMES = ("code", "state", "error", "error_description", "iss", "id_token", "next")


def cookies_of(client: Client) -> str:
    return "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())


def test_no_answer_of_a_provider_is_a_defect(known: OpenIdProvider, client: Client) -> None:
    client.get("/sign-in/provider/")
    (state,) = client.session["begun_sign_ins"]
    states = st.one_of(st.just(state), st.just(state), hurt(state), texts())
    pairs = st.lists(st.tuples(st.sampled_from(NAMES), texts()), max_size=2)

    @FEW
    @given(states, texts(), pairs, st.data())
    def no_answer_is_a_defect(state: str, code: str, more: list[tuple[str, str]], data: st.DataObject) -> None:
        query = data.draw(queries([("state", state), ("code", code), *more]))
        with transaction.atomic():
            answer = send(Case("signed out", "GET", ANSWER, query), cookies_of(client))
            transaction.set_rollback(True)
        check(answer)
        assert answer.status in (400, 403)

    no_answer_is_a_defect()


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console that stands for AWS, and keeps what the others' tests should not find."""
    at_once = {"CONSOLE_LOCAL_PUT_RATE": "0", "CONSOLE_LOCAL_CREATE_SECONDS": "0"}
    with serve(tmp_path_factory.mktemp("aws"), **at_once) as aws:
        yield aws


@pytest.fixture
def guarded(aws: Served, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with configured(
        {"guarded": "guarded = true"}, aws.endpoint, settings, tmp_path / "environments.toml", monkeypatch
    ):
        yield


def path_of(address: Address) -> str:
    path = address.path("guarded")
    return path.replace("loyalty-programme", "newsroom") if address.name == "create_dataset" else path


@pytest.mark.parametrize("name", some_of(GUARDED, 0))
def test_nothing_is_sent_to_a_guarded_environment_without_its_name(guarded: None, demo: None, name: str) -> None:
    operator = Client()
    operator.force_login(User.objects.get(username=OPERATOR))
    (page,) = explore([each for each in addresses() if each.name == name], path_of, {OPERATOR: operator}, "")

    @FEW
    @given(cases(page, [OPERATOR], ""))
    def nothing_is_sent(case: Case) -> None:
        cache.clear()
        with transaction.atomic():
            answer = send(case, cookies_of(operator))
            groups = [each.dataset_group for each in Submission.objects.all()]
            transaction.set_rollback(True)
        check(answer)
        check_kept(answer)
        if case.typed:
            assert all(dict(case.typed).get("confirmation", "").strip() == each for each in groups)

    nothing_is_sent()
