"""What works of signing in as it is configured: tried at the provider, without anybody signing in.

Discovery and keys are asked for as OpenID Connect Discovery 1.0 has them. A code that does not exist is exchanged: a
provider refuses it as `invalid_grant` where it knows the client, and as `invalid_client` where it does not, says
RFC 6749, section 5.2. The address to come back to is tried by `prompt=none`, at which a provider sends a browser back
to an address that it knows with an error such as `login_required`: OpenID Connect Core 1.0, section 3.1.2.6.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from console.people.openid import deadline, provider
from console.people.openid.addresses import is_as_safe
from console.people.openid.bounded_client import keys_to_verify_by
from console.people.openid.provider_answers import CHECK_NETWORK, Answered, ask, first_answer, word_of

NOT_IN_TIME = f"did not respond within {deadline.SECONDS} seconds."
ASK_THEM = "Ask the administrators of the provider."
TRY_AGAIN = "Check that the console reaches it, and try again."
CHECK_CLIENT = (
    "Check the token_endpoint that the provider names, CONSOLE_OIDC_CLIENT_ID and CONSOLE_OIDC_CLIENT_SECRET."
)
NO_CODE = "personalize-console-check"
KNOWS_CLIENT, KNOWS_NO_CLIENT = ("invalid_grant",), ("invalid_client", "unauthorized_client")
# Errors returned to a browser in which nobody has signed in yet.
CAME_BACK = ("login_required", "interaction_required", "consent_required", "account_selection_required")


class State(StrEnum):
    """What came of a check; what is only to be known does not fail."""

    WORKS = "works"
    FAILS = "fails"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of a check, and what to do where it fails."""

    state: State
    sentence: str
    advice: str = ""


def findings(back: Sequence[str]) -> Iterator[Finding]:
    """Try how people sign in, step after step; `back` are the addresses that the provider sends browsers back to.

    What follows of a step that fails is not tried. No secret is in a sentence.
    """
    passwords = "with a password" if settings.CONSOLE_PASSWORD_SIGN_IN else "only with the provider"
    yield Finding(State.NOTE, f"People sign in {passwords}.")
    if not settings.CONSOLE_OIDC_ISSUER:
        yield Finding(State.NOTE, "There is no OpenID provider: CONSOLE_OIDC_ISSUER is not set.")
        return
    client, scopes = settings.CONSOLE_OIDC_CLIENT_ID, settings.CONSOLE_OIDC_SCOPES
    yield Finding(State.NOTE, f"Provider {provider.issuer()}, client {client} with a secret, scopes {scopes}.")
    yield from _roles()
    said = ask(provider.issuer().rstrip("/") + provider.DISCOVERY)
    found = [*_discovery(said)]
    yield from found
    if not isinstance(said.content, dict) or any(each.state is State.FAILS for each in found):
        return
    yield from _claims(said.content)
    keys = _keys(said.content)
    yield keys
    yield _client(back[0])
    yield from (_way_back(each) for each in back)


def findings_in_time(back: Sequence[str], seconds: float) -> Iterator[Finding]:
    """Give the findings of `findings`, and begin no further check after so many seconds."""
    until = time.monotonic() + seconds
    for each in findings(back):
        yield each
        if time.monotonic() > until:
            stopped = f"Stopped after {seconds:g} seconds: checks that would follow were not tried."
            yield Finding(State.NOTE, stopped, "manage.py check_sign_in tries all of them.")
            return


def _roles() -> Iterator[Finding]:
    """Say which groups give what, and what of that nobody can have."""
    operators, administrators = settings.CONSOLE_OIDC_OPERATORS, settings.CONSOLE_OIDC_ADMINISTRATORS
    allowed = settings.CONSOLE_OIDC_ALLOWED
    named = {"Operators": operators, "administrators": administrators, "may sign in": allowed}
    words = {"may sign in": "everybody"}
    texts = [f"{role}: {', '.join(groups) or words.get(role, 'nobody')}" for role, groups in named.items()]
    yield Finding(State.NOTE, f"{'; '.join(texts)}.")
    if not administrators and not settings.CONSOLE_PASSWORD_SIGN_IN:
        yield Finding(
            State.FAILS,
            "Nobody can be an administrator: passwords are off, and no group of the provider gives that role.",
            "Name a group in CONSOLE_OIDC_ADMINISTRATORS.",
        )
    outside = [each for each in (*operators, *administrators) if allowed and each not in allowed]
    if outside:
        yield Finding(
            State.NOTE,
            f"Members of {', '.join(dict.fromkeys(outside))} may sign in only if they are in a group of "
            "CONSOLE_OIDC_ALLOWED too.",
        )


def _discovery(said: Answered) -> Iterator[Finding]:
    """Validate what the provider says of itself."""
    metadata = said.content
    advice = "Check CONSOLE_OIDC_ISSUER, which is the address before /.well-known/openid-configuration."
    if said.failure:
        yield Finding(State.FAILS, f"Discovery: {said.failure}", said.advice or advice)
        return
    if not isinstance(metadata, dict):
        yield Finding(State.FAILS, "Discovery: the provider's response is not a JSON object.", advice)
        return
    if metadata.get("issuer") != provider.issuer():
        named = word_of(metadata.get("issuer"))
        sentence = f"Discovery: the provider calls itself {named}, and CONSOLE_OIDC_ISSUER is {provider.issuer()}."
        yield Finding(State.FAILS, sentence, "Write the issuer as the provider does, including a slash at its end.")
        return
    missing = [each for each in provider.ENDPOINTS if not is_as_safe(metadata.get(each), provider.issuer())]
    if missing:
        sentence = f"Discovery: the provider names no {', '.join(missing)} that can be used."
        yield Finding(State.FAILS, sentence, "It may not support the authorization code flow. Ask its administrators.")
        return
    algorithms = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
    if not isinstance(algorithms, list) or not provider.ALGORITHMS.intersection(map(str, algorithms)):
        sentence = "Discovery: the provider uses no signing algorithm that a public key can verify."
        yield Finding(State.FAILS, sentence, "Let it sign with RS256, which every provider supports.")
        return
    yield Finding(State.WORKS, "Discovery: the provider names its endpoints and signing algorithms.")


