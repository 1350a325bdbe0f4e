"""The provider's addresses, and those by which the tests change it."""

import json
from collections.abc import Callable

from django.contrib.auth.models import Group, User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.models import Application
from oauth2_provider.settings import oauth2_settings

from tests.support.openid_provider import CLIENT_ID, CLIENT_SECRET, PASSWORD
from tests.support.openid_provider.keys import new_key


def change_client(redirect_uri: str, algorithm: str = Application.RS256_ALGORITHM) -> None:
    """Let the provider know the console at one more address, and sign by an algorithm."""
    client = Application.objects.filter(client_id=CLIENT_ID).first() or Application(
        client_id=CLIENT_ID, name="Console"
    )
    client.client_secret = CLIENT_SECRET
    client.client_type = Application.CLIENT_CONFIDENTIAL
    client.authorization_grant_type = Application.GRANT_AUTHORIZATION_CODE
    client.algorithm = algorithm
    client.hash_client_secret = algorithm != Application.HS256_ALGORITHM
    client.redirect_uris = f"{client.redirect_uris} {redirect_uri}".strip()
    client.save()


def change_person(name: str, groups: list[str], **claims: str) -> None:
    """Let the provider know a person, who is in groups and in no others."""
    person = User.objects.filter(username=name).first() or User.objects.create_user(name, password=PASSWORD)
    for claim, value in claims.items():
        setattr(person, claim, value)
    person.save()
    person.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])


def change_key(*, keeps_old: bool) -> None:
    """Let the provider sign with another key."""
    old = [oauth2_settings.OIDC_RSA_PRIVATE_KEY] if keeps_old else []
    oauth2_settings.OIDC_RSA_PRIVATE_KEYS_INACTIVE = old
    oauth2_settings.OIDC_RSA_PRIVATE_KEY = new_key()


CHANGES: dict[str, Callable[..., None]] = {"client": change_client, "person": change_person, "key": change_key}


@csrf_exempt
def change(request: HttpRequest, what: str) -> HttpResponse:
    """Change the provider as a test asks."""
    CHANGES[what](**json.loads(request.body))
    return HttpResponse()


urlpatterns = [
    path("login/", LoginView.as_view()),
    path("change/<what>", change),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
