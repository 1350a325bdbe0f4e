"""What each type of dataset asks of its schema, in a Custom dataset group and in the two domains.

The sources are the developer guide's tables in "Custom datasets and schemas", "VIDEO_ON_DEMAND datasets and schemas"
and "ECOMMERCE datasets and schemas". Where they differ from the pages on single datasets, both are taken: so
CREATION_TIMESTAMP is a long, and for the items of a shop a float too. A Users schema needs a metadata field, and the
default one for video has none but the reserved SUBSCRIPTION_MODEL, so that this one counts as metadata.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Keyword:
    """A field whose name means something to the service: its types, and whether it may be null or is categorical.

    `is_metadata` tells one that counts as a metadata field all the same, and `textual` one that is to be textual.
    """

    types: tuple[str, ...]
    nullable: bool = False
    categorical: bool = False
    is_metadata: bool = False
    textual: bool = False

    @property
    def types_in_words(self) -> str:
        """The types as a person reads them, but for null."""
        return f"{'categorical ' if self.categorical else ''}{' or '.join(self.types)}"

    @property
    def in_words(self) -> str:
        """The types as a person reads them."""
        return f"{self.types_in_words}{', with or without null' if self.nullable else ', without null'}"


@dataclass(frozen=True, slots=True)
class TypeRules:
    """The fields that a type of dataset needs and reserves, and how many other fields, its metadata, it may have."""

    required: dict[str, Keyword]
    reserved: dict[str, Keyword] = field(default_factory=dict)
    least_metadata: int = 0
    most_metadata: int | None = None

    @property
    def keywords(self) -> dict[str, Keyword]:
        """The fields that it needs or reserves, by name."""
        return self.required | self.reserved

    @property
    def reserved_metadata(self) -> list[str]:
        """The names of the keywords that count as metadata."""
        return [name for name, keyword in self.keywords.items() if keyword.is_metadata]

    @property
    def not_metadata(self) -> list[str]:
        """The names of the keywords that do not count as metadata."""
        return [name for name, keyword in self.keywords.items() if not keyword.is_metadata]


STRING = Keyword(("string",))
TEXT = Keyword(("string",), nullable=True)
CATEGORY = Keyword(("string",), categorical=True)
NULLABLE_CATEGORY = Keyword(("string",), nullable=True, categorical=True)
DESCRIPTION = Keyword(("string",), nullable=True, textual=True)
LONG = Keyword(("long",))
NULLABLE_LONG = Keyword(("long",), nullable=True)
FLOAT = Keyword(("float",))
NULLABLE_FLOAT = Keyword(("float",), nullable=True)

EVENT = {"USER_ID": STRING, "ITEM_ID": STRING, "TIMESTAMP": LONG}
EVENT_KEYWORDS = {
    "EVENT_VALUE": NULLABLE_FLOAT,
    "IMPRESSION": TEXT,
    "RECOMMENDATION_ID": TEXT,
    "EVENT_ATTRIBUTION_SOURCE": TEXT,
}
# "Endpoints and quotas" (limits), of item interactions. By one reading of "Custom datasets and schemas" it is for
# action interactions too, and so it is here.
MOST_METADATA_OF_EVENTS = 5
INTERACTIONS_OF_A_DOMAIN = TypeRules(
    EVENT | {"EVENT_TYPE": STRING}, EVENT_KEYWORDS, most_metadata=MOST_METADATA_OF_EVENTS
)

# Rules for dataset groups without a domain.
CUSTOM: Mapping[str, TypeRules] = {
    "INTERACTIONS": TypeRules(EVENT, {"EVENT_TYPE": STRING, **EVENT_KEYWORDS}, most_metadata=MOST_METADATA_OF_EVENTS),
    "ITEMS": TypeRules({"ITEM_ID": STRING}, {"CREATION_TIMESTAMP": LONG}, least_metadata=1, most_metadata=100),
    "USERS": TypeRules({"USER_ID": STRING}, least_metadata=1, most_metadata=25),
    "ACTIONS": TypeRules(
        {"ACTION_ID": STRING},
        {
            "CREATION_TIMESTAMP": LONG,
            "VALUE": NULLABLE_LONG,
            "TYPE": TEXT,
            # The guide has one name in its table of keywords, and the other in the list below it.
            "EXPIRATION_TIMESTAMP": NULLABLE_LONG,
            "ACTION_EXPIRATION_TIMESTAMP": NULLABLE_LONG,
            "REPEAT_FREQUENCY": NULLABLE_LONG,
        },
        least_metadata=1,
        most_metadata=10,
    ),
    "ACTION_INTERACTIONS": TypeRules(
        {"USER_ID": STRING, "ACTION_ID": STRING, "EVENT_TYPE": STRING, "TIMESTAMP": LONG},
        {"IMPRESSION": TEXT, "RECOMMENDATION_ID": TEXT},
        most_metadata=MOST_METADATA_OF_EVENTS,
    ),
}

ECOMMERCE: Mapping[str, TypeRules] = {
    "INTERACTIONS": INTERACTIONS_OF_A_DOMAIN,
    "USERS": CUSTOM["USERS"],
    "ITEMS": TypeRules(
        {"ITEM_ID": STRING, "PRICE": FLOAT, "CATEGORY_L1": CATEGORY},
        {
            "CATEGORY_L2": NULLABLE_CATEGORY,
            "CATEGORY_L3": NULLABLE_CATEGORY,
            "PRODUCT_DESCRIPTION": DESCRIPTION,
            "CREATION_TIMESTAMP": Keyword(("long", "float")),
            "AGE_GROUP": NULLABLE_CATEGORY,
            "ADULT": NULLABLE_CATEGORY,
            "GENDER": NULLABLE_CATEGORY,
        },
        most_metadata=100,
    ),
}

VIDEO_ON_DEMAND: Mapping[str, TypeRules] = {
    "INTERACTIONS": INTERACTIONS_OF_A_DOMAIN,
    "USERS": TypeRules(
        {"USER_ID": STRING},
        {"SUBSCRIPTION_MODEL": Keyword(("string",), nullable=True, categorical=True, is_metadata=True)},
        least_metadata=1,
        most_metadata=25,
    ),
    "ITEMS": TypeRules(
        {"ITEM_ID": STRING, "GENRES": CATEGORY, "CREATION_TIMESTAMP": LONG},
        {
            "PRICE": NULLABLE_FLOAT,
            "DURATION": NULLABLE_FLOAT,
            "GENRE_L2": NULLABLE_CATEGORY,
            "GENRE_L3": NULLABLE_CATEGORY,
            "AVERAGE_RATING": NULLABLE_FLOAT,
            "PRODUCT_DESCRIPTION": DESCRIPTION,
            "CONTENT_OWNER": NULLABLE_CATEGORY,
            "CONTENT_CLASSIFICATION": NULLABLE_CATEGORY,
        },
        most_metadata=100,
    ),
}

# Rules by the domain of a dataset group, then by dataset type; types that are missing cannot be created.
RULES: Mapping[str, Mapping[str, TypeRules]] = {
    "": CUSTOM,
    "ECOMMERCE": ECOMMERCE,
    "VIDEO_ON_DEMAND": VIDEO_ON_DEMAND,
}


def types_of_domain(domain: str) -> tuple[str, ...]:
    """Return the types of datasets that a domain takes, "" for none; of an unknown domain, those that all take."""
    known = [RULES[domain]] if domain in RULES else RULES.values()
    return tuple(each for each in CUSTOM if all(each in rules for rules in known))
