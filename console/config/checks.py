"""System checks of the settings, and of what production must not have: each stops a start with a sentence."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from console.people.demo import demo_accounts
from console.personalize.environment_values import EnvironmentsError
from console.personalize.environments import environments
from console.storage.disk import NO_ROOM
from console.variables.names import SETTINGS_TAG, known_names, misspelt, unknown


@register(SETTINGS_TAG)
def environments_can_be_used(**_options: Any) -> list[CheckMessage]:
    """Check the file that CONSOLE_ENVIRONMENTS names."""
    try:
        environments()
    except EnvironmentsError as error:
        hint = "Fix the file that CONSOLE_ENVIRONMENTS names, or unset it to have the local service only."
        return [Error(str(error), hint=hint, id="console.E001")]
    return []


@register(SETTINGS_TAG)
def settings_are_read(**_options: Any) -> list[CheckMessage]:
    """Check that each setting in the environment variables exists: a misspelt one would have no effect."""
    known = known_names()
    hint = "Correct the name, or unset it."
    messages: list[CheckMessage] = [
        Error(f"{name} is not a setting, so nothing reads it. Did you mean {meant}?", hint=hint, id="console.E004")
        for name, meant in sorted(misspelt(os.environ, known).items())
    ]
    others = unknown(os.environ, known)
    if others:
        sentence = (
            f"Nothing reads these environment variables, although they begin like settings: {', '.join(others)}."
        )
        hint = (
            "Unset them, if you meant them. A container platform makes such names for a service called console: "
            "Kubernetes does so unless enableServiceLinks is false."
        )
        messages.append(Warning(sentence, hint=hint, id="console.W001"))
    return messages


# Characters of a bearer token (RFC 6750, section 2.1): no client can send others.
TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")


@register(SETTINGS_TAG)
def metrics_token_can_be_sent(**_options: Any) -> list[CheckMessage]:
    """Check that a client can send the token that /metrics asks for."""
    if not settings.CONSOLE_METRICS_TOKEN or TOKEN.fullmatch(settings.CONSOLE_METRICS_TOKEN):
        return []
    sentence = "CONSOLE_METRICS_TOKEN has characters that no client can send, so nobody could read /metrics."
    hint = "Use letters, digits and any of . _ ~ + / - alone, with = at the end only, or unset it."
    return [Error(sentence, hint=hint, id="console.E006")]


# Both are published, in config/settings.py.
DEMO_KEY = ("AKIALOCALDEMOEXAMPLE", "local-demo-secret-key")


@register(SETTINGS_TAG)
def the_directory_of_imports_can_be_used(**_options: Any) -> list[CheckMessage]:
    """Check that the directory named by CONSOLE_IMPORT_DIR is writable, creating it if necessary."""
    directory = settings.CONSOLE_IMPORT_DIR
    if not directory:
        return []
    hint = "Name a directory that the console may write to, by its whole path, or unset CONSOLE_IMPORT_DIR."
    if not Path(directory).is_absolute():
        return [Error(f"CONSOLE_IMPORT_DIR is not a whole path: {directory}.", hint=hint, id="console.E008")]
    try:
        Path(directory).mkdir(mode=0o700, exist_ok=True)
        with TemporaryFile(dir=directory):
            return []
    except OSError as error:
        if error.errno in NO_ROOM:
            # Commands that store no files work regardless.
            return []
        reason = "it is a file" if isinstance(error, FileExistsError) else error.strerror
        sentence = f"The directory that CONSOLE_IMPORT_DIR names cannot be used ({reason}): {directory}."
        return [Error(sentence, hint=hint, id="console.E008")]


@register(SETTINGS_TAG)
def the_http_endpoint_has_keys_of_its_own(**_options: Any) -> list[CheckMessage]:
    """Check that production accepts no published access key at /aws."""
    key = (settings.CONSOLE_LOCAL_ACCESS_KEY_ID, settings.CONSOLE_LOCAL_SECRET_ACCESS_KEY)
    if not settings.CONSOLE_IS_PRODUCTION or not settings.CONSOLE_LOCAL_HTTP or not {*key} & {*DEMO_KEY}:
        return []
    sentence = "The local service would accept the demo's access key at /aws, and its secret is public."
    hint = "Set CONSOLE_LOCAL_ACCESS_KEY_ID and CONSOLE_LOCAL_SECRET_ACCESS_KEY, or leave CONSOLE_LOCAL_HTTP out."
    return [Error(sentence, hint=hint, id="console.E003")]


@register(SETTINGS_TAG)
def the_controls_have_an_endpoint(**_options: Any) -> list[CheckMessage]:
    """Check that there is an address for the controls of the local service where they are on."""
    if settings.CONSOLE_LOCAL_HTTP or not settings.CONSOLE_LOCAL_CONTROLS:
        return []
    sentence = "CONSOLE_LOCAL_CONTROLS is 1, and the controls are at /aws/_local/, but CONSOLE_LOCAL_HTTP is 0."
    hint = "Set CONSOLE_LOCAL_HTTP to 1, or leave CONSOLE_LOCAL_CONTROLS out."
    return [Error(sentence, hint=hint, id="console.E007")]


@register(Tags.database)
def production_has_no_demo_accounts(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Check that nobody can sign in to production with a name as the password; nothing before there are accounts."""
    if not settings.CONSOLE_IS_PRODUCTION or not databases:
        return []
    if "auth_user" not in connection.introspection.table_names():
        return []
    names = demo_accounts()
    if not names:
        return []
    sentence = f"Anyone can sign in with the demo's accounts, whose passwords are their names: {', '.join(names)}."
    hint = "Give each a password of its own with manage.py changepassword, or use a database without a demo."
    return [Error(sentence, hint=hint, id="console.E002")]
