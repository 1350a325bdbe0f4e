"""System checks of the settings, as they say what is wrong."""

import pytest
from django.conf import LazySettings

from console.config.checks import the_controls_have_an_endpoint


@pytest.mark.parametrize(("has_endpoint", "has_controls"), [(True, True), (True, False), (False, False)])
def test_the_controls_may_be_on_where_the_endpoint_is(
    settings: LazySettings, has_endpoint: bool, has_controls: bool
) -> None:
    settings.CONSOLE_LOCAL_HTTP, settings.CONSOLE_LOCAL_CONTROLS = has_endpoint, has_controls
    assert the_controls_have_an_endpoint() == []


def test_controls_without_an_endpoint_stop_a_start(settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_HTTP, settings.CONSOLE_LOCAL_CONTROLS = False, True
    (error,) = the_controls_have_an_endpoint()
    assert error.msg == (
        "CONSOLE_LOCAL_CONTROLS is 1, and the controls are at /aws/_local/, but CONSOLE_LOCAL_HTTP is 0."
    )
    assert error.hint == "Set CONSOLE_LOCAL_HTTP to 1, or leave CONSOLE_LOCAL_CONTROLS out."
