"""`personalize-console`: the command of an installed console, which does what `make` does in a checkout."""

import argparse
import os
import signal
import subprocess
import sys
from importlib.util import find_spec

from console.command_line import manage
from console.storage.places import manage_command

# One of the packages of the extra that every page needs.
OF_THE_CONSOLE = "whitenoise"
NOT_INSTALLED = (
    "Only the local service is installed here. For the console, install the extra as well: "
    "pip install 'personalize-console[console]', or the same with the name of its wheel."
)


def run() -> None:
    """Run the command named by the arguments; exit with a sentence if only the local service is installed."""
    arguments = parser().parse_args()
    if find_spec(OF_THE_CONSOLE) is None:
        sys.exit(NOT_INSTALLED)
    if arguments.command == "manage":
        sys.argv = ["personalize-console manage", *arguments.arguments]
        manage.run()
        return
    # What these make, and what they become, is for their owner alone.
    os.umask(0o077)
    if arguments.command == "serve":
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.production")
        _run("migrate", "--verbosity=0")
    else:
        _run("prepare_demo")
    # It takes the place of this process, which is not to stand between it and the signals that end it.
    serve = [*manage_command(), "serve", f"--host={arguments.host}", f"--port={arguments.port}"]
    os.execv(serve[0], serve)


def _run(*command: str) -> None:
    """Run a Django command in its own process, and exit with its status if it fails."""
    try:
        status = subprocess.call([*manage_command(), *command])
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    if status:
        # A process that a signal has ended has its number as a negative status.
        sys.exit(status if status > 0 else 128 - status)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="personalize-console",
        description="A self-hosted console for the records of Amazon Personalize.",
        epilog="Settings are environment variables: see docs/settings.md of the repository.",
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, does in (
        ("run", "serves the console with a demo, whose accounts and data it makes at the first start"),
        ("serve", "serves in production, behind a proxy with TLS, and migrates the database before"),
    ):
        serving = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
        serving.add_argument("--host", default="127.0.0.1", help="by default %(default)s")
        serving.add_argument("--port", default="8000", help="by default %(default)s")
    manage_parser = commands.add_parser("manage", help="runs one of Django's commands, such as createsuperuser")
    manage_parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="ARGUMENTS")
    return made
