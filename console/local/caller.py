"""The caller of a request, and the ARNs of its resources."""

import re
from dataclasses import dataclass

ACCOUNT = re.compile("[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Caller:
    """The account and region that a request's signature is scoped to; a caller sees and changes nothing else."""

    account: str
    region: str

    def arn(self, resource: str) -> str:
        """Return the ARN of one of the caller's resources, as `dataset-group/name`."""
        return f"arn:aws:personalize:{self.region}:{self.account}:{resource}"

    @property
    def scope(self) -> dict[str, str]:
        """The fields of a stored resource that identify its owner."""
        return {"account": self.account, "region": self.region}


def is_account(value: object) -> bool:
    """Return whether a value is an account ID, of 12 digits."""
    return isinstance(value, str) and ACCOUNT.fullmatch(value) is not None
