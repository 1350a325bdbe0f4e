#!/usr/bin/env python
"""Django's command line for the console."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import Error, OperationalError, connection

from console.database import cannot_be_used

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")
    try:
        execute_from_command_line(sys.argv)
    except Error as error:
        if connection.connection is not None and not isinstance(error, OperationalError):
            raise
        sys.exit(cannot_be_used(error))
