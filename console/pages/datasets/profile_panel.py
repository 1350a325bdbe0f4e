"""The panel Profile of a dataset's page: how full each field is, and its most frequent values.

It profiles the records stored by the local service; for AWS, which cannot be read back, the records sent.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from console.local import api as local_api
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import DescribedDataset
from console.personalize.environments import Environment
from console.records.profile import FieldProfile, Profiler
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.storage.process_cache import ProcessCache
from console.submissions.known.known_records import made_at_of
from console.submissions.known.newest_values import ReadingSent
from console.submissions.models import Redaction, dataset_key
from console.submissions.trails.sight import sight_of

SECONDS_KEPT = 30.0
MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value as shown, a timestamp's seconds since 1970, the number of its records, and their percentage."""

    text: str
    seconds: float | None
    count: int
    percent: float


@dataclass(frozen=True, slots=True)
class ShownField:
    """The profile of a field, its most frequent values, and its least and greatest number, if it has numbers."""

    profile: FieldProfile
    values: Sequence[ShownValue]
    least: ShownValue | None
    greatest: ShownValue | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile of a dataset's records: their number, the number of versions read, and when.

    `is_all` tells whether these are all of them, and `is_stored` whether they are what the local service stores.
    """

    fields: Sequence[ShownField]
    count: int
    read_count: int
    is_all: bool
    is_stored: bool
    at: datetime


# Profiles contain record properties, which may be cached only in the process.
profiles: ProcessCache[tuple[Any, ...], Profile] = ProcessCache(seconds=SECONDS_KEPT, most=MOST_KEPT)


def profile_of(request: HttpRequest, environment: Environment, dataset: DescribedDataset) -> Profile | None:
    """Return the profile of a dataset as a person may see it, at most SECONDS_KEPT old; None without a schema."""
    schema = dataset.schema
    if schema is None:
        return None
    made_at = made_at_of(dataset.description)
    known = (endpoint_of(environment), dataset.arn, dataset.fingerprint, made_at)
    if environment.is_local:
        return profiles.get_or_make(known, lambda _before: _of_stored(dataset.arn, schema))
    key = dataset_key(endpoint_of(environment), dataset.arn)
    sight = sight_of(request.user, environment, key)
    origins = tuple(sorted(origin for origin in sight.senders if sight.sees_properties(origin)))
    # Redacted values disappear at once.
    redactions = Redaction.objects.filter(dataset=key).count()
    reading = ReadingSent(key, made_at, frozenset(origins), schema.entity.is_event)
    return profiles.get_or_make(
        (*known, origins, redactions), lambda _before: _profile(schema, reading, is_stored=False)
    )


def _of_stored(arn: str, schema: Schema) -> Profile:
    read = local_api.reading_events if schema.entity.is_event else local_api.reading_records
    return _profile(schema, read(arn), is_stored=True)


def _profile(schema: Schema, reading: local_api.Reading | ReadingSent, *, is_stored: bool) -> Profile:
    entity, id_name = schema.entity, schema.id_field.property_name
    # Every record has a different id, so ids are not profiled.
    profiler = Profiler(schema.fields if entity.is_event else schema.metadata_fields)
    for record_id, properties in reading:
        own: dict[str, Any] = {id_name: record_id or None} if entity.is_event else {}
        profiler.add(own | json.loads(properties))
    # Events may have members that the schema lacks: they are shown if any event has them.
    fields = [_shown(profile) for profile in profiler.profiles() if profile.filled or not profile.field.is_added]
    return Profile(fields, profiler.count, reading.read_count, reading.is_all, is_stored, timezone.now())


def _shown(profile: FieldProfile) -> ShownField:
    values = [_value(profile.field, value, count, profile.filled) for value, count in profile.values]
    ends = [
        None if value is None else _value(profile.field, value, 0, profile.filled)
        for value in (profile.least, profile.greatest)
    ]
    return ShownField(profile, values, *ends)


def _value(field: Field, value: Any, count: int, filled: int) -> ShownValue:
    is_moment = field.is_timestamp and isinstance(value, int | float)
    return ShownValue(local_api.value_text(value), value if is_moment else None, count, round(count * 100 / filled, 1))
