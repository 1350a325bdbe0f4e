"""The administration: people are deactivated there and never deleted, and what was done can be read."""

import re

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client

from console.people.models import Session

USERS = "/admin/auth/user/"


@pytest.fixture
def viewer_account(administrator: Client) -> User:
    """The account of the demo's viewer."""
    return User.objects.get(username="viewer")


def act(client: Client, action: str, *people: User) -> str:
    form = {"action": action, "_selected_action": [each.pk for each in people], "post": "yes"}
    return client.post(USERS, form, follow=True).content.decode()


def test_nobody_is_deleted_there(administrator: Client, viewer_account: User) -> None:
    told = administrator.post(f"{USERS}{viewer_account.pk}/delete/", {"post": "yes"}, follow=True)
    assert "Accounts are not deleted, because submissions refer to them." in told.content.decode()
    act(administrator, "delete_selected", viewer_account)
    assert User.objects.filter(username="viewer").exists()
    for page in (USERS, f"{USERS}{viewer_account.pk}/change/"):
        html = administrator.get(page).content.decode()
        assert "deletelink" not in html
        assert "delete_selected" not in html


def test_people_are_deactivated_and_signed_out(administrator: Client, viewer_account: User) -> None:
    other = Client()
    other.force_login(viewer_account)
    assert Session.objects.filter(person_id=viewer_account.pk).exists()
    me = User.objects.get(username="administrator")
    assert "Deactivated accounts: 1." in act(administrator, "deactivate", viewer_account, me)
    assert User.objects.get(pk=me.pk).is_active
    assert not User.objects.get(pk=viewer_account.pk).is_active
    assert not Session.objects.filter(person_id=viewer_account.pk).exists()
    assert other.get("/settings/").status_code == 302
    entry = LogEntry.objects.get()
    assert (entry.user_id, entry.object_id, entry.get_change_message()) == (
        me.pk,
        str(viewer_account.pk),
        "Deactivated.",
    )


def test_it_wears_the_consoles_name_and_calls_nobody_a_user(administrator: Client) -> None:
    for page in ("/admin/", USERS, f"{USERS}add/", "/admin/auth/"):
        html = administrator.get(page).content.decode()
        assert "Personalize console</a>" in html
        assert "| Personalize console</title>" in html
        assert '<link rel="icon" href="/static/frame/icon' in html
        headings = " ".join(re.findall(r"<(?:h1|h2|caption|title|a|th)\b[^>]*>[^<]*", html))
        assert "user" not in re.sub(r"<[^>]*>", "", headings.lower()).replace("username", "")


def words_of(html: str) -> str:
    """Return what a page of the administration says, without tags, scripts and usernames."""
    content = html.partition('id="content-main"')[2]
    said = re.sub(r"<(script|svg)\b.*?</\1>|<[^>]*>", " ", content, flags=re.DOTALL)
    return re.sub(r"username|superuser", "", said, flags=re.IGNORECASE)


def test_labels_and_help_call_nobody_a_user(administrator: Client, viewer_account: User) -> None:
    person = f"{USERS}{viewer_account.pk}/"
    group = Group.objects.get(name="operator")
    said = {
        f"{USERS}add/": "Whether the person will be able to authenticate using a password or not.",
        f"{person}change/": "The groups this person belongs to.",
        f"{person}password/": "Enter a new password for the person viewer .",
        f"/admin/auth/group/{group.pk}/change/": "Can change person",
    }
    for page, sentence in said.items():
        words = " ".join(words_of(administrator.get(page).content.decode()).split())
        assert sentence in words, page
        assert re.findall(r".{20}\busers?\b.{20}", words, re.IGNORECASE) == [], page
    taken = administrator.post(f"{USERS}add/", {"username": "viewer", "usable_password": "false"})
    assert "A person with that username already exists." in taken.content.decode()


def test_what_was_done_is_read_and_nothing_else(administrator: Client, viewer_account: User) -> None:
    LogEntry.objects.log_actions(viewer_account.pk, [viewer_account], CHANGE, change_message="Changed the roles.")
    entry = LogEntry.objects.get()
    assert "Changed the roles." in administrator.get("/admin/admin/logentry/?q=roles").content.decode()
    page = f"/admin/admin/logentry/{entry.pk}/change/"
    assert "Changed the roles." in administrator.get(page).content.decode()
    for address in (page, f"/admin/admin/logentry/{entry.pk}/delete/", "/admin/admin/logentry/add/"):
        assert administrator.post(address, {"change_message": "x", "post": "yes"}).status_code == 403
    assert LogEntry.objects.get().change_message == "Changed the roles."


@pytest.mark.parametrize(
    "address",
    [
        "/admin/admin/logentry/?action_time__year=2147483648",
        "/admin/admin/logentry/?action_time__year=0",
        "/admin/auth/user/?date_joined__year=99999999999999999999",
        "/admin/auth/group/?id__in=99999999999999999999",
    ],
)
def test_an_address_that_asks_for_what_cannot_be_shows_the_whole_table(administrator: Client, address: str) -> None:
    answer = administrator.get(address)
    whole = f"{address.partition('?')[0]}?e=1"
    # PostgreSQL looks for each number.
    assert (answer.status_code, answer.headers.get("Location")) in ((302, whole), (200, None))
    assert administrator.get(whole).status_code == 200
