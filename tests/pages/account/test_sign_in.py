import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.pages.html import text_of

CREATE = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"
TYPED = '  {"USER_ID": "<u>",\r\n\t"AGE": 1 }\r\n\r\n'


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/local/dataset-groups/",
        "/local/dataset-groups/loyalty-programme/",
        "/local/dataset-groups/loyalty-programme/datasets/",
        "/local/dataset-groups/loyalty-programme/datasets/users/",
        CREATE,
        "/local/dataset-groups/loyalty-programme/submissions/",
        "/nowhere/dataset-groups/",
    ],
)
def test_every_page_needs_a_session(demo: None, client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={path}")


@pytest.mark.parametrize("path", ["/sign-in/", "/healthz"])
def test_sign_in_and_health_need_none(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("name", ["viewer", "operator", "administrator"])
def test_signs_a_demo_account_in(demo: None, client: Client, name: str) -> None:
    answer = client.post("/sign-in/", {"username": name, "password": name}, follow=True)
    assert answer.redirect_chain[-1] == ("/local/dataset-groups/", 302)
    assert f"{name} {name.capitalize()} Settings" in text_of(answer)


def test_goes_on_to_the_page_that_was_asked_for(demo: None, client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "viewer", "password": "viewer", "next": CREATE})
    assert answer["Location"] == CREATE


@pytest.mark.parametrize("path", ["https://example.com/", "//example.com/", "javascript:alert(1)", ""])
def test_never_goes_on_to_another_place(demo: None, client: Client, path: str) -> None:
    answer = client.post("/sign-in/", {"username": "viewer", "password": "viewer", "next": path})
    assert answer["Location"] == "/"


def test_says_that_a_password_is_wrong(demo: None, client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "viewer", "password": "wrong"})
    assert answer.status_code == 422
    assert "Please enter a correct username and password." in text_of(answer)
    assert b"wrong" not in answer.content


def test_shows_the_demo_accounts_while_they_have_their_passwords(demo: None, client: Client) -> None:
    assert re.findall(r"<li><code>(\w+)</code></li>", client.get("/sign-in/").content.decode()) == [
        "viewer",
        "operator",
        "administrator",
    ]
    operator = User.objects.get(username="operator")
    operator.set_password("another")
    operator.save()
    User.objects.filter(username="viewer").delete()
    assert re.findall(r"<li><code>(\w+)</code></li>", client.get("/sign-in/").content.decode()) == ["administrator"]
    User.objects.update(is_active=False)
    assert "Demo accounts" not in text_of(client.get("/sign-in/"))


def test_signs_out_and_forgets(operator: Client) -> None:
    answer = operator.post("/sign-out/")
    assert answer["Location"] == "/sign-in/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert operator.get("/").status_code == 302
    assert operator.get("/settings/").status_code == 302


def test_signing_out_needs_a_post(operator: Client) -> None:
    assert operator.get("/sign-out/").status_code == 405


def carried(content: str) -> str | None:
    match = re.search(r'<textarea name="record_input"[^>]*>\n(.*?)</textarea>', content, re.DOTALL)
    return match[1] if match else None


def test_an_expired_session_brings_the_typed_text_back(operator: Client) -> None:
    operator.session.flush()
    refused = operator.post(CREATE, {"record_input": TYPED})
    assert refused.status_code == 403
    assert "Your session has ended." in text_of(refused)
    assert carried(refused.content.decode()) == TYPED.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")

    wrong = operator.post(
        "/sign-in/", {"username": "operator", "password": "x", "next": CREATE, "record_input": TYPED}
    )
    assert carried(wrong.content.decode()) == carried(refused.content.decode())

    right = {"username": "operator", "password": "operator", "next": CREATE, "record_input": TYPED}
    page = operator.post("/sign-in/", right, follow=True)
    assert page.redirect_chain == [(CREATE, 302)]
    assert page.context["page"].text == TYPED
    assert operator.get(CREATE).context["page"].text != TYPED


