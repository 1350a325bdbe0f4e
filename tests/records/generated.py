"""Schemas of each type of dataset as the developer guide allows them, and records that they take.

What a type needs and reserves is written down here once more, from the guide's tables, so that no table of the code
that is tested is used.
"""

import json
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from console.records.entities import ENTITIES, Entity
from console.records.schemas.schema import Schema, read_entity_schema

type Fields = dict[str, str]

# By type and domain, "" for none: the fields that a schema needs, and those that it may have. After the type of a
# field stands `?` where it may allow null, and `c` or `t` where it is categorical or textual.
EVENT: Fields = {"USER_ID": "string", "ITEM_ID": "string", "TIMESTAMP": "long"}
OF_EVENT: Fields = {
    "EVENT_VALUE": "float?",
    "IMPRESSION": "string?",
    "RECOMMENDATION_ID": "string?",
    "EVENT_ATTRIBUTION_SOURCE": "string?",
}
OF_ACTION: Fields = {
    "VALUE": "long?",
    "CREATION_TIMESTAMP": "long",
    "EXPIRATION_TIMESTAMP": "long?",
    "REPEAT_FREQUENCY": "long?",
    "TYPE": "string?",
}
GUIDE: dict[tuple[str, str], tuple[Fields, Fields]] = {
    ("USERS", ""): ({"USER_ID": "string"}, {}),
    ("ITEMS", ""): ({"ITEM_ID": "string"}, {"CREATION_TIMESTAMP": "long"}),
    ("ACTIONS", ""): ({"ACTION_ID": "string"}, OF_ACTION),
    ("INTERACTIONS", ""): (EVENT, {"EVENT_TYPE": "string", **OF_EVENT}),
    ("ACTION_INTERACTIONS", ""): (
        {"USER_ID": "string", "ACTION_ID": "string", "EVENT_TYPE": "string", "TIMESTAMP": "long"},
        {"IMPRESSION": "string?", "RECOMMENDATION_ID": "string?"},
    ),
    ("USERS", "VIDEO_ON_DEMAND"): ({"USER_ID": "string"}, {"SUBSCRIPTION_MODEL": "string?c"}),
    ("ITEMS", "VIDEO_ON_DEMAND"): (
        {"ITEM_ID": "string", "CREATION_TIMESTAMP": "long", "GENRES": "stringc"},
        {"PRICE": "float?", "DURATION": "float?", "GENRE_L2": "string?c", "PRODUCT_DESCRIPTION": "string?t"},
    ),
    ("INTERACTIONS", "VIDEO_ON_DEMAND"): ({**EVENT, "EVENT_TYPE": "string"}, OF_EVENT),
    ("USERS", "ECOMMERCE"): ({"USER_ID": "string"}, {}),
    ("ITEMS", "ECOMMERCE"): (
        {"ITEM_ID": "string", "PRICE": "float", "CATEGORY_L1": "stringc"},
        {"CATEGORY_L2": "string?c", "CREATION_TIMESTAMP": "long", "ADULT": "string?c", "PRODUCT_DESCRIPTION": "string?t"},
    ),
    ("INTERACTIONS", "ECOMMERCE"): ({**EVENT, "EVENT_TYPE": "string"}, OF_EVENT),
}  # fmt: skip
METADATA = ("AGE", "Favourite_Genre", "numberOfVisits", "L2_SCORE_2", "x", "SEEN_AT", "DSTCity", "Last_seen_TIMESTAMP")
TYPES = ("int", "long", "float", "double", "string", "boolean", "int?", "long?", "float?", "double?", "string?", "boolean?", "stringc", "string?c")  # fmt: skip
BOUNDS = {"int": 2**31, "long": 2**63}


