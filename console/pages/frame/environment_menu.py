"""The environment menu of the top navigation: label, region, account, colour, and special properties."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.personalize.accounts.account_ids import account_of
from console.personalize.environments import Environment

# Default colours, where the environments file names none.
GUARDED_COLOUR, READ_ONLY_COLOUR = "red", "grey"


@dataclass(frozen=True, slots=True)
class Choice:
    """An environment in the top navigation; `account` is its id, if already known."""

    environment: Environment
    account: str
    is_current: bool

    @property
    def words(self) -> str:
        """The environment's label, with its region and account."""
        return " · ".join(filter(None, (self.environment.label, self.environment.region, self.account)))

    @property
    def marks(self) -> str:
        """What is special about the environment, in words, so that colour is not the only sign."""
        marks = {"Guarded": self.environment.guarded, "Read-only": self.environment.read_only}
        return " · ".join(word for word, applies in marks.items() if applies)

    @property
    def colour(self) -> str:
        """The name of the environment's colour; "" for none."""
        if self.environment.colour:
            return self.environment.colour
        if self.environment.guarded:
            return GUARDED_COLOUR
        return READ_ONLY_COLOUR if self.environment.read_only else ""


def choices(environments: Iterable[Environment], current: Environment | None) -> list[Choice]:
    """Return the environments that a person can choose from, without waiting for accounts that are still unknown."""
    return [Choice(environment, account_of(environment), environment == current) for environment in environments]
