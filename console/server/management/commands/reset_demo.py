"""Puts the demo data back as it was made, while the server runs or not."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from console.local import api as local_api


class Command(BaseCommand):
    help = "Puts the demo data of the local service back as it was made; nothing else is touched."
    # They are run by prepare_demo, which says in a sentence what is wrong with the database.
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("prepare_demo", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(local_api.reset_demo_data())
