"""What `personalize-local` prints for its clients: environment variables, for a shell or as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.local.http.addresses import PREFIX
from console.local.http.keys import make
from console.local.models import AccessKey

# The keys that it makes, among those that people have made for other things.
OF_THIS = "personalize-local"
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@dataclass(frozen=True, slots=True)
class Ready:
    """What clients need to know of a running service.

    `accounts` has the key of each account, by its ID, and `token` is that of the controls over HTTP.
    """

    endpoint: str
    data: Path
    region: str
    accounts: Mapping[str, Mapping[str, str]]
    token: str

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables of AWS's clients, for the first account, and of who uses the controls."""
        return {
            "AWS_ENDPOINT_URL_PERSONALIZE": self.endpoint,
            "AWS_ENDPOINT_URL_PERSONALIZE_EVENTS": self.endpoint,
            "AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME": self.endpoint,
            **next(iter(self.accounts.values())),
            "AWS_REGION": self.region,
            # boto3 and version 1 of the AWS CLI do not know the other one.
            "AWS_DEFAULT_REGION": self.region,
            "PERSONALIZE_LOCAL_TOKEN": self.token,
        }


def endpoint_of(host: str, port: int) -> str:
    """Return the URL of the endpoint for clients on this machine."""
    reached = ANY_ADDRESS.get(host, host)
    return f"http://{f'[{reached}]' if ':' in reached else reached}:{port}{PREFIX}"


def keys_of(accounts: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the key of each account, as environment variables, creating missing ones."""
    return {account: _variables(_key(account)) for account in accounts}


def as_shell(ready: Ready) -> str:
    """Return the variables as lines that a shell reads, and the rest as its comments."""
    lines = [f"export {name}={value}" for name, value in ready.variables.items()]
    for account, variables in list(ready.accounts.items())[1:]:
        lines += [f"# Account {account}:", *(f"# export {name}={value}" for name, value in variables.items())]
    lines.append(f"# s3://bucket/key is the file {ready.data}/s3/bucket/key")
    lines.append(f"# Ready at {ready.endpoint} (Ctrl-C stops it)")
    return "\n".join(lines)


def as_json(ready: Ready) -> str:
    """Return everything as a line of JSON."""
    content = {
        "endpoint_url": ready.endpoint,
        "environment": ready.variables,
        "accounts": ready.accounts,
        "s3_directory": f"{ready.data}/s3",
    }
    return json.dumps(content)


def _key(account: str) -> AccessKey:
    mine = AccessKey.objects.filter(account=account, name=OF_THIS, is_read_only=False, revoked_at=None)
    return mine.order_by("pk").first() or make(account, OF_THIS, is_read_only=False)


def _variables(key: AccessKey) -> dict[str, str]:
    return {"AWS_ACCESS_KEY_ID": key.access_key_id, "AWS_SECRET_ACCESS_KEY": key.secret}