def _claims(metadata: Mapping[str, Any]) -> Iterator[Finding]:
    """Say what the provider lists of scopes and of the claim of groups; it need not list all."""
    scopes, wanted = metadata.get("scopes_supported"), settings.CONSOLE_OIDC_SCOPES.split()
    listed = scopes if isinstance(scopes, list) else wanted
    unlisted = [each for each in wanted if each not in listed]
    if unlisted:
        yield Finding(State.NOTE, f"Scopes: the provider does not list {', '.join(unlisted)}, and may not accept it.")
    claim, claims = settings.CONSOLE_OIDC_GROUPS_CLAIM, metadata.get("claims_supported")
    if isinstance(claims, list) and claim in claims:
        yield Finding(State.WORKS, f"Groups: the provider lists the claim {claim}.")
    else:
        yield Finding(
            State.NOTE,
            f"Groups: the provider does not list the claim {claim}. It may still send it: sign in, and check your "
            "role in the menu under your name.",
        )


def _keys(metadata: Mapping[str, Any]) -> Finding:
    said = ask(metadata["jwks_uri"])
    if said.failure:
        return Finding(State.FAILS, f"Keys: {said.failure}", said.advice or "Check that the console reaches jwks_uri.")
    try:
        # The content may have any shape.
        keys = KeySet.import_key_set(keys_to_verify_by(said.content)).keys  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError, AttributeError):
        keys = []
    if not keys:
        return Finding(State.FAILS, "Keys: the provider publishes none that can verify its signatures.", ASK_THEM)
    return Finding(State.WORKS, f"Keys: {len(keys)} to verify the provider's signatures with.")


def _client(back: str) -> Finding:
    """Exchange a code that there is not, and return what that says of the client's id and secret."""
    malformed = "Client: the token endpoint does not respond as one should ({})."
    try:
        token = provider.client().fetch_access_token(back, code=NO_CODE, code_verifier=generate_token(48))
    except AuthlibBaseError as error:
        code = word_of(getattr(error, "error", ""))
    except requests.Timeout:
        return Finding(State.FAILS, f"Client: the token endpoint {NOT_IN_TIME}", CHECK_NETWORK)
    except requests.HTTPError as error:
        status = cast(requests.Response, error.response).status_code
        advice = TRY_AGAIN if status >= HTTPStatus.INTERNAL_SERVER_ERROR else CHECK_CLIENT
        return Finding(State.FAILS, malformed.format(f"HTTP status {status}"), advice)
    except (OSError, *provider.MALFORMED) as error:
        return Finding(State.FAILS, malformed.format(type(error).__name__), TRY_AGAIN)
    else:
        if not isinstance(token, dict) or not token.get("access_token"):
            return Finding(State.FAILS, malformed.format("neither a token nor an error"), ASK_THEM)
        return Finding(State.FAILS, "Client: the provider accepted a code that it never issued.", ASK_THEM)
    if code in KNOWS_CLIENT:
        return Finding(State.WORKS, "Client: the provider accepts the client ID and secret.")
    if code in KNOWS_NO_CLIENT:
        sentence = f"Client: the provider does not accept the client ID and secret ({code})."
        return Finding(State.FAILS, sentence, "Check CONSOLE_OIDC_CLIENT_ID and CONSOLE_OIDC_CLIENT_SECRET.")
    return Finding(
        State.NOTE,
        f"Client: the provider responded with {code}, which does not show whether the client ID and secret are right.",
    )


def _way_back(back: str) -> Finding:
    """Return whether the provider sends browsers back to an address."""
    try:
        answer = first_answer(back, silently=True)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            # Some providers cannot do it silently.
            answer = first_answer(back, silently=False)
    except requests.Timeout:
        return Finding(State.FAILS, f"Address: the provider {NOT_IN_TIME}", CHECK_NETWORK)
    except ValueError:
        return Finding(State.FAILS, "Address: the provider sends browsers to an address that is not valid.", ASK_THEM)
    except (provider.ProviderError, OSError) as error:
        return Finding(State.FAILS, f"Address: the provider does not respond ({type(error).__name__}).", "Try again.")
    location = answer.headers.get("Location", "") if answer.is_redirect else ""
    if location.partition("?")[0] == back:
        code = word_of("".join(parse_qs(urlsplit(location).query).get("error", [])))
        if code in CAME_BACK:
            return Finding(State.WORKS, f"Address: the provider sends browsers back to {back}.")
        advice = "Check the scopes, and that the client may use the authorization code flow."
        return Finding(State.FAILS, f"Address: the provider refuses the request ({code}).", advice)
    register = f"Register {back} at the provider, exactly as it is written here."
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        sentence = f"Address: the provider does not send browsers back to {back} (HTTP status {answer.status_code})."
        return Finding(State.FAILS, sentence, register)
    sentence = f"Address: the provider shows a page of its own, so it may or may not send browsers back to {back}."
    return Finding(State.NOTE, sentence, register)