@dataclass(frozen=True, slots=True)
class Generated:
    """A schema's Avro JSON, with the type and the domain of its dataset, and one of its records as it is typed."""

    dataset_type: str
    domain: str
    text: str
    record: dict[str, Any]

    @property
    def entity(self) -> Entity:
        """The type of its dataset."""
        return ENTITIES[self.dataset_type]

    @property
    def schema(self) -> Schema:
        """The schema as the console reads it."""
        return read_entity_schema(self.entity, self.text)


@st.composite
def generated(draw: st.DrawFn) -> Generated:
    """Give a schema and a record of any type of dataset, in any domain."""
    dataset_type, domain = draw(st.sampled_from(list(GUIDE)))
    required, reserved = GUIDE[dataset_type, domain]
    # Users, items and actions need a field that a model can use; events may have five fields of metadata.
    fields = {**required, **({} if "TIMESTAMP" in required else {"LEVEL": "int"})}
    fields |= (
        {name: reserved[name] for name in draw(st.lists(st.sampled_from(sorted(reserved)), unique=True))}
        if reserved
        else {}
    )
    names = draw(st.lists(st.sampled_from(METADATA), unique=True, max_size=5))
    fields |= {name: draw(st.sampled_from(TYPES)) for name in names}
    order = draw(st.permutations(list(fields)))
    avro = [draw(avro_field(name, fields[name])) for name in order]
    name = {"ACTION_INTERACTIONS": "ActionInteractions"}.get(dataset_type, dataset_type.title())
    text = json.dumps({"type": "record", "name": name, "namespace": "com.amazonaws.personalize.schema", "fields": avro, "version": "1.0"})  # fmt: skip
    record = {each["name"]: draw(values(each["name"], each["type"], dataset_type)) for each in avro}
    if dataset_type == "INTERACTIONS" and "EVENT_TYPE" not in record:
        # The request needs it, whatever the schema says.
        record["EVENT_TYPE"] = "Watch"
    return Generated(dataset_type, domain, text, record)


@st.composite
def avro_field(draw: st.DrawFn, name: str, kind: str) -> dict[str, Any]:
    """Give a field of a schema, which may allow null before its type or after it."""
    base = kind.partition("?")[0].removesuffix("c")
    type_ = draw(st.sampled_from([base, ["null", base], [base, "null"]])) if "?" in kind else base
    ending = kind.removeprefix(base).removeprefix("?")
    attributes = {"c": {"categorical": True}, "t": {"textual": True}}.get(ending, {})
    default = {"default": None} if type_ == ["null", base] and draw(st.booleans()) else {}
    return {"name": name, "type": type_, **attributes, **default}


def values(name: str, type_: Any, dataset_type: str) -> st.SearchStrategy[Any]:
    """Give values of a field, null where it allows it."""
    if isinstance(type_, list):
        (base,) = [each for each in type_ if each != "null"]
        return st.none() | values(name, base, dataset_type)
    if name.endswith("TIMESTAMP") and type_ in ("int", "long", "float", "double"):
        # A moment that a request can have, and that is not taken for milliseconds.
        return st.integers(0, 2_000_000_000)
    if name == "EVENT_TYPE" and dataset_type == "ACTION_INTERACTIONS":
        return st.sampled_from(["Taken", "NOT TAKEN", "viewed"])
    if name == "EVENT_ATTRIBUTION_SOURCE":
        return st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=5)
    if type_ == "string":
        return st.lists(words, min_size=1, max_size=2).map("|".join) if name == "IMPRESSION" else words
    if type_ == "boolean":
        return st.booleans()
    if type_ in BOUNDS:
        return st.integers(-BOUNDS[type_], BOUNDS[type_] - 1)
    return st.floats(-(2.0**90), 2.0**90, width=32)


# Neither the controls that ids may not have, nor halves of characters, nor what stands between categories.
words = st.text(
    st.characters(codec="utf-8", min_codepoint=0x20, exclude_categories=("Cc", "Zl", "Zp"), exclude_characters="|"),
    min_size=1,
    max_size=6,
).filter(lambda made: made not in ("string", "null"))
