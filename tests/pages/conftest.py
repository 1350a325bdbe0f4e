"""What the tests of pages share."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from console.people.openid.provider import forget_provider
from tests.pages.configured import forget
from tests.people.openid.provider_walk import ANSWER
from tests.support.aws_stand_in import StandIn, stand_in
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
    forget()
    yield
    forget()


@pytest.fixture
def aws(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """What stands for AWS where nothing fails, and an environment `staging` that boto3's own variables lead to it."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    file = tmp_path / "environments.toml"
    file.write_text('[[environments]]\nname = "staging"\nlabel = "Staging"\nregion = "us-west-2"\n')
    settings.CONSOLE_ENVIRONMENTS = str(file)
    with stand_in() as found:
        monkeypatch.setenv("AWS_ENDPOINT_URL", found.url)
        forget()
        yield found
        # A page is there before STS has said whose account it is of.
        for thread in threading.enumerate():
            if thread.name.startswith(("account of ", "call of AWS")):
                thread.join(60)
    forget()


@pytest.fixture(scope="session")
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
