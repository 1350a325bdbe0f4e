"""What a person may see of records that other environments sent to the same dataset."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.people.roles import ADMINISTRATOR, Person, may_see, may_see_properties, role_of
from console.personalize.environments import Environment, environments


@dataclass(frozen=True, slots=True)
class Sight:
    """A person on a page of an environment.

    An environment that is not configured any more is there for administrators alone.
    """

    person: Person
    environment: Environment

    def sees(self, name: str) -> bool:
        """Say whether the person may see an environment, by its name."""
        known = environments().get(name)
        return may_see(self.person, known) if known else role_of(self.person) == ADMINISTRATOR

    def sees_properties(self, name: str) -> bool:
        """Say whether the person may see the properties that were sent from an environment."""
        known = environments().get(name)
        return may_see_properties(self.person, known) if known else role_of(self.person) == ADMINISTRATOR

    def names(self) -> Sequence[str] | None:
        """Return the names of the environments that the person may see; None for all that ever were."""
        if role_of(self.person) == ADMINISTRATOR:
            return None
        return [name for name in environments() if self.sees(name)]

    def label(self, name: str) -> str:
        """Return the label of an environment other than the page's own; "" for that."""
        if name == self.environment.name:
            return ""
        known = environments().get(name)
        return known.label if known else name