def test_an_expired_form_brings_the_typed_text_back(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    answer = strict.post(CREATE, {"record_input": TYPED})
    assert answer.status_code == 403
    assert answer.context["page"].text == TYPED
    assert "This page was open for too long, so nothing was sent." in text_of(answer)
    assert 'name="csrfmiddlewaretoken"' in answer.content.decode()


def test_an_expired_form_and_session_bring_the_typed_text_back(demo: None) -> None:
    answer = Client(enforce_csrf_checks=True).post(CREATE, {"record_input": TYPED})
    assert answer.status_code == 403
    assert "Your session has ended." in text_of(answer)
    assert carried(answer.content.decode())


def test_htmx_shows_the_sign_in_page_as_a_whole(demo: None, client: Client) -> None:
    answer = client.post(CREATE, {"record_input": TYPED}, headers={"HX-Request": "true"})
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("body", "innerHTML")


@pytest.mark.parametrize(
    "path",
    [
        "/sign-out/",
        "/local/dataset-groups/",
        "/local/dataset-groups/loyalty-programme/submissions/",
        "/nowhere/dataset-groups/x/datasets/users/create-records/",
    ],
)
def test_another_form_without_a_token_is_refused_with_a_page(operator: Client, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    answer = strict.post(path, {"record_input": TYPED})
    assert answer.status_code == 403
    assert "so nothing was done" in text_of(answer)


def test_an_administrator_reaches_the_admin(administrator: Client) -> None:
    assert administrator.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["viewer", "operator"])
def test_others_do_not_reach_the_admin(demo: None, client: Client, name: str) -> None:
    client.force_login(User.objects.get(username=name))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "Only an administrator may open this page." in text_of(answer)


def test_the_admin_asks_to_sign_in_here(demo: None, client: Client) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/sign-in/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/sign-in/?next=/admin/"


@pytest.mark.parametrize("path", ["foo", "home", "sign_in", "?x", "\\\\example.com"])
def test_a_next_that_is_no_path_leads_to_the_first_page(operator: Client, path: str) -> None:
    assert operator.get("/sign-in/", {"next": path})["Location"] == "/"


def test_a_next_keeps_its_query(demo: None, client: Client) -> None:
    wanted = "/local/dataset-groups/?filter=a&sort=name"
    page = client.get(wanted, follow=True)
    answer = client.post("/sign-in/", {"username": "viewer", "password": "viewer", "next": page.context["next"]})
    assert answer["Location"] == wanted


def test_a_sign_in_in_another_tab_brings_the_typed_text_along(operator: Client) -> None:
    form = {"username": "operator", "password": "operator", "next": CREATE, "record_input": TYPED}
    assert operator.post("/sign-in/", form)["Location"] == CREATE
    operator.head(CREATE)
    assert operator.get(CREATE).context["page"].text == TYPED


def test_a_token_that_changed_in_another_tab_keeps_the_typed_text(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    form = {"username": "operator", "password": "operator", "next": CREATE, "record_input": TYPED}
    answer = strict.post("/sign-in/", form)
    assert answer.status_code == 403
    assert answer.context["typed"] == {"record_input": TYPED}
    assert answer.context["next"] == CREATE


def test_what_another_site_sends_is_not_given_back(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    answer = strict.post(CREATE, {"record_input": TYPED}, headers={"Origin": "https://example.com"})
    assert answer.status_code == 403
    assert "&lt;u&gt;" not in answer.content.decode()


def test_pages_are_not_kept_by_the_browser(operator: Client) -> None:
    assert "no-store" in operator.get(CREATE)["Cache-Control"]


def test_a_validation_while_typing_leaves_the_page_alone_when_the_session_ended(demo: None, client: Client) -> None:
    answer = client.post(CREATE, {"record_input": TYPED, "intent": "typing"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_validation_while_typing_leaves_the_page_alone_when_the_form_expired(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    answer = strict.post(CREATE, {"record_input": TYPED, "intent": "typing"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})


def test_typed_text_is_given_back_to_the_person_who_typed_it_alone(demo: None, client: Client) -> None:
    operator, viewer = (User.objects.get(username=name).pk for name in ("operator", "viewer"))
    for typed_by, expected in ((operator, TYPED), (viewer, None)):
        form = {"username": "operator", "password": "operator", "next": CREATE, "record_input": TYPED}
        page = client.post("/sign-in/", {**form, "typed_by": typed_by}, follow=True)
        assert (page.context["page"].text == TYPED) == (expected is not None)
        client.logout()


def test_the_admin_s_sign_out_is_the_console_s(administrator: Client) -> None:
    assert administrator.post("/admin/logout/")["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    "key", ['"\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"', '"\\355\\240\\200aaaaaaaa"', "a" * 5000, "a-b", '""']
)
def test_a_cookie_that_is_no_session_leads_to_the_sign_in_page(db: None, client: Client, key: str) -> None:
    answer = client.get("/local/dataset-groups/", headers={"Cookie": f"sessionid={key}"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/local/dataset-groups/")
