"""The settings of other environment variables, read and checked in this process as each command does at its start."""

import os
import runpy
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from console.variables.names import SETTINGS_TAG
from tests.support.served import ROOT, clean_variables


def said_of_settings(data: Path, **variables: str) -> list[str]:
    """Return what a command that has these variables says of its settings before it does anything; [] if all is well.

    A value that cannot be read is said alone, as it ends the command before others are checked.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            patch.delenv(name)
        for name, value in clean_variables(data, **variables).items():
            patch.setenv(name, value)
        try:
            found = runpy.run_path(str(ROOT / "console" / "config" / "settings.py"))
        except SystemExit as ended:
            return [str(ended.code)]
        own = {name: value for name, value in found.items() if name.startswith("CONSOLE_")}
        with override_settings(**own):
            return [str(each.msg) for each in run_checks(tags=[SETTINGS_TAG])]
