"""The service of this process: started when it is first needed, and ended with the process."""

import atexit
from functools import cache

from pytest_personalize_local.commands import Settings, find_command
from pytest_personalize_local.errors import PersonalizeLocalError
from pytest_personalize_local.services import Service


def running_service(settings: Settings) -> Service:
    """Return the service of some settings, one for the process; raise PersonalizeLocalError if it does not run."""
    service = _started(settings)
    if isinstance(service, str):
        raise PersonalizeLocalError(service)
    service.check()
    return service


@cache
def _started(settings: Settings) -> Service | str:
    """Return the service, or why it could not be started: the next test would wait for the same."""
    try:
        service = Service(find_command(settings))
    except PersonalizeLocalError as error:
        return str(error)
    atexit.register(service.stop)
    return service
