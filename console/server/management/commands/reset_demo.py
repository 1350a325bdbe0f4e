"""Puts the demo data back as it was made, while the server runs or not."""

from typing import Any, override

from django.core.management import call_command
from django.core.management.base import BaseCommand

from console.activity.models import Kind
from console.activity.recording import recorded
from console.local import api as local_api
from console.personalize.environments import LOCAL, environments


class Command(BaseCommand):
    """`manage.py reset_demo`.

    Raise CommandError as prepare_demo does, which it runs first.
    """

    help = "Restores the demo data of the local service. Nothing else is changed."
    # prepare_demo runs the checks, and says in a sentence what is wrong with the database.
    requires_system_checks = ()

    @override
    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("prepare_demo", stdout=self.stdout, stderr=self.stderr)
        with recorded(Kind.DEMO_RESET, "demo data", environment=environments()[LOCAL]):
            done = local_api.reset_demo_data()
        self.stdout.write(done)
