"""What the console asks the local service for, and what the module that the setting names has."""

from console.local import api
from console.personalize.local_service import LocalService, local_service


def test_the_module_of_the_setting_has_what_the_console_asks_for() -> None:
    # mypy compares the module with the protocol here.
    offered: LocalService = api
    assert local_service() is offered
