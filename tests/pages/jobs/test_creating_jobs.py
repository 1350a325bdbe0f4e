"""What all pages that create jobs have in common: presses, permissions, and forms that come back."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.local.models import Job
from tests.pages.html import text_of
from tests.pages.jobs.made_jobs import (
    CREATE_DELETION,
    CREATE_EXPORT,
    CREATE_IMPORT,
    DELETION,
    DELETIONS,
    EXPORT,
    EXPORTS,
    IMPORT,
    IMPORTS,
    ROLE,
    create,
    opened,
    value_of,
)

PAGES = [(CREATE_IMPORT, IMPORT, IMPORTS), (CREATE_EXPORT, EXPORT, EXPORTS), (CREATE_DELETION, DELETION, DELETIONS)]


@pytest.mark.parametrize(("address", "fields", "listed"), PAGES)
def test_two_presses_of_one_page_create_once(
    operator: Client, address: str, fields: dict[str, str], listed: str
) -> None:
    sent = {"name": "nightly", "opened": opened(operator, address), **fields}
    answers: list[Any] = [operator.post(address, sent) for _ in range(2)]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, f"{listed}nightly/")] * 2
    assert Job.objects.count() == 1


@pytest.mark.parametrize(("address", "fields", "listed"), PAGES)
def test_one_of_that_name_from_before_is_another_one(
    operator: Client, address: str, fields: dict[str, str], listed: str
) -> None:
    assert create(operator, address, fields).status_code == 302
    answer = operator.post(address, {"name": "nightly", "opened": "x", **fields})
    assert answer.status_code == 422
    assert "already has the name nightly. Choose another name." in text_of(answer)
    assert value_of(answer, "role_arn") == ROLE


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("address", "fields", "listed"), PAGES)
def test_a_viewer_is_refused(viewer: Client, method: str, address: str, fields: dict[str, str], listed: str) -> None:
    answer = getattr(viewer, method)(address, {"name": "nightly", **fields})
    assert answer.status_code == 403
    assert "Your role, viewer, may not create jobs. Ask an administrator for a role." in text_of(answer)
    assert not Job.objects.exists()


@pytest.mark.parametrize(("address", "fields", "listed"), PAGES)
def test_a_session_that_ended_brings_back_what_was_entered(
    demo: None, client: Client, address: str, fields: dict[str, str], listed: str
) -> None:
    assert client.post(address, {"name": "my job", **fields}).status_code == 403
    right = {"username": "operator", "password": "operator", "next": address, "name": "my job", **fields}
    answer = client.post("/sign-in/", right, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    for name, entered in ({"name": "my job"} | fields).items():
        if name != "confirmation":
            assert answer.context["form"][name].value() == entered


@pytest.mark.parametrize(("address", "fields", "listed"), PAGES)
def test_a_form_that_expired_creates_nothing_and_keeps_what_was_entered(
    operator: Client, address: str, fields: dict[str, str], listed: str
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="operator"))
    answer: Any = strict.post(address, {"name": "nightly", **fields})
    assert answer.status_code == 403
    assert "This page was open for too long, so nothing was created." in text_of(answer)
    assert value_of(answer, "name") == "nightly"
    for name, entered in fields.items():
        if name != "confirmation":
            assert answer.context["form"][name].value() == entered
    assert not Job.objects.exists()
