"""System checks of the settings, as they say what is wrong."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from console.config.checks import the_controls_have_an_endpoint, the_directory_of_imports_can_be_used


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


def test_the_directory_of_imports_is_made(settings: LazySettings, tmp_path: Path) -> None:
    for directory in ("", str(tmp_path / "new"), str(tmp_path / "new")):
        settings.CONSOLE_IMPORT_DIR = directory
        assert the_directory_of_imports_can_be_used() == []
    assert ((tmp_path / "new").stat().st_mode & 0o777, list((tmp_path / "new").iterdir())) == (0o700, [])


@pytest.mark.parametrize(
    ("directory", "sentence"),
    [
        ("/etc/passwd", "The directory that CONSOLE_IMPORT_DIR names cannot be used (it is a file): /etc/passwd."),
        ("/proc", "The directory that CONSOLE_IMPORT_DIR names cannot be used (No such file or directory): /proc."),
        ("uploads", "CONSOLE_IMPORT_DIR is not a whole path: uploads."),
    ],
)
def test_a_directory_of_imports_that_cannot_be_used_stops_a_start(
    settings: LazySettings, directory: str, sentence: str
) -> None:
    settings.CONSOLE_IMPORT_DIR = directory
    (error,) = the_directory_of_imports_can_be_used()
    assert (error.id, error.msg) == ("console.E008", sentence)
    assert (
        error.hint == "Name a directory that the console may write to, by its whole path, or unset CONSOLE_IMPORT_DIR."
    )
