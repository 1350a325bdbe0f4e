"""The selection and order, in an address, of the records or events that the local service stores.

People who may not see properties search only by ID: the results of other searches would reveal properties.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import HttpRequest

from console.local import api as local_api
from console.pages.frame.table_kinds import LAST, Column, Kind, field_column
from console.records.entities import EVENT_TYPES, Entity
from console.records.property_names import property_name
from console.records.schemas.schema import Schema

BESIDE_PROPERTIES = (local_api.ID, local_api.CREATED, local_api.REPLACED)
# Fields shown as columns until a person chooses others.
FIELDS_AT_FIRST = 6
# Query parameters of a search, and the columns that they match whole.
WHOLE = {"user": "user_id", "object": "object_id", "type": "event_type"}
# The default order of records and of events, by whether they are events.
OWN_SORT = {False: "id", True: "-created"}

RECORDS = Kind(
    "records",
    "records",
    (
        Column("id", "ID", local_api.ID),
        Column("created", "Created", local_api.CREATED),
        Column("replaced", "Last replaced", local_api.REPLACED),
    ),
    has_fields=True,
)


def _kind_of_events(entity: Entity) -> Kind:
    return Kind(
        entity.slug,
        entity.nouns,
        (
            Column("user", "User ID", local_api.ID),
            Column("object", entity.object_column, property_name(entity.object_field)),
            Column("type", "Event type", property_name("EVENT_TYPE")),
            Column("timestamp", "Timestamp", property_name("TIMESTAMP")),
            Column("created", "Created", local_api.CREATED),
        ),
        has_fields=True,
    )


EVENTS: Mapping[str, Kind] = {entity.dataset_type: _kind_of_events(entity) for entity in EVENT_TYPES.values()}


def kind_of(entity: Entity, schema: Schema | None, *, sees_properties: bool) -> Kind:
    """Return the kind of a dataset's table, with a column for each schema field if the person sees properties."""
    kind = EVENTS.get(entity.dataset_type, RECORDS)
    if not sees_properties:
        return replace(kind, columns=tuple(column for column in kind.columns if column.value in BESIDE_PROPERTIES))
    own = {column.value for column in kind.columns}
    fields = [field for field in schema.metadata_fields if field.property_name not in own] if schema else []
    return kind.with_fields(
        [
            field_column(
                field.name,
                field.property_name,
                is_extra=field.is_added or field.textual or position >= FIELDS_AT_FIRST,
            )
            for position, field in enumerate(fields)
        ]
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The requested rows: those with a text in the column of a key, or in any column, and those of a search.

    In the ID column of records the text matches as a prefix. `sort` is "" for the default order.
    """

    kind: Kind
    is_of_events: bool
    text: str = ""
    within: str = ""
    search: local_api.EventSearch = field(default_factory=local_api.EventSearch)
    sort: str = ""

    @property
    def is_searched(self) -> bool:
        """Whether only some of the rows are requested."""
        return bool(self.text) or self.search != local_api.EventSearch()

    @property
    def is_by_prefix(self) -> bool:
        """Whether the text is a prefix of ids, for which there is an index."""
        return self.within == "id"

    @property
    def prefix(self) -> str:
        """The prefix of the records' ids."""
        return self.text if self.is_by_prefix else ""

    @property
    def look(self) -> local_api.Look | None:
        """The search that must read row by row; None if an index serves it."""
        text = "" if self.is_by_prefix else self.text.strip()
        if not text and not self.sort:
            return None
        sort = self._value(self.sort.removeprefix("-")) if self.sort else ""
        return local_api.Look(text, self._value(self.within), sort, self.sort.startswith("-"))

    @property
    def sort_shown(self) -> str:
        """The sort as the headings show it."""
        return self.sort or OWN_SORT[self.is_of_events]

    @property
    def query(self) -> dict[str, str]:
        """The query parameters, without empty ones."""
        whole = {name: getattr(self.search, column) for name, column in WHOLE.items()}
        within = self.within if self.text else ""
        parameters = {"filter": self.text, "in": within, **whole, "sort": self.sort}
        return {name: value for name, value in parameters.items() if value}

    @property
    def recorded(self) -> dict[str, str]:
        """The search as Activity records it."""
        recorded = {name: value for name, value in self.query.items() if name not in ("filter", "in", "sort")}
        within = {"in": self.heading(self.within)} if self.within else {}
        return recorded | ({"search": self.text} | within if self.text else {})

    @property
    def places(self) -> list[Column]:
        """The columns in which a text can be searched for."""
        return [column for column in self.kind.columns if column.key not in LAST]

    def heading(self, key: str) -> str:
        """Return the heading of a column."""
        return next((column.heading for column in self.kind.columns if column.key == key), "")

    def _value(self, key: str) -> str:
        return next((str(column.value) for column in self.kind.columns if column.key == key), "")


def asked_rows(request: HttpRequest, entity: Entity, kind: Kind, *, sees_properties: bool) -> Asked:
    """Return the rows of a dataset that a request asks for, ignoring columns that the table lacks."""
    keys = [column.key for column in kind.columns]
    text, within = request.GET.get("filter", ""), request.GET.get("in", "")
    if within not in keys or within in LAST:
        within = ""
    whole: Mapping[str, str] = {}
    if entity.is_event:
        names = [name for name in WHOLE if sees_properties or name == "user"]
        whole = {WHOLE[name]: request.GET.get(name, "") for name in names}
    if not sees_properties:
        text, within = ("", "") if entity.is_event else (text, "id")
    # A form sends the page's sort before that of the pressed heading; the last value counts.
    sort = request.GET.get("sort", "")
    is_known = sort.removeprefix("-") in keys and sort != OWN_SORT[entity.is_event]
    search = local_api.EventSearch(**whole)
    return Asked(kind, entity.is_event, text, within, search, sort if is_known else "")
