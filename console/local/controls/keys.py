"""Creates access keys for the accounts of tests."""

import secrets
import string
from typing import Any

from console.local.controls.answers import Answer, as_json
from console.local.controls.requests import members_of_body
from console.local.http import keys
from console.local.models import AccessKey

NAME = "made by the controls"
DIGITS = 12


def make_key(environ: Any) -> Answer:
    """Create and return a key for `account`, or for a new account; with `readOnly`, it can only read."""
    members = members_of_body(environ, "account", "readOnly")
    is_read_only = members.one("readOnly", "true or false", lambda found: isinstance(found, bool), False)
    key = keys.make(members.account() or _new_account(), NAME, is_read_only=is_read_only)
    return as_json({"account": key.account, "accessKeyId": key.access_key_id, "secretAccessKey": key.secret})


def _new_account() -> str:
    """Return an account that has no key, and therefore no data."""
    while True:
        account = "".join(secrets.choice(string.digits) for _ in range(DIGITS))
        if not AccessKey.objects.filter(account=account).exists():
            return account
