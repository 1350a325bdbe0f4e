"""Without a toolchain, a test fails with a sentence that says what to install: it is never left out in silence."""

from pathlib import Path

import pytest

from tests.clients import toolchains


def test_a_missing_tool_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.fail.Exception) as failure:
        toolchains.need("cargo", "Install Rust.")
    assert str(failure.value) == "cargo is needed to test this client, and was not found. Install Rust."


def test_a_tool_that_is_there_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tool = tmp_path / "cargo"
    tool.touch(mode=0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert toolchains.need("cargo", "Install Rust.") == str(tool)


def test_a_machine_without_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    with pytest.raises(pytest.fail.Exception, match=r"runs on Python 3\.8 to 3\.11, and none was found\. Install one"):
        toolchains.old_python()
