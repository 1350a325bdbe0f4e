"""Lets an account, or an address, sign in again after too many failures."""

from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from console.people.lock_out import lift_lock_out
from console.variables.names import SETTINGS_TAG


class Command(BaseCommand):
    """`manage.py lift_lock_out [USERNAME] [--address ADDRESS]`.

    Raise CommandError if neither is given.
    """

    help = "Lets an account, or an address, sign in again after too many failures."
    requires_system_checks = (SETTINGS_TAG,)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", nargs="?", default="", help="the account")
        parser.add_argument("--address", default="", help="the IP address from which people tried too many accounts")

    @override
    def handle(self, *_args: Any, username: str, address: str, **_options: Any) -> None:
        if not username and not address:
            raise CommandError("Name an account, or an address by --address.")
        named = " and ".join(each for each in (username, address) if each)
        if lift_lock_out(name=username, address=address):
            self.stdout.write(f"{named} may sign in again.")
        else:
            self.stdout.write(f"{named} was not locked out: there are no failures.")
