"""Checks which calls work in the environments, and which actions their IAM policies lack."""

import logging
import sys
from typing import Any, override

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from console.personalize.checking import Check, checks, denied_actions, groups_that_are_missing, not_tried
from console.personalize.environments import Environment, environments
from console.storage.database import has_no_data
from console.variables.names import SETTINGS_TAG


class Command(BaseCommand):
    """`manage.py check_environments [NAME ...]`.

    Raise CommandError for an unknown environment; exit with status 1 if a check fails.
    """

    help = (
        "Tries what the console reads in each environment, with the credentials of this process, and says what works "
        "and which actions the IAM policies lack. Nothing is written. The exit status is 1 if something does not work."
    )
    requires_system_checks = (SETTINGS_TAG,)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="environments to try; all if none is named")

    @override
    def handle(self, *_args: Any, names: list[str], **_options: Any) -> None:
        known = environments()
        for name in names:
            if name not in known:
                raise CommandError(f"There is no environment {name}. There are: {', '.join(known)}.")
        # Failed calls are printed here, in more detail than the log has.
        logging.disable(logging.INFO)
        try:
            results = [self._try(known[name]) for name in names or known]
        finally:
            logging.disable(logging.NOTSET)
        if not all(results):
            sys.exit(1)

    def _try(self, environment: Environment) -> bool:
        """Try an environment, print the results, and return whether all calls work."""
        self.stdout.write(f"{environment.name}: {environment.label}, {environment.region}")
        groups: set[str] | None = None
        try:
            groups = set(Group.objects.values_list("name", flat=True))
        except DatabaseError as error:
            if environment.is_local:
                self.stdout.write(f"  fails  {has_no_data(error)}")
                return False
        found = []
        for check in checks(environment):
            self._print(check)
            found.append(check)
        denied = denied_actions(found)
        if denied:
            self.stdout.write(f"  Actions that the IAM policies lack: {', '.join(denied)}")
        if not environment.read_only:
            self.stdout.write(f"  Not tried, since they write: {', '.join(not_tried(environment))}")
        for key, name in groups_that_are_missing(environment, groups) if groups is not None else ():
            self.stdout.write(f"  The group {name}, which {key} names, does not exist yet.")
        return all(check.failure is None for check in found)

    def _print(self, check: Check) -> None:
        if not check.is_tried:
            self.stdout.write(f"  not tried  {check.action}: there is nothing yet to ask for")
        elif check.failure is None:
            self.stdout.write(f"  works  {check.action}{f' ({check.found})' if check.found else ''}")
        else:
            self.stdout.write(f"  fails  {check.action}: {check.failure.sentence}")
            if check.failure.code:
                self.stdout.write(f"         {check.failure.code}: {check.failure.message}")
            self.stdout.write(f"         {check.failure.advice}")
