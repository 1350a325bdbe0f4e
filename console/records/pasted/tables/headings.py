"""Headings of tables, matched with the fields of a schema."""

import re
from collections.abc import Sequence
from functools import lru_cache

from console.records.property_names import match_key
from console.records.schemas.field_types import BOUNDS
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema

NOT_ALPHANUMERIC = re.compile(r"[^A-Za-z0-9]+")
IN_ORDER = "The columns are taken in the schema's order: {}."
# Characters of YAML, JSON and programs that names of columns do not have.
NO_NAME = re.compile(r"[:{}\[\]=<>]")
# Names may stand in brackets, as SQL Server writes them.
BEGINS_JSON = re.compile(r"\{|\[\s*[{\"]")
# Hive puts the name of the table before each name, polars a type behind it, and DynamoDB's console one of its own.
BEHIND_TABLE = re.compile(r"(\w+)\.(.+)")
BEFORE_TYPE = re.compile(r"(.*\S) \((?:[a-z]+[0-9]*|S|N|B|BOOL|NULL|SS|NS|BS|M|L)\)")
# A keyword of Clojure, or a symbol of Ruby.
KEYWORD = re.compile(r":[A-Za-z_][\w-]*")
# Salesforce ends the names of its own fields so.
OWN_FIELD = re.compile(r"__c$", re.IGNORECASE)
# Looker's suffix for columns of booleans.
YES_OR_NO = re.compile(r" \(Yes / No\)$")
# A unit behind the name, as spreadsheets have it.
UNIT = re.compile(r"(?P<name>.*\w) ?(?:\([^()]{1,12}\)|\[[^\[\]]{1,12}\])")
# Headings of Tableau, Power BI and pivot tables: an aggregate that shows one value for each row.
AGGREGATE = re.compile(
    r"(?:SUM|AVG|MIN|MAX|ATTR|MEDIAN)\((.+)\)|(?:Sum|Average|Min|Max|First|Last) of (.+)", re.IGNORECASE
)
FEWEST_OF_VIEW = 3
# Other names of reserved fields that exports have: shops', trackers' and databases' own.
ALIASES: dict[str, tuple[str, ...]] = {
    "USER_ID": (
        *("uid", "user", "customer_id", "customer", "customer_number", "visitor_id", "client_id", "member_id"),
        *("external_id", "external_user_id", "distinct_id", "anonymous_id"),
    ),
    "ITEM_ID": (
        "iid",
        "item",
        "product_id",
        "product",
        "sku",
        "asin",
        "article_id",
        "content_id",
        "movie_id",
        "video_id",
    ),
    "ACTION_ID": ("aid", "action"),
    "TIMESTAMP": (
        "ts",
        "time",
        "event_time",
        "event_timestamp",
        "occurred_at",
        "created_at",
        "sent_at",
        "timestamp_micros",
    ),
    "CREATION_TIMESTAMP": (
        "created_at",
        "created",
        "creation_time",
        "creation_date",
        "publication_date",
        "release_date",
    ),
    "EVENT_TYPE": ("event", "event_name", "type"),
    "EVENT_VALUE": ("value", "rating"),
    "SESSION_ID": ("session", "sid"),
}
# Ids that services keep alongside their own: next to an `id` column, it is unclear whose ids these are.
IDS_ELSEWHERE = frozenset(("externalid", "externaluserid", "distinctid", "anonymousid"))


