"""What the tests of pages share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from console.personalize import calls, clients
from console.personalize.environments import environments
from tests.served import free_port


@pytest.fixture
def broken_environment(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An environment `broken`, where nobody answers."""
    file = tmp_path / "environments.toml"
    file.write_text(
        f'[[environments]]\nname = "broken"\nregion = "us-east-1"\nendpoint_url = "http://127.0.0.1:{free_port()}"\n'
    )
    settings.CONSOLE_ENVIRONMENTS = str(file)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIALOCALDEMOEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local-demo-secret-key")
    for forget in (environments.cache_clear, clients._clients.clear, calls._arn_prefixes.clear):
        forget()
    yield
    for forget in (environments.cache_clear, clients._clients.clear, calls._arn_prefixes.clear):
        forget()
