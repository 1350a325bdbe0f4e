"""What the local service offers to the pages of the console beside AWS's calls, for demonstrations.

The console knows this module by the setting CONSOLE_LOCAL_DEMONSTRATION alone, and what it is to have by the protocol
in `personalize/local_service.py`.
"""

from collections.abc import Mapping

from django.conf import settings

from console.local import demo
from console.local.demo import DemoContents
from console.local.simulation import RESPONSES, simulate, simulation, stop_simulating
from console.local.storage.stored_users import count_users, find_user, find_users, users_page

__all__ = [
    "count_users",
    "demo_contents",
    "find_user",
    "find_users",
    "reset_demo_data",
    "responses",
    "simulate",
    "simulation",
    "stop_simulating",
    "users_page",
]


def responses() -> Mapping[str, str]:
    """Return the responses that can be simulated, as a person chooses them, by their names."""
    return {name: response.label for name, response in RESPONSES.items()}


def reset_demo_data() -> str:
    """Put the demo data back as it was made, and say in a sentence what was done."""
    return demo.reset_demo_data(settings.CONSOLE_LOCAL_ACCOUNT, settings.CONSOLE_LOCAL_REGION)


def demo_contents() -> DemoContents:
    """Return what the demo holds now."""
    return demo.demo_contents(settings.CONSOLE_LOCAL_ACCOUNT, settings.CONSOLE_LOCAL_REGION)