def matched_columns(schema: Schema, heading: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the name of each column, that of its field where it has one, and a sentence on each with another name.

    Names are the same if their letters and digits are; a field that no column names so is looked for by its aliases,
    of which the first that is there counts.
    """
    own = [schema.field(name) for name in heading]
    if all(own):
        return [field.name for field in own if field], []
    heading = _without_view(schema, bare_names(heading))
    columns = [field_named(schema, name) for name in heading]
    taken = {field.name for field in columns if field}
    found: dict[str, tuple[int, int]] = {}
    for index, name in enumerate(heading):
        alias = _by_alias(schema, name) if columns[index] is None and name else None
        if alias and alias.name not in taken and not _may_be_of_another(name, heading):
            place = (_rank(alias, name), index)
            found[alias.name] = min(found.get(alias.name, place), place)
    by_index = {index: schema.field(name) for name, (_best, index) in found.items()}
    columns = [by_index.get(index, field) for index, field in enumerate(columns)]
    notes = [
        f"{heading[index].strip()} is taken for {field.name}."
        for index, field in enumerate(columns)
        if field and index in by_index
    ]
    return [field.name if field else name.strip() for field, name in zip(columns, heading, strict=True)], notes


def names_fields(schema: Schema, heading: Sequence[str]) -> bool:
    """Return whether names are those of a record: its id, or at least two fields, are among them.

    Other names of fields count beside a field's own, and three of them do.
    """
    heading = _without_view(schema, bare_names(heading))
    fields = {field.name for name in heading if (field := field_named(schema, name))}
    if schema.id_field.name in fields or len(fields) > 1:
        return True
    aliases = {field.name for name in heading if (field := _by_alias(schema, name))}
    return (bool(fields) and bool(aliases)) or len(aliases) > 2


def has_json(heading: Sequence[str]) -> bool:
    """Return whether a name is JSON, or the beginning of some: such a heading is a row of a table that has none."""
    return any(BEGINS_JSON.match(name) for name in heading)


def bare_names(heading: Sequence[str]) -> Sequence[str]:
    """Return names without that of their table before, or a type behind, if all of them have it."""
    tables = [BEHIND_TABLE.fullmatch(name.strip()) for name in heading]
    if len(heading) > 1 and len({each[1] if each else None for each in tables}) == 1 and tables[0]:
        return [each[2] for each in tables if each]
    if heading and all(KEYWORD.fullmatch(name.strip()) for name in heading):
        return [name.strip()[1:] for name in heading]
    types = [BEFORE_TYPE.fullmatch(name.strip()) for name in heading]
    return [each[1] for each in types if each] if all(types) else heading


def _without_view(schema: Schema, heading: Sequence[str]) -> Sequence[str]:
    """Return names without the words that all of them begin with, as Looker has them, where fields have the rest."""
    if len(heading) < FEWEST_OF_VIEW:
        return heading
    words = [name.split() for name in heading]
    most = min(map(len, words)) - 1
    count = next((each for each in range(most, 0, -1) if len({tuple(name[:each]) for name in words}) == 1), 0)
    short = [" ".join(name[count:]) for name in words]
    if not count or not any(field_named(schema, name) for name in short):
        return heading
    own = {match_key(schema.entity.name.rpartition(" ")[2]), match_key(schema.entity.nouns.rpartition(" ")[2])}
    is_own = count == 1 and match_key(words[0][0]) in own and not schema.entity.is_event
    return [
        schema.id_field.name
        if is_own and match_key(rest) == "id"
        else rest
        if field_named(schema, rest) or not field_named(schema, name)
        else name
        for name, rest in zip(heading, short, strict=True)
    ]


def field_named(schema: Schema, name: str) -> Field | None:
    """Return the field whose letters and digits a name has, None if there is none."""
    if NO_NAME.search(name):
        return None
    return schema.field(name.strip()) or _fields_by_letters(schema).get(_letters(name))


def _by_alias(schema: Schema, name: str) -> Field | None:
    match = AGGREGATE.fullmatch(name.strip())
    if match:
        return field_named(schema, match[1] or match[2])
    unit = UNIT.fullmatch(name.strip())
    field = field_named(schema, unit["name"]) if unit else None
    if field and BOUNDS.keys() & set(field.types):
        return field
    return _fields_by_alias(schema).get(_letters(name))


def _rank(field: Field, name: str) -> int:
    """Return how far behind the other aliases of a field a name stands: `event` says more than `type`."""
    aliases = [_letters(alias) for alias in ALIASES.get(field.name, ())]
    return aliases.index(_letters(name)) if _letters(name) in aliases else len(aliases)


def _may_be_of_another(name: str, heading: Sequence[str]) -> bool:
    return _letters(name) in IDS_ELSEWHERE and any(_letters(each) == "id" for each in heading)


@lru_cache(maxsize=128)
def _fields_by_alias(schema: Schema) -> dict[str, Field]:
    return {_letters(alias): field for field in reversed(schema.fields) for alias in ALIASES.get(field.name, ())}


@lru_cache(maxsize=128)
def _fields_by_letters(schema: Schema) -> dict[str, Field]:
    by_letters = {_letters(field.name): field for field in schema.fields}
    return by_letters | {_letters(key): field for key, field in schema.fields_by_key.items()}


def _letters(name: str) -> str:
    return match_key(NOT_ALPHANUMERIC.sub("", YES_OR_NO.sub("", OWN_FIELD.sub("", name.strip()))))
