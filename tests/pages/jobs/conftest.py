"""What the tests of pages of jobs share."""

from pathlib import Path

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def data_directory(tmp_path: Path, settings: LazySettings) -> Path:
    """A data directory of the test's own, in which jobs begin and end at once."""
    settings.CONSOLE_DATA_DIR = tmp_path
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 0
    return tmp_path
