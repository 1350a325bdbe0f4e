"""Authlib's client of the provider, with deadlines for requests and size limits for responses.

Only sign-in code imports it: Authlib takes a quarter of a command's start time.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import requests
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session

from console.people.openid import deadline

# Keys that are no secret: RFC 7518, section 6.1, and RFC 8037, section 2.
PUBLIC_KEYS = ("RSA", "EC", "OKP")


class Session(OAuth2Session):  # type: ignore[misc]  # Authlib has no types.
    """Authlib's session with deadlines for requests to the provider."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        deadline.bound(self)
        self.register_compliance_hook("access_token_response", _refused_or_token)

    def request(self, *arguments: Any, **options: Any) -> requests.Response:
        """Return an answer in time and whole."""
        ask: Callable[[], requests.Response] = partial(super().request, *arguments, **options)
        return deadline.in_time(ask)


class App(DjangoOAuth2App):  # type: ignore[misc]
    """Authlib's client with such sessions, and without keys that cannot verify."""

    client_cls = Session

    def fetch_jwk_set(self, force: bool = False) -> Any:
        """Return the provider's keys; what is in them may have any shape."""
        return keys_to_verify_by(super().fetch_jwk_set(force))


def bounded_client(client_id: str, client_secret: str, scope: str, discovery: str) -> Any:
    """Return a client of a provider, by its discovery address, which has not been requested yet."""
    return OAuth().register(
        "provider",
        client_cls=App,
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=discovery,
        client_kwargs={"scope": scope, "code_challenge_method": "S256", "default_timeout": deadline.SECONDS},
    )


def keys_to_verify_by(sent: Any) -> dict[str, list[Any]]:
    """Return a provider's public keys, except those for encryption only.

    Keys of unknown kinds are ignored (RFC 7517, section 5); sections 4.2 and 4.3 say what keys are for. An unexpected
    shape raises errors.
    """
    return {"keys": [key for key in sent["keys"] if not isinstance(key, dict) or _verifies(key)]}


def _refused_or_token(answer: requests.Response) -> requests.Response:
    """Return an answer of the token endpoint; raise HTTPError for one of 4xx that does not name its error.

    Authlib takes that for a token, and a gateway before the provider answers so. RFC 6749, section 5.2, has the error.
    """
    if not answer.ok and not _names_error(answer):
        answer.raise_for_status()
    return answer


def _names_error(answer: requests.Response) -> bool:
    try:
        content = answer.json()
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and bool(content.get("error"))


def _verifies(key: Mapping[str, Any]) -> bool:
    uses = key.get("key_ops")
    is_for_signatures = key.get("use") != "enc" and (not isinstance(uses, list) or not uses or "verify" in uses)
    return key.get("kty") in PUBLIC_KEYS and is_for_signatures
