"""Prepares the database for `make run`: only what is missing is made."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from console.local.demo import make_demo_data
from console.people.demo import make_demo_accounts


class Command(BaseCommand):
    help = "Migrates the database, and makes the demo's accounts and data if they were never made."
    # They are run by handle, which says in a sentence what is wrong with the database.
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            self.check(databases=["default"])
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        except DatabaseError as error:
            sentence = f"The database in {settings.CONSOLE_DATA_DIR} cannot be used ({error})."
            raise CommandError(f"{sentence} Mend it, or move it away.") from error
        if make_demo_accounts():
            self.stdout.write("Made the demo accounts viewer, operator and administrator.")
        if make_demo_data(settings.CONSOLE_LOCAL_ACCOUNT, settings.CONSOLE_LOCAL_REGION):
            self.stdout.write("Made the demo data of the local service.")
