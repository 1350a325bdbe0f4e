"""The types of datasets: all that tells one from another, and how its records are sent, is data here.

Of operations, members, lengths and numbers the source is botocore's service model of personalize-events; of rates, the
developer guide's "Endpoints and quotas" (limits); of names and titles, the pages of AWS's console.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from console.records.event_members import EVENT_ID, EVENT_TYPE, IMPRESSION, RECOMMENDATION_ID, SESSION_ID, EventMember
from console.records.property_names import match_key, property_name

# A record as a request has it: such as its id, and its properties, if there are any, as JSON text.
type RequestMember = dict[str, Any]

# The properties of a record that is sent as an id alone.
NO_PROPERTIES = "{}"
INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, eq=False)
class Entity:
    """One type of dataset, and how its records are sent.

    `name` is what one record is called, after `article`; `plural` is what AWS calls the type: a Users dataset, an
    Items schema. `operation` sends records as its `member`, at most `most_per_call`, to what `target` names: a
    dataset's ARN, or the tracking id of an event tracker. `contents` says what a dataset contains, and `example` is a
    categorical field with a value of two categories. `longest_properties` is in characters of JSON text,
    `calls_per_second` of a dataset group.

    A record replaces the one with its id. An event is added to all others: its type has `event_members`, and the id
    field says whose it is. It goes to the event tracker of the dataset group, or where `has_own_tracker` to the one
    that Amazon Personalize makes with the dataset.
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
    list_member: str = ""
    shape_name: str = ""
    # The word for a record in the title of AWS's console page, where it differs.
    name_in_title: str = ""
    # The page of the developer guide, and its title, where they are not made of the type's words.
    own_guide: tuple[str, str] | None = None
    event_members: tuple[EventMember, ...] = ()
    has_own_tracker: bool = False
    # "You can't export data in an Action interactions dataset or Actions dataset" (developer guide, "Exporting the
    # training data in a dataset to Amazon S3").
    is_exported: bool = True
    # "You can't replace the schema of an Item interactions dataset, Action interactions dataset or Actions dataset"
    # (developer guide, "Replacing a dataset's schema to add new columns").
    takes_new_schema: bool = False

    def is_type_of(self, other: "Entity") -> bool:
        """Return whether it is the same type as another one, which may take more records at a time."""
        return self.dataset_type == other.dataset_type

    @property
    def is_event(self) -> bool:
        """Whether its records are events, which replace nothing."""
        return bool(self.event_members)

    @cached_property
    def event_members_by_key(self) -> dict[str, EventMember]:
        """The members of an event by the key that names of fields are matched on."""
        return {match_key(each.field): each for each in self.event_members}

    @property
    def grouped_by(self) -> tuple[str, ...]:
        """The fields whose values are the same for all records of a call."""
        return tuple(each.field for each in self.event_members if each.is_of_call)

    @property
    def title(self) -> str:
        """What the title of its page calls a record."""
        return self.name_in_title or self.name

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
        own = self.operation.removeprefix("Put")
        return self.list_member or own[0].lower() + own[1:]

    @property
    def id_column(self) -> str:
        """What a column of ids is called: `User ID`, of events too, whose ids are their users'."""
        return "User ID" if self.is_event else f"{self.shape} ID"

    @property
    def object_column(self) -> str:
        """What a column of the ids that events are about is called: `Item ID`, `Action ID`."""
        return f"{self.plural.partition(' ')[0]} ID"

    @property
    def object_field(self) -> str:
        """The field of what events are about: `ITEM_ID`, `ACTION_ID`."""
        return self.object_column.upper().replace(" ", "_")

    @property
    def path(self) -> str:
        """The path that the request is posted to: `/users`."""
        return f"/{kebab_case(self.operation.removeprefix('Put'))}"

    @property
    def shape(self) -> str:
        """The name of a record's shape in the service model, and in SDKs: `User`."""
        return self.shape_name or self.name.title().replace(" ", "")

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
        return self.own_guide[0] if self.own_guide else f"importing-{self.slug}.html"

    @property
    def guide_title(self) -> str:
        """The title of that page."""
        return self.own_guide[1] if self.own_guide else f"Importing {self.nouns} individually"

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
    takes_new_schema=True,
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
    takes_new_schema=True,
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
    is_exported=False,
)
INTERACTIONS = Entity(
    "INTERACTIONS",
    "item interaction",
    "an",
    "Item interactions",
    "USER_ID",
    "PutEvents",
    longest_properties=1024,
    contents="what users did with items, such as watching or buying them",
    example=("DEVICE", "Phone|Tablet"),
    calls_per_second=1000,
    target="trackingId",
    list_member="eventList",
    shape_name="Event",
    name_in_title="user-item interaction",
    own_guide=("importing-interactions.html", "Importing interactions individually"),
    event_members=(
        EventMember("USER_ID", "userId", is_of_call=True),
        EventMember(SESSION_ID, "sessionId", is_of_call=True),
        EventMember("ITEM_ID", "itemId"),
        EVENT_TYPE,
        EventMember("TIMESTAMP", "sentAt", "long", is_required=True),
        EventMember("EVENT_VALUE", "eventValue", "float"),
        IMPRESSION,
        RECOMMENDATION_ID,
        EVENT_ID,
        EventMember(
            "EVENT_ATTRIBUTION_SOURCE", "metricAttribution.eventAttributionSource", is_ascii=True, longest=1024
        ),
    ),
)
ACTION_INTERACTIONS = Entity(
    "ACTION_INTERACTIONS",
    "action interaction",
    "an",
    "Action interactions",
    "USER_ID",
    "PutActionInteractions",
    longest_properties=1024,
    contents="what users did with actions: took them, did not take them, or viewed them",
    example=("CHANNEL", "App|Email"),
    calls_per_second=1000,
    target="trackingId",
    own_guide=("recording-action-interaction-events.html", "Recording real-time action interaction events"),
    # "Finding the ID of your action interaction event tracker".
    has_own_tracker=True,
    is_exported=False,
    event_members=(
        EventMember("USER_ID", "userId"),
        EventMember(SESSION_ID, "sessionId"),
        EventMember("ACTION_ID", "actionId", is_required=True),
        # "Preparing action interactions data for training" names these three, and spells them in several ways.
        replace(EVENT_TYPE, values=("Taken", "Not Taken", "Viewed")),
        EventMember("TIMESTAMP", "timestamp", "long", is_required=True),
        IMPRESSION,
        RECOMMENDATION_ID,
        EVENT_ID,
    ),
)
# Entities by dataset type: those whose records replace one another by id, those of events, and all of them.
RECORD_TYPES: dict[str, Entity] = {each.dataset_type: each for each in (USERS, ITEMS, ACTIONS)}
EVENT_TYPES: dict[str, Entity] = {each.dataset_type: each for each in (INTERACTIONS, ACTION_INTERACTIONS)}
ENTITIES: dict[str, Entity] = RECORD_TYPES | EVENT_TYPES


def entity_of_operation(operation: str) -> Entity | None:
    """Return the entity whose records an operation sends, or None."""
    return next((each for each in ENTITIES.values() if each.operation == operation), None)


def entity_of_id(field: str) -> Entity | None:
    """Return the entity whose records a field of events has the ids of, or None."""
    return next((each for each in RECORD_TYPES.values() if each.id_field == field), None)


def entity_of_slug(slug: str) -> Entity | None:
    """Return the entity that addresses call by a slug, or None."""
    return next((each for each in ENTITIES.values() if each.slug == slug), None)
