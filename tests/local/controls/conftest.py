"""The controls are on, with a data directory of the test's own."""

from pathlib import Path

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def controls(data_directory: Path, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_CONTROLS = True
