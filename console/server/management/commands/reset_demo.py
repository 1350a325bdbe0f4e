"""Restores the demo data, whether the server is running or not."""

from typing import Any, override

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from console.activity.models import Kind
from console.activity.recording import recorded
from console.personalize.environments import LOCAL, environments
from console.submissions.demo.demos import reset_demo


class Command(BaseCommand):
    """`manage.py reset_demo`.

    Raise CommandError as prepare_demo does, which it runs first.
    """

    help = "Restores the demo data of the local service, and begins a new demo. Nothing else is changed."
    # prepare_demo runs the checks, and says in a sentence what is wrong with the database.
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="leave the demo's datasets and submissions empty")

    @override
    def handle(self, *_args: Any, **options: Any) -> None:
        # Filling it in would be wasted: it is removed at once.
        call_command("prepare_demo", empty=True, stdout=self.stdout, stderr=self.stderr)
        with recorded(Kind.DEMO_RESET, "demo data", environment=environments()[LOCAL]):
            done = reset_demo(is_filled=not options["empty"])
        self.stdout.write(done)
