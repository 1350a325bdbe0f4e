"""Where the data of an installed program are: console/storage/places.py."""

from pathlib import Path

import pytest

from console.storage import places


def test_a_checkout_keeps_its_data_in_its_own_folder() -> None:
    assert places.default_data("personalize-console") == Path(__file__).resolve().parent.parent.parent / "var"


@pytest.mark.parametrize(
    ("platform", "stated", "expected"),
    [
        ("linux", "", "/home/ada/.local/share/personalize-local"),
        ("linux", "/data", "/data/personalize-local"),
        ("linux", "relative/data", "/home/ada/.local/share/personalize-local"),
        ("darwin", "/data", "/home/ada/Library/Application Support/personalize-local"),
    ],
)
def test_an_installed_program_keeps_its_data_where_the_system_has_those_of_its_user(
    platform: str, stated: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "IS_INSTALLED", True)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("XDG_DATA_HOME", stated)
    assert places.default_data("personalize-local") == Path(expected)
