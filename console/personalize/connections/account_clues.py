"""Clues, available without a call, that credentials are of the same account as before.

Equal clues mean the same account. There is none for credentials that may change accounts at any time, such as those of
a machine's role, or those that a command prints.
"""

import os
from typing import Any

import botocore.session

# botocore's names of the ways to credentials. A key belongs to one account, and so does a role.
BY_KEY = ("env", "shared-credentials-file", "config-file")
BY_ROLE = ("assume-role", "assume-role-with-web-identity")
BY_ACCOUNT = "sso"


def clue_of_session(session: botocore.session.Session) -> str:
    """Return the clue of a session's credentials, which are loaded by now; "" if there is none."""
    credentials = session.get_credentials()
    if credentials is None:
        return ""
    if credentials.method in BY_KEY:
        return str(credentials.access_key)
    if credentials.method in BY_ROLE:
        return _role(session)
    return str(session.get_scoped_config().get("sso_account_id", "")) if credentials.method == BY_ACCOUNT else ""


def clue_of_configuration(session: botocore.session.Session) -> str:
    """Return the clue that a session will have once its credentials are loaded; "" if there is none.

    Raise BotoCoreError if its configuration cannot be read.
    """
    configured = session.get_scoped_config()
    key = os.environ.get("AWS_ACCESS_KEY_ID")
    if key and _profile(session) is None:
        return key
    for clue in (_role(session), configured.get("sso_account_id")):
        if clue:
            return str(clue)
    # Whether a key or the command counts depends on the file that the key is in.
    return "" if "credential_process" in configured else str(configured.get("aws_access_key_id", ""))


def _role(session: botocore.session.Session) -> str:
    """Return the role that a profile names, or, if none was chosen, that of a web identity's variables; "" if none."""
    has_variables = _profile(session) is None and "AWS_WEB_IDENTITY_TOKEN_FILE" in os.environ
    named = session.get_scoped_config().get("role_arn")
    return str(named or (has_variables and os.environ.get("AWS_ROLE_ARN")) or "")


def _profile(session: botocore.session.Session) -> Any:
    return session.instance_variables().get("profile")
