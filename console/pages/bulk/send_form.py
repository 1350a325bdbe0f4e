"""Send: the numbers of records and calls, the time at a share of AWS's rate, and what is excluded."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from console.bulk.models import Import
from console.bulk.sending.by_job import FULL, INCREMENTAL
from console.bulk.sending.targets import WHOLE_SHARE, is_certain, rate_at, usual_share
from console.pages.bulk.words import counted, duration_words
from console.pages.frame.guard import Confirmation
from console.pages.jobs.job_forms import IMPORT_MODES, IMPORT_MODES_OF_EVENTS
from console.personalize.environments import Environment
from console.personalize.job_inputs import writes_inputs
from console.records.entities import Entity

SHARES = tuple(range(10, WHOLE_SHARE + 1, 10))
# From this many records on, an import job at AWS is the better way.
MANY = 50_000
NOW = "now"
NO_SHARE = f"Choose a share of AWS's rate: {SHARES[0]} to {SHARES[-1]} %."


@dataclass(frozen=True, slots=True)
class Share:
    """A share of AWS's rate in percent, and the rate in words."""

    percent: int
    words: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way to send: its value in the form, its name, and its effect."""

    value: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class SendForm:
    """The form before sending: counts in words, the shares, and the current choices."""

    records: str
    calls: str
    duration: str
    whole_duration: str
    ways: Sequence[Way]
    way: str
    shares: Sequence[Share]
    share: int
    leaves_out_same: bool
    leaves_out_newer: bool
    is_long: bool
    confirmation: Confirmation | None
    problem: str = ""


def send_form(
    request: HttpRequest,
    environment: Environment,
    bulk_import: Import,
    confirmation: Confirmation | None,
    problem: str = "",
) -> SendForm:
    """Return the form with its defaults, or with the choices of a request."""
    form = request.POST if request.POST.get("intent") == "send" else None
    share = _share(form.get("share", "")) if form else None
    if share is None:
        share = usual_share(environment)
    calls = calls_to_send(bulk_import)
    entity, number = bulk_import.entity, bulk_import.to_send_count
    return SendForm(
        records=f"{number:,} {entity.name if number == 1 else entity.nouns}",
        calls=counted(calls, "call"),
        duration=time_words(entity, calls, share),
        whole_duration=time_words(entity, calls, WHOLE_SHARE),
        ways=_ways(bulk_import) if writes_inputs(environment) else [],
        way=chosen_way(request) if form else NOW,
        shares=[Share(share, _in_words(bulk_import, calls, share)) for share in SHARES],
        share=share,
        leaves_out_same="leaves_out_same" in form if form else False,
        # Newer records are kept unless the person decides otherwise.
        leaves_out_newer="leaves_out_newer" in form if form else True,
        is_long=number >= MANY,
        confirmation=confirmation,
        problem=problem,
    )


def calls_to_send(bulk_import: Import) -> int:
    """Return the approximate number of calls for an import's records."""
    return math.ceil(bulk_import.to_send_count * bulk_import.calls_per_record)


def time_words(entity: Entity, calls: int, share: int) -> str:
    """Return the duration of calls at a share of AWS's rate: `about 13 seconds`, or `at least` that."""
    words = duration_words(calls / rate_at(entity, share))
    return f"about {words}" if is_certain(entity, share) else f"at least {words}"


def _in_words(bulk_import: Import, calls: int, share: int) -> str:
    entity, rate = bulk_import.entity, rate_at(bulk_import.entity, share)
    most = "" if is_certain(entity, share) else "up to "
    words = time_words(entity, calls, share).removeprefix("about ")
    return f"{share} %: {most}{rate:,g} call{'' if rate == 1 else 's'} a second, {words}"


def _ways(bulk_import: Import) -> list[Way]:
    """Return the ways to send an import, with a job's effect on existing records."""
    entity = bulk_import.entity
    modes = IMPORT_MODES_OF_EVENTS if entity.is_event else IMPORT_MODES
    calls = "in calls by user and session" if entity.is_event else f"in calls of {entity.most_per_call}"
    return [
        Way(NOW, "Now", f"The console sends them {calls}, at a share of AWS's rate."),
        *(Way(mode, f"By a dataset import job, {mode}", words) for mode, words in modes.items()),
    ]


def chosen_way(request: HttpRequest) -> str:
    """Return the way to send chosen in a request; the console's own by default."""
    way = request.POST.get("way", NOW)
    return way if way in (FULL, INCREMENTAL) else NOW


def import_mode(request: HttpRequest) -> str:
    """Return the import mode of the job chosen in a request; "" if none is."""
    way = chosen_way(request)
    return "" if way == NOW else way


def _share(text: str) -> int | None:
    return int(text) if text in {str(share) for share in SHARES} else None


def chosen_share(request: HttpRequest) -> int | None:
    """Return the share chosen in a request; None if it is not one of the shares."""
    return _share(request.POST.get("share", ""))
