"""Signing in with an OpenID provider: OpenID Connect Core 1.0, the authorization code flow, with PKCE (RFC 7636).

Authlib does the protocol: discovery, the code, the token, its signature by the provider's keys, and the nonce. What is
kept of a sign-in that has begun is given to the caller as `Begun`, for the session of that browser.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from console.people.openid.addresses import is_as_safe
from console.storage.process_cache import ProcessCache

log = logging.getLogger(__name__)

DISCOVERY = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# How long the provider's metadata is cached.
SECONDS_KEPT = 300
LONGEST_SUBJECT = 255
# The signatures of a public key, which the provider alone can make: RFC 7518 and RFC 8037.
ALGORITHMS = frozenset(
    {*(f"{kind}{size}" for kind in ("RS", "ES", "PS") for size in (256, 384, 512)), "EdDSA", "Ed25519"}
)
# Errors raised for a response of unexpected shape.
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RuntimeError)

UNREACHABLE = "{label} cannot be reached, or does not respond as it should. Try again, or ask an administrator."
REFUSED = "{label} did not sign you in. Try again, or ask an administrator."
CANCELLED = "You were not signed in: the sign-in was cancelled or denied at {label}."
NOT_PROVEN = "The response of {label} could not be verified, so you were not signed in. Try again."


class ProviderError(Exception):
    """The provider has signed nobody in; the message is for the person."""


class NoAnswerError(ProviderError):
    """The provider has not answered, or not as a provider does."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was started: the URL to send the browser to, and the values to verify the response with."""

    url: str
    state: str
    nonce: str
    code_verifier: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom the provider has signed in, and the groups that it says they are in."""

    claims: Mapping[str, Any]
    groups: tuple[str, ...]


def issuer() -> str:
    """Return the provider's issuer, which may have been given as the address of its discovery."""
    given: str = settings.CONSOLE_OIDC_ISSUER
    return given.removesuffix(DISCOVERY)


def begin(redirect_uri: str) -> Begun:
    """Return where a browser signs in that comes back to an address of the console. Raises ProviderError."""

    def ask() -> Begun:
        begun = client().create_authorization_url(redirect_uri)
        return Begun(begun["url"], begun["state"], begun["nonce"], begun["code_verifier"])

    return _asked(ask)


def finish(code: str, redirect_uri: str, nonce: str, code_verifier: str) -> Answer:
    """Return whom the provider has signed in, for the code that a browser brought back. Raises ProviderError."""

    def ask() -> Answer:
        asked = client()
        token = asked.fetch_access_token(redirect_uri, code=code, code_verifier=code_verifier)
        # Authlib looks at the audience only if it is told whom to expect.
        expected = {
            "iss": {"essential": True, "value": issuer()},
            "aud": {"essential": True, "value": settings.CONSOLE_OIDC_CLIENT_ID},
        }
        claims = asked.parse_id_token(token, nonce=nonce, claims_options=expected)
        if claims is None or not _is_text(claims["sub"]) or len(claims["sub"]) > LONGEST_SUBJECT:
            raise ValueError("There is no subject.")
        return Answer(claims, _groups(asked, token, claims))

    return _asked(ask)


def forget_provider() -> None:
    """Forget what the provider said of itself."""
    _clients.clear()


def refusal(error: str) -> ProviderError:
    """Return what the error of an answer means for the person: RFC 6749, section 4.1.2.1."""
    log.warning("The OpenID provider has answered with an error.")
    return ProviderError(_sentence(CANCELLED if error == "access_denied" else REFUSED))


def _asked[T](ask: Callable[[], T]) -> T:
    # Authlib takes a quarter of the time that a command takes to start: only where people sign in is it imported.
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    try:
        return ask()
    except OSError as error:
        # Any error of requests, including a missing CA file named by REQUESTS_CA_BUNDLE.
        raise _failed(UNREACHABLE, error, NoAnswerError) from error
    except JoseError as error:
        raise _failed(NOT_PROVEN, error) from error
    except AuthlibBaseError as error:
        raise _failed(REFUSED, error) from error
    except MALFORMED as error:
        raise _failed(UNREACHABLE, error, NoAnswerError) from error


def _failed(sentence: str, error: Exception, kind: type[ProviderError] = ProviderError) -> ProviderError:
    # Neither what was sent nor what came back is logged: codes, tokens and secrets are in it.
    log.warning("Signing in with the OpenID provider failed: %s", type(error).__name__)
    return kind(_sentence(sentence))


def _sentence(sentence: str) -> str:
    label = settings.CONSOLE_OIDC_LABEL
    return sentence.format(label=label[:1].upper() + label[1:] if sentence.startswith("{") else label)


# Authlib's client has asked the provider for what it says of itself, and cannot be pickled.
_clients: ProcessCache[tuple[str, str, str, str], Any] = ProcessCache(SECONDS_KEPT, most=1)


def client() -> Any:
    """Return Authlib's client of the provider that is configured. Raises what Authlib and requests raise."""
    named = (
        issuer(),
        settings.CONSOLE_OIDC_CLIENT_ID,
        settings.CONSOLE_OIDC_CLIENT_SECRET,
        settings.CONSOLE_OIDC_SCOPES,
    )
    return _clients.get_or_make(named, lambda _before: _new_client(*named))


def _new_client(issuer: str, client_id: str, client_secret: str, scope: str) -> Any:
    """Return Authlib's client, with the provider's metadata loaded; any error is raised."""
    # As in `_asked`.
    from console.people.openid.bounded_client import bounded_client

    client = bounded_client(client_id, client_secret, scope, issuer.rstrip("/") + DISCOVERY)
    metadata = client.load_server_metadata()
    # OpenID Connect Discovery 1.0, section 4.3: another issuer could say anything of this one.
    if metadata["issuer"] != issuer:
        raise ValueError("The issuer is another one.")
    if not all(is_as_safe(metadata.get(each), issuer) for each in ENDPOINTS):
        raise ValueError("An endpoint cannot be used.")
    # Every provider has RS256: OpenID Connect Core 1.0, section 15.1.
    offered = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
    usable = [each for each in offered if each in ALGORITHMS]
    if not usable:
        raise ValueError("The provider signs by nothing that can be verified by a public key.")
    metadata["id_token_signing_alg_values_supported"] = usable
    return client


def _groups(client: Any, token: Mapping[str, Any], claims: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the groups of the token, or of the provider's answer about the person if the token has none."""
    name = settings.CONSOLE_OIDC_GROUPS_CLAIM
    found = claims.get(name)
    if found is None and client.server_metadata.get("userinfo_endpoint"):
        said = client.userinfo(token=token)
        # OpenID Connect Core 1.0, section 5.3.2.
        if said["sub"] != claims["sub"]:
            raise ValueError("The answer is about somebody else.")
        found = said.get(name)
    listed = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return tuple(each for each in listed if _is_text(each))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and value.isprintable()
