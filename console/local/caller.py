"""Who calls, and the names of what is theirs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """The account and region that a request's signature is scoped to: nothing else is seen or changed."""

    account: str
    region: str

    def arn(self, resource: str) -> str:
        """Return the ARN of one of the caller's resources, as `dataset-group/name`."""
        return f"arn:aws:personalize:{self.region}:{self.account}:{resource}"

    @property
    def scope(self) -> dict[str, str]:
        """The fields of a stored resource that say whose it is."""
        return {"account": self.account, "region": self.region}
