"""Checks signing in as it is configured, and says how to fix the parts that do not work."""

import logging
import sys
from typing import Any, override
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http.request import split_domain_port
from django.urls import reverse

from console.people.openid.sign_in_checks import State, findings
from console.variables.names import SETTINGS_TAG

# The address that `make run` serves on.
OF_DEMO = "http://127.0.0.1:8000"


class Command(BaseCommand):
    """`manage.py check_sign_in`.

    Raise CommandError for an --address that is not valid; exit with status 1 if a check fails.
    """

    help = (
        "Tries the OpenID provider without signing anybody in: discovery, keys, the client's ID and secret, and the "
        "redirect URI. The exit status is 1 if something does not work. No secret is printed."
    )
    requires_system_checks = (SETTINGS_TAG,)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address",
            action="append",
            metavar="URL",
            help="where people open the console, such as https://console.example.com; by default, the allowed hosts",
        )

    @override
    def handle(self, *_args: Any, address: list[str] | None, **_options: Any) -> None:
        path = reverse("provider_answer")
        back = [_checked(each).rstrip("/") + path for each in address or _addresses()]
        # Failures are printed here, in more detail than the log has.
        logging.disable(logging.WARNING)
        try:
            states = []
            for each in findings(back):
                self.stdout.write(f"{each.state:5}  {each.sentence}")
                if each.advice:
                    self.stdout.write(f"       {each.advice}")
                states.append(each.state)
        finally:
            logging.disable(logging.NOTSET)
        if State.FAILS in states:
            sys.exit(1)


def _addresses() -> list[str]:
    """Return where people open the console, as far as the settings say."""
    hosts = [host for host in settings.ALLOWED_HOSTS if host not in settings.OWN_HOSTS and not host.startswith(".")]
    return [f"https://{host}" for host in hosts if host != "*"] or [OF_DEMO]


def _checked(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, _port = split_domain_port(parts.netloc)
        has_more = any(each in address for each in "@?#")
        is_address = parts.scheme in ("http", "https") and bool(host) and address.isprintable() and not has_more
    except ValueError:
        is_address = False
    if not is_address:
        raise CommandError("--address: expected where people open the console, such as https://console.example.com.")
    return address
