"""What says without a call that credentials are those of the same account as before: a clue.

The same clue means the same account. There is none where credentials may be another account's at any time, such as
those of a machine's role, or those that a command prints.
"""

import hashlib
import os
from typing import Any

import botocore.session
from botocore.exceptions import BotoCoreError

# botocore's names of the ways to credentials. A key belongs to one account, and so does a role.
BY_KEY = ("env", "shared-credentials-file", "config-file")
BY_ROLE = ("assume-role", "assume-role-with-web-identity")
BY_ACCOUNT = "sso"


def clue_of_session(session: botocore.session.Session) -> str:
    """Return the clue of the credentials that a session works with, "" if there is none; they are loaded by now."""
    credentials = session.get_credentials()
    if credentials is None:
        return ""
    configured = session.get_scoped_config()
    if credentials.method in BY_KEY:
        return str(credentials.access_key)
    if credentials.method in BY_ROLE:
        return _role(configured, session.instance_variables().get("profile"))
    return str(configured.get("sso_account_id", "")) if credentials.method == BY_ACCOUNT else ""


def clue_of_configuration(profile: str | None) -> str:
    """Return the clue that a session of a profile would have now, "" if there is none; no credentials are loaded."""
    key = os.environ.get("AWS_ACCESS_KEY_ID")
    if key and profile is None:
        return key
    configured = _configured(profile)
    for clue in (_role(configured, profile), configured.get("sso_account_id")):
        if clue:
            return str(clue)
    # Whether a key or the command counts depends on the file that the key is in.
    return "" if "credential_process" in configured else str(configured.get("aws_access_key_id", ""))


def configuration_mark(profile: str | None) -> str:
    """Return a text that becomes another one when a profile of boto3's configuration is changed."""
    return hashlib.sha256(repr(sorted(_configured(profile).items())).encode(errors="replace")).hexdigest()


def _role(configured: dict[str, Any], profile: str | None) -> str:
    """Return the role that a profile names, or where none was chosen the variables for a web identity; "" if none."""
    has_variables = profile is None and "AWS_WEB_IDENTITY_TOKEN_FILE" in os.environ
    return str(configured.get("role_arn") or (has_variables and os.environ.get("AWS_ROLE_ARN")) or "")


def _configured(profile: str | None) -> dict[str, Any]:
    try:
        found: dict[str, Any] = botocore.session.Session(profile=profile).get_scoped_config()
    except BotoCoreError:
        # Nothing can be asked with such a configuration; the pages say what is wrong with it.
        return {}
    return found
