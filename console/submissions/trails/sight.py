"""What a person may see of records that environments sent to the same dataset."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from console.people.roles import ADMINISTRATOR, Person, may_see, may_see_properties, role_of
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import LOCAL, Environment, environments
from console.submissions.models import dataset_key
from console.submissions.origins import Origin, arn_prefix_of
from console.submissions.trails.own_trail import environments_of_origins


@dataclass(frozen=True, slots=True)
class Sender:
    """An origin of records that were sent to a dataset, and the environment that it still is, if it is one."""

    origin: Origin
    environment: Environment | None


@dataclass(frozen=True, slots=True)
class Sight:
    """A person on a page of an environment, and those that sent records to a dataset, by the keys of their origins.

    What is no environment any more, or another one today, is there for administrators alone; an earlier demo of the
    local service is there for all who see that.
    """

    person: Person
    environment: Environment
    senders: dict[int, Sender]
    # Answers so far, by the origin's key: pages and checks ask for each of their records.
    _seen: dict[int, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _read: dict[int, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def sees(self, origin: int) -> bool:
        """Return whether the person may see what is of an origin."""
        if origin not in self._seen:
            known = self._permitting(origin)
            self._seen[origin] = may_see(self.person, known) if known else role_of(self.person) == ADMINISTRATOR
        return self._seen[origin]

    def sees_properties(self, origin: int) -> bool:
        """Return whether the person may see the properties that are of an origin."""
        if origin not in self._read:
            known = self._permitting(origin)
            is_administrator = role_of(self.person) == ADMINISTRATOR
            self._read[origin] = may_see_properties(self.person, known) if known else is_administrator
        return self._read[origin]

    def origins(self) -> Sequence[int] | None:
        """Return the keys of the origins that the person may see; None for all."""
        if role_of(self.person) == ADMINISTRATOR:
            return None
        return [key for key in self.senders if self.sees(key)]

    def label(self, origin: int) -> str:
        """Return the label of another environment than the page's own, as it is or was; "" for that."""
        known = self._environment(origin)
        if self.environment == known or self.environment.origin == origin:
            return ""
        if known:
            return known.label
        former = self._sender(origin).origin
        if former.environment == LOCAL:
            return former.demo
        # Another environment may have the name today.
        return former.label if former.environment in environments() else former.environment

    def _permitting(self, origin: int) -> Environment | None:
        """Return the environment whose permissions count for an origin; None where only administrators see it."""
        found = self._sender(origin)
        return environments()[LOCAL] if found.origin.environment == LOCAL else found.environment

    def _environment(self, origin: int) -> Environment | None:
        return self._sender(origin).environment

    def _sender(self, origin: int) -> Sender:
        """Return what is of an origin's key: also of one that came to be while the page is made."""
        if origin not in self.senders:
            self.senders.update(_senders(Origin.objects.filter(pk=origin)))
        return self.senders[origin]


def sight_of(person: Person, environment: Environment, dataset: str) -> Sight:
    """Return what a person may see of a dataset, as `dataset_key` has it, on a page of an environment."""
    endpoint, _, arn = dataset.partition(" ")
    origins = Origin.objects.filter(endpoint=endpoint, arn_prefix=arn_prefix_of(arn))
    return Sight(person, environment, _senders(origins))


def sight_of_arn(person: Person, environment: Environment, arn: str) -> Sight:
    """Return the same by the ARN of a dataset that an environment has today."""
    return sight_of(person, environment, dataset_key(endpoint_of(environment), arn))


def _senders(origins: Iterable[Origin]) -> dict[int, Sender]:
    found = list(origins)
    known = environments_of_origins(found)
    return {each.pk: Sender(each, known[each.pk]) for each in found}
