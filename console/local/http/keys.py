"""Access keys that may sign requests, looked up without a query per request."""

import secrets
import string

from django.conf import settings

from console.local.http.signature import Key
from console.local.models import AccessKey, Demo
from console.storage.process_cache import ProcessCache

# A revoked key is refused at the latest so long after.
SECONDS_KEPT = 1.0
# AWS's ids begin with four letters that say their kind, and have capital letters and digits; ours say whose they are.
ID_PREFIX = "AKIALOCAL"
ID_CHARACTERS = string.ascii_uppercase + "234567"
ID_LENGTH = 20
SECRET_CHARACTERS = string.ascii_letters + string.digits
SECRET_LENGTH = 40


# Keys that were found, by their ids; they are secrets. Unknown ids are not kept, so that it cannot grow by them.
_kept: ProcessCache[str, Key] = ProcessCache(SECONDS_KEPT)


def find(access_key_id: str) -> Key | None:
    """Return the access key with an ID for the HTTP endpoint, or None if it is unknown or revoked.

    The demo's key is in the settings, where everybody can read it, so it is taken only while there is a demo.
    """
    kept = _kept.get(access_key_id)
    if kept is not None:
        return kept
    key = _stored(access_key_id) or _of_the_demo(access_key_id)
    if key is None:
        _kept.forget(access_key_id)
    else:
        _kept.put(access_key_id, key)
    return key


def find_in_process(access_key_id: str) -> Key | None:
    """Return the access key with an ID for in-process calls: always the key of the settings, and all others.

    The console signs its requests to the environment `local` with the key of the settings, whether there is a demo or
    not. No request from outside comes in by that transport: its caller runs in this process, has the settings, and
    could read the database itself. A signature keeps nobody out there; it is verified because endpoint and transport
    are one service.
    """
    return _of_the_settings(access_key_id) or find(access_key_id)


def forget() -> None:
    """Clear the cache of keys, so that the next request looks them up."""
    _kept.clear()


def make(account: str, name: str, *, is_read_only: bool) -> AccessKey:
    """Create an access key for an account; its secret is shown only once."""
    random_part = "".join(secrets.choice(ID_CHARACTERS) for _ in range(ID_LENGTH - len(ID_PREFIX)))
    return AccessKey.objects.create(
        access_key_id=ID_PREFIX + random_part,
        secret="".join(secrets.choice(SECRET_CHARACTERS) for _ in range(SECRET_LENGTH)),
        account=account,
        name=name,
        is_read_only=is_read_only,
    )


def _stored(access_key_id: str) -> Key | None:
    row = AccessKey.objects.filter(access_key_id=access_key_id, revoked_at=None).first()
    return None if row is None else Key(row.access_key_id, row.secret, row.account, row.is_read_only)


def _of_the_demo(access_key_id: str) -> Key | None:
    key = _of_the_settings(access_key_id)
    return key if key and Demo.objects.exists() else None


def _of_the_settings(access_key_id: str) -> Key | None:
    if access_key_id != settings.CONSOLE_LOCAL_ACCESS_KEY_ID:
        return None
    return Key(access_key_id, settings.CONSOLE_LOCAL_SECRET_ACCESS_KEY, settings.CONSOLE_LOCAL_ACCOUNT)
