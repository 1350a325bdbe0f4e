"""What a person may know about records before they are replaced.

AWS returns no records, so this is what the console last sent to the dataset, from any of its environments. The local
service is asked for what it stores, from any client.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from console.local import api as local_api
from console.people.roles import may_see_properties
from console.personalize.connections.endpoints import LOCAL_SERVICE, endpoint_of
from console.submissions.known.dataset_events import Ending, ending_after, endings
from console.submissions.known.differences import differences
from console.submissions.known.newest_records import Sent, newest_keys, newest_sent, sent_of
from console.submissions.models import LONGEST_SENDING, Outcome, dataset_key
from console.submissions.trails.sight import Sight

STORED = "stored"


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """A version of a record: the stored one, the last that AWS accepted, or a newer unaccepted one.

    `key` identifies it; `outcome` is None for a stored one. `properties` is a JSON text, "" once redacted, and None if
    the person may not see it. `environment` is the label of another environment that sent it.
    """

    key: str
    outcome: Outcome | None
    at: datetime
    properties: str | None
    environment: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether it may not have arrived."""
        return self.outcome not in (None, Outcome.CREATED)


@dataclass(frozen=True, slots=True)
class Ended:
    """A record that may no longer exist: when it was sent, and what happened to it, if that is known."""

    sent_at: datetime
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """What is known about a record; only its id if nothing is.

    `before` is the stored record, or the last accepted one; `newer` is a later one that may not have arrived.
    `hidden_at` is when an environment that the person may not see sent a newer one. `is_absent` says that the local
    service was asked and does not store it.
    """

    record_id: str
    before: KnownVersion | None = None
    newer: KnownVersion | None = None
    hidden_at: datetime | None = None
    ended: Ended | None = None
    is_absent: bool = False

    @property
    def versions(self) -> list[KnownVersion]:
        """The versions, oldest first."""
        return [each for each in (self.before, self.newer) if each]

    @property
    def loadable(self) -> list[KnownVersion]:
        """The versions whose properties exist and that the person may see, oldest first."""
        return [each for each in self.versions if each.properties]


def made_at_of(dataset: Mapping[str, Any]) -> datetime | None:
    """Return when a dataset was created, from AWS's description; None if that does not say."""
    made_at = dataset.get("creationDateTime")
    return made_at if isinstance(made_at, datetime) and made_at.tzinfo else None


def known_records(sight: Sight, dataset: Mapping[str, Any], record_ids: Iterable[str]) -> dict[str, KnownRecord]:
    """Return what a person may know about records of a dataset, by id; `dataset` is AWS's description of it.

    `sight` is what the person may see of the dataset, from the environment in use.
    """
    # No record has NUL, and no database can be asked for it.
    asked = sorted({record_id for record_id in record_ids if record_id and "\0" not in record_id})
    endpoint = endpoint_of(sight.environment)
    key = dataset_key(endpoint, dataset["datasetArn"])
    made_at = made_at_of(dataset)
    if endpoint == LOCAL_SERVICE:
        stored = local_api.find_records(dataset["datasetArn"], asked)
        # For a stored record, accepted versions add nothing.
        newest = newest_keys(key, asked, sight.origins())
        keys = [each for each in newest if not (each.is_accepted and each.record_id in stored)]
        sent = [each for each in sent_of(keys) if _adds_to(stored.get(each.record_id), each)]
        lasting, ended = _lasting(key, sent, made_at)
        sees = may_see_properties(sight.person, sight.environment)
        # Most records of an import are new, and nothing is known of them.
        something = {*stored, *ended, *(each.record_id for each in lasting)}
        known = {record_id: KnownRecord(record_id, is_absent=True) for record_id in asked}
        for each in _by_id(sorted(something), sight, lasting):
            known[each.record_id] = _as_stored(each, stored.get(each.record_id), ended, sees_properties=sees)
        return known
    sent = newest_sent(key, asked)
    lasting, ended = _lasting(key, sent, made_at)
    hidden: dict[str, datetime] = {}
    if any(not sight.sees(each.origin) for each in sent):
        hidden = {each.record_id: each.sent_at for each in lasting if not sight.sees(each.origin)}
        # The newest that the person may know of, and what ended those: nothing is told of the others.
        lasting, ended = _lasting(key, newest_sent(key, asked, sight.origins()), made_at)
    return {
        each.record_id: replace(each, hidden_at=hidden.get(each.record_id), ended=_ended(each, ended))
        for each in _by_id(asked, sight, lasting)
    }


def _lasting(key: str, sent: Sequence[Sent], made_at: datetime | None) -> tuple[list[Sent], dict[str, Ended]]:
    """Return the records that nothing has ended since they were sent, and the endings of the others, by id."""
    if not sent:
        return [], {}
    record_ids = {each.record_id for each in sent}
    found = endings(key, record_ids, made_at, min(each.sent_at for each in sent))
    lasting: list[Sent] = []
    ended: dict[str, Ended] = {}
    for each in sent:
        ending = ending_after(found[each.record_id], each.known_from)
        if ending is None:
            lasting.append(each)
        else:
            ended[each.record_id] = Ended(each.sent_at, ending)
    return lasting, ended


def _by_id(record_ids: Collection[str], sight: Sight, sent: Sequence[Sent]) -> list[KnownRecord]:
    before = {each.record_id: _record(each, sight) for each in sent if each.is_accepted}
    newer = {each.record_id: _record(each, sight) for each in sent if not each.is_accepted}
    return [KnownRecord(record_id, before.get(record_id), newer.get(record_id)) for record_id in record_ids]


def _record(sent: Sent, sight: Sight) -> KnownVersion:
    properties = sent.properties if sight.sees_properties(sent.origin) else None
    return KnownVersion(str(sent.pk), sent.outcome, sent.sent_at, properties, sight.label(sent.origin))


def _ended(known: KnownRecord, ended: Mapping[str, Ended]) -> Ended | None:
    return None if known.before else ended.get(known.record_id)


def _adds_to(stored: local_api.StoredRecord | None, sent: Sent) -> bool:
    """Return whether a sent record says more than the stored one, if there is one.

    If the stored one is newer, the sent one only does while it may still arrive and differs from it.
    """
    if stored is None:
        return True
    if not sent.properties:
        return False
    if stored.replaced_at < sent.sent_at:
        return True
    is_over = timezone.now() - sent.sent_at >= LONGEST_SENDING
    return not is_over and bool(differences(stored.properties, sent.properties))


def _as_stored(
    known: KnownRecord,
    stored: local_api.StoredRecord | None,
    ended: Mapping[str, Ended],
    *,
    sees_properties: bool,
) -> KnownRecord:
    """Return what is known about a record that the local service was asked for."""
    if stored is None:
        gone = ended.get(known.record_id) or (Ended(known.before.at) if known.before else None)
        return replace(known, before=None, is_absent=True, ended=gone)
    properties = stored.properties if sees_properties else None
    return replace(known, before=KnownVersion(STORED, None, stored.replaced_at, properties))
