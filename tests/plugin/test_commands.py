"""Which command the plugin starts, without starting it."""

import ast
import os
import sys
from pathlib import Path

import pytest

from pytest_personalize_local.commands import NO_COMMAND, Settings, find_command
from pytest_personalize_local.environments import cache_directory, own_environment
from pytest_personalize_local.errors import PersonalizeLocalError
from tests.support.served import ROOT

# What the plugin may import beside Python's own modules: it runs in other people's tests.
IMPORTED = {"pytest", "boto3", "pytest_personalize_local"}


def test_the_plugin_brings_no_other_packages_into_the_tests() -> None:
    sources = sorted(ROOT.glob("pytest-personalize-local/src/*/*.py"))
    assert len(sources) > 8
    names = {
        name.partition(".")[0]
        for source in sources
        for node in ast.walk(ast.parse(source.read_text()))
        for name in imported(node)
    }
    assert names - {*sys.stdlib_module_names} == IMPORTED


def imported(node: ast.AST) -> list[str]:
    """Return the names of the modules that a node of a program imports."""
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder on the PATH, and no settings."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("PERSONALIZE_LOCAL_COMMAND", "PERSONALIZE_LOCAL_REQUIREMENT"):
        monkeypatch.delenv(name, raising=False)


def test_a_command_of_a_setting_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings("python -m 'my service'", "never-installed")
    assert find_command(settings) == ["python", "-m", "my service"]
    monkeypatch.setenv("PERSONALIZE_LOCAL_COMMAND", "other --option")
    assert find_command(settings) == ["other", "--option"]


def test_without_a_setting_it_is_the_one_on_the_path(tmp_path: Path) -> None:
    with pytest.raises(PersonalizeLocalError) as missing:
        find_command(Settings())
    assert str(missing.value) == NO_COMMAND
    command = tmp_path / "personalize-local"
    command.touch(0o700)
    assert find_command(Settings()) == [str(command)]


def test_the_cache_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert cache_directory() == tmp_path / "cache/pytest-personalize-local"
    assert cache_directory().is_dir()


def test_packages_of_the_tests_are_not_found_by_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, "project")
    assert own_environment()["PATH"] == os.environ["PATH"]
    assert own_environment().keys().isdisjoint({"PYTHONPATH", "DJANGO_SETTINGS_MODULE"})
