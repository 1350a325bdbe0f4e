"""The types of datasets whose records are sent one by one: all that tells one from another is data here.

Of operations, members, lengths and numbers the source is botocore's service model of personalize-events; of rates, the
developer guide's "Endpoints and quotas" (limits); of names and titles, the pages of AWS's console.
"""

import re
from dataclasses import dataclass

from console.records.property_names import property_name

# A record as a request has it: its id, and its properties, if there are any, as JSON text.
type RequestMember = dict[str, str]

# The properties of a record that is sent as an id alone.
NO_PROPERTIES = "{}"
INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Entity:
    """One type of dataset, and how its records are sent.

    `name` is what one record is called, after `article`; `plural` is what AWS calls the type: a Users dataset, an
    Items schema. `operation` sends records as its `member`, at most `most_per_call`, to what `target` names: a
    dataset's ARN, or the tracking id of an event tracker. Records of one call have the same values in the fields
    `grouped_by`. `contents` says what a dataset contains, and `example` is a categorical field with a value of two
    categories. `longest_properties` is in characters of JSON text, `calls_per_second` of a dataset group.
    """

    dataset_type: str
    name: str
    article: str
    plural: str
    id_field: str
    operation: str
    longest_properties: int
    contents: str
    example: tuple[str, str]
    most_per_call: int = 10
    calls_per_second: int = 10
    target: str = "datasetArn"
    grouped_by: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """What addresses call the type: `users`."""
        return self.dataset_type.lower().replace("_", "-")

    @property
    def nouns(self) -> str:
        """What several records are called: users."""
        return self.plural.lower()

    @property
    def id_property(self) -> str:
        """What the request calls the id: `userId`."""
        return property_name(self.id_field)

    @property
    def member(self) -> str:
        """The request's member that has the records: `users`."""
        return self.operation.removeprefix("Put")[0].lower() + self.operation.removeprefix("Put")[1:]

    @property
    def path(self) -> str:
        """The path that the request is posted to: `/users`."""
        return f"/{kebab_case(self.member)}"

    @property
    def shape(self) -> str:
        """The name of a record's shape in the service model, and in SDKs: `User`."""
        return self.name.title().replace(" ", "")

    @property
    def iam_action(self) -> str:
        """The action that an IAM policy allows: `personalize:PutUsers`."""
        return f"personalize:{self.operation}"

    @property
    def a_dataset(self) -> str:
        """The type of dataset, with its article: `a Users dataset`."""
        return f"{self.article} {self.plural} dataset"

    @property
    def guide(self) -> str:
        """The page of the developer guide on sending single records: `importing-users.html`."""
        return f"importing-{self.slug}.html"

    @property
    def guide_title(self) -> str:
        """The title of that page."""
        return f"Importing {self.nouns} individually"

    def request_member(self, record_id: str, properties: str) -> RequestMember:
        """Return a record as a request has it, from its properties as JSON text; an id alone if there are none."""
        member = {self.id_property: record_id}
        return member if properties in ("", NO_PROPERTIES) else {**member, "properties": properties}

    def counted(self, number: int) -> str:
        """Return a number of records in words: `1 user`, `2 users`."""
        return f"{number} {self.name if number == 1 else self.nouns}"


def kebab_case(name: str) -> str:
    """Return a name of the service model in lower case with hyphens, as the AWS CLI has it: `put-users`."""
    return INNER_CAPITAL.sub("-", name).lower()


USERS = Entity(
    "USERS",
    "user",
    "a",
    "Users",
    "USER_ID",
    "PutUsers",
    longest_properties=24_000,
    contents="data about users, such as age or membership",
    example=("MEMBERSHIP_TYPE", "Premium Class|Legacy Member"),
)
ITEMS = Entity(
    "ITEMS",
    "item",
    "an",
    "Items",
    "ITEM_ID",
    "PutItems",
    longest_properties=32_000,
    contents="data about items, such as price or genre",
    example=("GENRES", "Comedy|Drama"),
)
ACTIONS = Entity(
    "ACTIONS",
    "action",
    "an",
    "Actions",
    "ACTION_ID",
    "PutActions",
    longest_properties=32_000,
    contents="data about the actions that can be recommended, such as their value",
    example=("CHANNELS", "App|Email"),
)
# By the type of dataset.
ENTITIES: dict[str, Entity] = {each.dataset_type: each for each in (USERS, ITEMS, ACTIONS)}


def entity_of_operation(operation: str) -> Entity | None:
    """Return the entity whose records an operation sends, or None."""
    return next((each for each in ENTITIES.values() if each.operation == operation), None)


def entity_of_slug(slug: str) -> Entity | None:
    """Return the entity that addresses call by a slug, or None."""
    return next((each for each in ENTITIES.values() if each.slug == slug), None)
