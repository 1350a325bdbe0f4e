"""What the tests share."""

import gc
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, settings

from console.local.http import keys
from console.people.demo import make_demo_accounts
from console.personalize.connections.clients import client as gateway_client
from console.personalize.environments import Environment, environments
from console.server.static_files import collect_static_files
from tests.support.demo import ACCOUNT, REGION, put_demo_data
from tests.support.made_once import share_in
from tests.support.migrated_once import migrate_once
from tests.support.numbers import IS_WHOLE
from tests.support.processes import no_processes, starts_processes
from tests.support.schedule import LongestFirst, sort
from tests.support.secrecy import OF_THIS_RUN, SearchedLog
from tests.support.secrecy_served import search_served
from tests.support.served import Served, kill, serve, started

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

LOYALTY = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/loyalty-programme/USERS"
SCHEMA_FILES = sorted((Path(__file__).parent / "schemas").glob("*.json"))


# How long an example takes says more of the machine and of coverage than of what is tested.
settings.register_profile("whole", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples each time: what fails is what was changed. The other two look for new ones.
settings.register_profile("console", settings.get_profile("whole"), max_examples=50, derandomize=True)
# Of `make test-fuzz`: see tests/fuzz.
settings.register_profile("fuzz", settings.get_profile("whole"))
settings.load_profile("whole" if IS_WHOLE else "console")


@pytest.fixture(scope="session", autouse=True)
def nothing_secret_is_told() -> Iterator[None]:
    """Fail in the end if a log, an error page or an address of this run held what it may not hold."""
    log = SearchedLog(OF_THIS_RUN)
    logging.getLogger().addHandler(log)
    yield
    logging.getLogger().removeHandler(log)
    for served in started:
        if served.process.poll() is None:
            kill(served)
    search_served(OF_THIS_RUN, started)
    if OF_THIS_RUN.findings:
        pytest.fail("\n".join(OF_THIS_RUN.findings), pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def made_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let all processes of a run share what is made once."""
    own = tmp_path_factory.getbasetemp()
    share_in(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, made_once: None) -> None:
    """Make the databases of all processes of a run by one migration, which takes seconds."""
    migrate_once()


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """The static files as they are now: their names in pages are those of the manifest, which may be an older one."""
    collect_static_files()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console in a process of its own."""
    with serve(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Another console, in which tests may leave dataset groups and datasets behind, which are ACTIVE soon."""
    with serve(tmp_path_factory.mktemp("written"), CONSOLE_LOCAL_CREATE_SECONDS="0.3") as served:
        yield served


@pytest.fixture(autouse=True)
def nothing_recent() -> None:
    """Forget what other tests have left in the cache, and the keys that they used."""
    cache.clear()
    keys.forget()


@pytest.fixture
def local() -> Environment:
    """The environment of the local service."""
    return environments()["local"]


@pytest.fixture
def demo(db: None) -> None:
    """The demo's data and accounts."""
    put_demo_data()
    make_demo_accounts()


@pytest.fixture
def personalize(db: None, local: Environment) -> "PersonalizeClient":
    """A real boto3 client of the control plane, through the transport without a network."""
    return gateway_client(local, "personalize")


@pytest.fixture
def personalize_events(db: None, local: Environment) -> "PersonalizeEventsClient":
    """A real boto3 client of Personalize Events, through the transport without a network."""
    return gateway_client(local, "personalize-events")


@pytest.fixture
def viewer(demo: None, client: Client) -> Client:
    return _signed_in(client, "viewer")


@pytest.fixture
def operator(demo: None, client: Client) -> Client:
    return _signed_in(client, "operator")


@pytest.fixture
def administrator(demo: None) -> Client:
    # Of its own, as tests have it beside another person.
    return _signed_in(Client(), "administrator")


def _signed_in(client: Client, name: str) -> Client:
    client.force_login(User.objects.get(username=name))
    return client


def pytest_configure() -> None:
    """Let Ctrl-C and SIGTERM end what the tests start, also where the tests themselves were told to ignore them.

    A shell that runs no job control starts what it puts in the background with SIGINT ignored, and every process after
    that inherits it.
    """
    ending = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
    for number in ending:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ending)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that start processes, before any are chosen by their marks; leave out what is for a whole run."""
    if not IS_WHOLE:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("whole")])
        items[:] = [item for item in items if not item.get_closest_marker("whole")]
    for item in items:
        if starts_processes(item):
            item.add_marker("served")


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def pytest_longest_first(items: list[pytest.Item]) -> None:
    """Put the longest files first, whatever else has put the tests into an order."""
    sort(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LongestFirst | None:
    """Give files out as tests/support/schedule.py says where they are given out whole."""
    return LongestFirst(config, log) if config.option.dist == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Let no test start a process that is not marked for it; what others share may end after it."""
    with _processes_of(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let no test start a process that is not marked for it."""
    with _processes_of(item):
        return (yield)


def _processes_of(item: pytest.Item) -> AbstractContextManager[None]:
    return nullcontext() if item.get_closest_marker("served") else no_processes()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return three for each processor: tests that start processes wait most of the time; two for the others."""
    return (2 if config.option.numprocesses == "logical" else 3) * (os.cpu_count() or 1)


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from what is there for good: it took a fifth of the tests' time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
