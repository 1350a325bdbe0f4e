"""Django's command, which validates the password with --noinput too; Django alone accepts any password there."""

import os
from typing import Any, override

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError


class Command(createsuperuser.Command):
    """`manage.py createsuperuser`.

    Raise CommandError, in addition to Django's own, with --noinput for a DJANGO_SUPERUSER_PASSWORD that breaks the
    rules.
    """

    @override
    def handle(self, *args: Any, **options: Any) -> str | None:
        password = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
        if password is not None and not options["interactive"]:
            person = get_user_model()(username=options.get("username") or "", email=options.get("email") or "")
            try:
                validate_password(password, person)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        return super().handle(*args, **options)
