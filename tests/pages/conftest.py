"""What the tests of pages share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from console.people.openid.provider import forget_provider
from console.personalize.accounts import arn_prefixes
from console.personalize.environments import environments
from tests.people.openid.provider_walk import ANSWER
from tests.support.openid_provider import CLIENT_ID, CLIENT_SECRET, OpenIdProvider, openid_provider
from tests.support.served import free_port


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
    for forget in (environments.cache_clear, arn_prefixes.ask_anew):
        forget()
    yield
    for forget in (environments.cache_clear, arn_prefixes.ask_anew):
        forget()


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIdProvider]:
    with openid_provider(tmp_path_factory.mktemp("provider"), free_port()) as provider:
        provider.has_client(ANSWER)
        yield provider


@pytest.fixture
def known(provider: OpenIdProvider, settings: LazySettings, db: None) -> Iterator[OpenIdProvider]:
    """The provider, which this console knows."""
    settings.CONSOLE_OIDC_ISSUER = provider.issuer
    settings.CONSOLE_OIDC_CLIENT_ID = CLIENT_ID
    settings.CONSOLE_OIDC_CLIENT_SECRET = CLIENT_SECRET
    settings.CONSOLE_OIDC_LABEL = "Example Corp"
    settings.CONSOLE_OIDC_OPERATORS = ["data-team"]
    settings.CONSOLE_OIDC_ADMINISTRATORS = ["console-admins", "it"]
    settings.AUTHENTICATION_BACKENDS = [
        "console.people.backends.PasswordBackend",
        "console.people.backends.ProviderBackend",
    ]
    forget_provider()
    yield provider
    forget_provider()
