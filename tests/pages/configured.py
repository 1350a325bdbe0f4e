"""Environments of a test's own, all behind one endpoint: another console's, or a stand-in's for AWS."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache

from console.personalize.accounts import arn_prefixes
from console.personalize.environments import environments


@contextmanager
def configured(
    tables: dict[str, str], endpoint: str, settings: LazySettings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Use environments by name, each with the lines of its table beside its name, region and endpoint."""
    file.write_text(
        "".join(
            f'[[environments]]\nname = "{name}"\nregion = "us-east-1"\nendpoint_url = "{endpoint}"\n{lines}\n'
            for name, lines in tables.items()
        )
    )
    settings.CONSOLE_ENVIRONMENTS = str(file)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIALOCALDEMOEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local-demo-secret-key")
    forget()
    yield
    forget()


def forget() -> None:
    """Read the environments file anew, and make clients anew."""
    for each in (environments.cache_clear, arn_prefixes.ask_anew, cache.clear):
        each()
