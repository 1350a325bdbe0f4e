"""The API of the local service for the console: other packages import only this module.

Amazon Personalize has nothing of what it offers beside AWS's calls, for demonstrations: only pages of the environment
`local` may ask for that.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings

from console.local import defaults
from console.local.demo_story.told import NO_ROOM, THROTTLED, TIMEOUT, Filled, Story
from console.local.jobs.errors import JobFailure
from console.local.jobs.files import JobFile, job_files, open_job_file, remove_job_input, write_job_input
from console.local.jobs.import_warnings import JobWarnings, import_warnings
from console.local.models import Simulation, StoredEvent, StoredRecord
from console.local.simulation import DROPPED, NORMAL, RESPONSES, SIMULATED, simulate, simulation, stop_simulating
from console.local.storage.looking import (
    CREATED,
    ID,
    MOST_READ,
    REPLACED,
    Look,
    Reading,
    Seen,
    events_of,
    look_into_events,
    look_into_records,
    reading_events,
    reading_records,
    records_of,
    value_text,
)
from console.local.storage.stored_events import (
    EventSearch,
    EventsPage,
    count_events,
    events_before,
    events_page,
    find_event,
    find_sent_events,
)
from console.local.storage.stored_records import (
    RecordsPage,
    count_records,
    find_record,
    find_records,
    ids_beside,
    records_from,
    records_page,
    with_records,
)
from console.local.telling import ENDPOINT, listen

if TYPE_CHECKING:
    from datetime import datetime

    from console.local.demo import DemoContents
    from console.local.errors import ServiceError

__all__ = [
    "CREATED",
    "DROPPED",
    "ENDPOINT",
    "ID",
    "MOST_READ",
    "NORMAL",
    "NO_ROOM",
    "REPLACED",
    "SIMULATED",
    "THROTTLED",
    "TIMEOUT",
    "EventSearch",
    "EventsPage",
    "Filled",
    "JobFailure",
    "JobFile",
    "JobWarnings",
    "Look",
    "Reading",
    "RecordsPage",
    "Seen",
    "Simulation",
    "StoredEvent",
    "StoredRecord",
    "Story",
    "before_send",
    "count_events",
    "count_records",
    "demo_contents",
    "events_before",
    "events_of",
    "events_page",
    "fill_demo",
    "find_event",
    "find_record",
    "find_records",
    "find_sent_events",
    "ids_beside",
    "import_warnings",
    "job_files",
    "listen",
    "look_into_events",
    "look_into_records",
    "open_job_file",
    "published_secret",
    "reading_events",
    "reading_records",
    "records_from",
    "records_of",
    "records_page",
    "remove_job_input",
    "reset_demo_data",
    "responses",
    "simulate",
    "simulated_error",
    "simulation",
    "stop_simulating",
    "value_text",
    "with_records",
    "write_job_input",
]

# Modules for demo data and requests are imported where they are used: commands that need neither start in half the
# time.


def before_send(**event: Any) -> Any:
    """Answer a signed request without a network, as a handler of botocore's event `before-send`."""
    from console.local.http import endpoints

    return endpoints.before_send(**event)


def responses() -> Mapping[str, str]:
    """Return the responses that can be simulated, by name, as shown in forms."""
    return {name: response.label for name, response in RESPONSES.items()}


def reset_demo_data() -> str:
    """Restore the demo data, and return a sentence that says what changed."""
    from console.local import demo

    return demo.reset_demo_data(settings.CONSOLE_LOCAL_ACCOUNT, settings.CONSOLE_LOCAL_REGION)


def fill_demo(now: "datetime") -> tuple[Story, Filled]:
    """Fill the demo's empty datasets with the records of a story that ends now; return both."""
    from console.local.caller import Caller
    from console.local.demo_story.filling import fill
    from console.local.demo_story.story import story_until

    story = story_until(now)
    return story, fill(Caller(settings.CONSOLE_LOCAL_ACCOUNT, settings.CONSOLE_LOCAL_REGION), story)


def published_secret() -> str:
    """Return the secret of the demo's key if it is the published one; "" if another was configured."""
    secret: str = settings.CONSOLE_LOCAL_SECRET_ACCESS_KEY
    return secret if secret == defaults.SECRET_ACCESS_KEY else ""


def simulated_error(response: str, operation: str) -> "ServiceError":
    """Return the error that a call of an operation gets if a simulated response is an error."""
    from console.local.errors import ServiceError

    make = RESPONSES[response].error
    error = make(operation) if make else None
    assert isinstance(error, ServiceError)
    return error


def demo_contents() -> "DemoContents":
    """Return what the demo contains now."""
    from console.local import demo

    return demo.demo_contents(settings.CONSOLE_LOCAL_ACCOUNT, settings.CONSOLE_LOCAL_REGION)
