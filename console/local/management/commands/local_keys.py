"""Makes, lists and revokes the access keys of the local service."""

from contextlib import suppress
from typing import Any, override

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection
from django.utils import timezone

from console.local.caller import is_account
from console.local.http import keys
from console.local.models import AccessKey, Demo
from console.storage.database import has_no_data
from console.variables.names import SETTINGS_TAG

ROW = "{:<20}  {:<12}  {:<10}  {:<16}  {:<24}  {}"
MOMENT = "%Y-%m-%d %H:%M"
LONGEST_NAME = 128


class Command(BaseCommand):
    """`manage.py local_keys make|list|revoke`.

    Raise CommandError for an account, a name or a key that is not valid, and for a database without tables.
    """

    help = "Makes, lists and revokes the access keys that requests to the local service are signed with."
    requires_system_checks = (SETTINGS_TAG,)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        make = actions.add_parser("make", help="makes a pair of keys, and prints its secret this once")
        make.add_argument(
            "--read-only", action="store_true", help="only Describe, Get and List operations may be called"
        )
        make.add_argument(
            "--account", default=settings.CONSOLE_LOCAL_ACCOUNT, help="12 digits; by default %(default)s"
        )
        make.add_argument("--name", default="", help="what the keys are for")
        actions.add_parser("list", help="lists all keys, without their secrets")
        revoke = actions.add_parser("revoke", help="revokes a key: it is refused within a second")
        revoke.add_argument("access_key_id", metavar="ACCESS_KEY_ID")

    @override
    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        # The error of an unreachable database is raised here as it is; after this, an error means missing tables.
        connection.ensure_connection()
        try:
            match action:
                case "make":
                    self._make(options["account"], options["name"], is_read_only=options["read_only"])
                case "list":
                    self._list()
                case _:
                    self._revoke(options["access_key_id"])
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(has_no_data(error)) from error

    def _make(self, account: str, name: str, *, is_read_only: bool) -> None:
        if not is_account(account):
            raise CommandError(f"The account must be 12 digits; found {account}.")
        if len(name) > LONGEST_NAME or not name.isprintable():
            raise CommandError(f"The name must be at most {LONGEST_NAME} characters on one line.")
        made = keys.make(account, name, is_read_only=is_read_only)
        try:
            self.stdout.write(f"export AWS_ACCESS_KEY_ID={made.access_key_id}")
            self.stdout.write(f"export AWS_SECRET_ACCESS_KEY={made.secret}")
            self.stdout.flush()
        except BaseException:
            # Nobody has its secret.
            made.delete()
            raise
        with suppress(OSError):
            self.stderr.write("Keep the secret: it is not shown again.")

    def _list(self) -> None:
        self.stdout.write(ROW.format("ACCESS KEY", "ACCOUNT", "ACCESS", "MADE (UTC)", "STATE", "NAME"))
        demo = Demo.objects.first()
        if demo:
            demo_key = settings.CONSOLE_LOCAL_ACCESS_KEY_ID
            made_at = demo.made_at.strftime(MOMENT)
            row = (
                demo_key,
                settings.CONSOLE_LOCAL_ACCOUNT,
                "read-write",
                made_at,
                "in use",
                "the demo's, of the settings",
            )
            self.stdout.write(ROW.format(*row))
        for key in AccessKey.objects.order_by("pk"):
            access = "read-only" if key.is_read_only else "read-write"
            state = f"revoked {key.revoked_at.strftime(MOMENT)}" if key.revoked_at else "in use"
            row = (key.access_key_id, key.account, access, key.created_at.strftime(MOMENT), state, key.name)
            self.stdout.write(ROW.format(*row).rstrip())

    def _revoke(self, access_key_id: str) -> None:
        if access_key_id == settings.CONSOLE_LOCAL_ACCESS_KEY_ID:
            advice = "It is accepted as long as there is a demo. CONSOLE_LOCAL_ACCESS_KEY_ID changes it."
            raise CommandError(f"The key {access_key_id} is the demo's. {advice}")
        key = AccessKey.objects.filter(access_key_id=access_key_id).first()
        if key is None:
            raise CommandError(f"The local service has no key {access_key_id}.")
        if key.revoked_at:
            self.stdout.write(f"The key {key} was revoked already, on {key.revoked_at.strftime(MOMENT)} UTC.")
            return
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        self.stdout.write(f"The key {key} is revoked, and will be refused within a second.")
