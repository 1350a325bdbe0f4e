"""A type of dataset by example."""

import json
from dataclasses import dataclass
from typing import Any

from tests.support.demo import ACCOUNT, REGION

GROUP = "every-type"
PATH = f"/local/dataset-groups/{GROUP}"
ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}"
# A tracking id is known once its event tracker is there: it takes the place of this.
TARGET = "TARGET"


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A type of dataset by example. `record` is valid record input, `body` the request that sends it.

    `stored` is what `manage.py local_records` prints of it. `other` is a field with its property name and the value
    of a second record beside it; `changed` are two fields with other values, `changed_properties` their property
    names. `wrong` is a field with a value that it does not take, and the sentence of that. `most_characters` is how
    long properties may be. `name` is what a record is called, `in_title` what the title of its page calls it, where
    that is another name.
    """

    dataset_type: str
    slug: str
    operation: str
    command: str
    name: str
    most_characters: int
    fields: list[dict[str, Any]]
    template: dict[str, str]
    record: dict[str, Any]
    body: dict[str, Any]
    stored: dict[str, Any]
    other: tuple[str, str, str]
    changed: dict[str, Any]
    changed_properties: tuple[str, str]
    wrong: tuple[str, Any, str]
    in_title: str = ""
    is_event: bool = False

    @property
    def arn(self) -> str:
        """The ARN of its dataset."""
        return f"{ARN}:dataset/{GROUP}/{self.dataset_type}"

    @property
    def page(self) -> str:
        """The path of its Create record(s)."""
        return f"{PATH}/datasets/{self.slug}/create-records/"

    @property
    def object_id(self) -> str:
        """What its event is about: the id of an item or an action."""
        return str(self.record["ACTION_ID" if "ACTION_ID" in self.record else "ITEM_ID"])

    @property
    def record_id(self) -> str:
        """What stands for its record in tables: its id, of an event its user's."""
        return str(next(iter(self.record.values())))

    @property
    def second(self) -> dict[str, Any]:
        """Another record, as it is typed."""
        field, _property_name, value = self.other
        return {**self.record, field: value}

    @property
    def second_stored(self) -> dict[str, Any]:
        """What is stored of that one."""
        _field, property_name, value = self.other
        return {**self.stored, property_name: value}

    def body_to(self, target: str) -> dict[str, Any]:
        """Return the request's members, with the target that they name."""
        found: dict[str, Any] = json.loads(json.dumps(self.body).replace(TARGET, target))
        return found


def text(name: str, type_: Any = "string", **more: Any) -> dict[str, Any]:
    """Return a field of a schema."""
    return {"name": name, "type": type_, **more}
