"""System checks of sign-in settings: a wrong value stops the start with a sentence."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from console.output.user_information import may_have_user_information
from console.people.openid.addresses import can_be_asked
from console.variables.names import SETTINGS_TAG


@register(SETTINGS_TAG)
def somebody_can_sign_in(**_options: Any) -> list[CheckMessage]:
    """Check that there is a way to sign in."""
    if settings.CONSOLE_PASSWORD_SIGN_IN or settings.CONSOLE_OIDC_ISSUER:
        return []
    hint = "Set CONSOLE_OIDC_ISSUER, or unset CONSOLE_PASSWORD_SIGN_IN."
    return [
        Error("Nobody can sign in: passwords are switched off, and there is no provider.", hint=hint, id="people.E001")
    ]


@register(SETTINGS_TAG)
def the_provider_can_be_used(**_options: Any) -> list[CheckMessage]:
    """Check the settings of the OpenID provider."""
    if not settings.CONSOLE_OIDC_ISSUER:
        return []
    errors: list[CheckMessage] = []
    if may_have_user_information(settings.CONSOLE_OIDC_ISSUER):
        sentence = "CONSOLE_OIDC_ISSUER: expected an address without a user name and a password before an @."
        hint = "Give the client's ID and secret as CONSOLE_OIDC_CLIENT_ID and CONSOLE_OIDC_CLIENT_SECRET."
        errors.append(Error(sentence, hint=hint, id="people.E006"))
    elif not _is_safe(settings.CONSOLE_OIDC_ISSUER):
        sentence = "CONSOLE_OIDC_ISSUER: expected an address that begins with https://."
        hint = "Give the issuer as the provider writes it. Only a provider on this machine may have http://."
        errors.append(Error(sentence, hint=hint, id="people.E002"))
    if not settings.CONSOLE_OIDC_CLIENT_ID or not settings.CONSOLE_OIDC_CLIENT_SECRET:
        sentence = "CONSOLE_OIDC_ISSUER is set, and CONSOLE_OIDC_CLIENT_ID or CONSOLE_OIDC_CLIENT_SECRET is not."
        errors.append(Error(sentence, hint="Set both as the provider gave them.", id="people.E003"))
    if "openid" not in settings.CONSOLE_OIDC_SCOPES.split():
        hint = "The default is: openid profile email."
        errors.append(Error("CONSOLE_OIDC_SCOPES: expected openid among them.", hint=hint, id="people.E004"))
    return errors


@register(SETTINGS_TAG)
def sessions_and_links_last(**_options: Any) -> list[CheckMessage]:
    """Check that sessions, and links to set a password, do not expire at once."""
    hint = "Give hours, such as 0.5, or unset it to use the default."
    return [
        Error(f"{name}: expected more than 0.", hint=hint, id="people.E005")
        for name in ("CONSOLE_SESSION_HOURS", "CONSOLE_SESSION_IDLE_HOURS", "CONSOLE_LINK_HOURS")
        if not getattr(settings, name)
    ]


def _is_safe(issuer: str) -> bool:
    if not can_be_asked(issuer):
        return False
    parts = urlsplit(issuer)
    return parts.scheme == "https" or _is_this_machine(parts.hostname or "")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
