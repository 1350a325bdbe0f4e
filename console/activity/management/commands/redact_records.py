"""Redacts what was sent of people, as the page Redact records does."""

from typing import Any, override

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from console.activity.recording import account
from console.activity.redacting import check_group, in_words, redact_people, why_not_ids, why_not_redact
from console.personalize.environments import environments
from console.personalize.errors import PersonalizeError
from console.storage.database import cannot_be_used
from console.storage.database_trouble import database_trouble
from console.submissions.trails.own_trail import former_environment_of
from console.variables.names import SETTINGS_TAG

NOT_KEPT = "The data directory takes nothing ({}). Make room there, and redact again: doing it twice does no harm."


class Command(BaseCommand):
    """`manage.py redact_records ID… --environment NAME --group GROUP --as USERNAME`.

    Raise CommandError where nothing can be redacted, and for what could not be removed.
    """

    help = (
        "Removes what this console keeps of users that were sent to a dataset group: properties, typed text, messages "
        "that quote them, and imports from files. Who, when, IDs and outcomes stay, and Amazon Personalize is not "
        "changed. Doing it again does no harm."
    )
    requires_system_checks = (SETTINGS_TAG,)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", metavar="ID", nargs="+", help="the ID of a user")
        parser.add_argument("--environment", metavar="NAME", required=True, help="its name, as addresses have it")
        parser.add_argument("--group", metavar="GROUP", required=True, help="the dataset group")
        parser.add_argument("--as", dest="username", metavar="USERNAME", required=True, help="who redacts")

    @override
    def handle(self, *_args: Any, ids: list[str], **options: Any) -> None:
        person = User.objects.filter(username=options["username"], is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active person {options['username']}.")
        name = options["environment"]
        environment = environments().get(name) or former_environment_of(person, name)
        if environment is None:
            raise CommandError(f"There is no environment {name}.")
        if reason := why_not_redact(person, environment):
            raise CommandError(reason)
        user_ids = list(dict.fromkeys(ids))
        if problem := why_not_ids(user_ids):
            raise CommandError(problem)
        try:
            check_group(environment, options["group"])
            found = redact_people(environment, options["group"], user_ids, account(person))
        except PersonalizeError as error:
            raise CommandError(f"{error.failure.sentence} {error.failure.advice}") from error
        except OSError as error:
            raise CommandError(NOT_KEPT.format(error.strerror)) from error
        except Error as error:
            if database_trouble(error) is None:
                raise
            raise CommandError(cannot_be_used(error)) from error
        self.stdout.write(in_words(user_ids, found))
        if found.left:
            raise CommandError(" ".join(found.left))
