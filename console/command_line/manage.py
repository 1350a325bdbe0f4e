"""Django's command line for the console."""

import os
import signal
import sys

from console.work.frames import with_room

# They go on where nothing can be printed.
SERVING = (["serve"], ["run_worker"])
PRODUCTION = "console.production"


def main() -> None:
    """Run the command that the arguments name.

    End quietly at Ctrl-C, and with a sentence without a database, or where the output cannot be written.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.config.settings")
    # What this process and those that it starts make is for their owner alone: see console/storage/data_directory.py.
    os.umask(0o077)
    if sys.argv[1:2] == ["serve"] and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until the server hears of it, Ctrl-C ends the process at once: what it raises instead is lost where Python
        # can raise nothing, as while an object is deleted.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from django.conf import settings
    from django.core.management import execute_from_command_line
    from django.db import Error, OperationalError, connection

    from console.output.streams import Output, OutputError, drop_output
    from console.server.spare_room import give_up_if_full
    from console.storage.database import cannot_be_used

    _read_settings()
    # A worker runs beside a server, which has the database open already and needs the room at its next start.
    if sys.argv[1:2] != ["run_worker"]:
        give_up_if_full(settings.CONSOLE_DATA_DIR)
    if sys.argv[1:2] not in SERVING:
        sys.stdout = Output(sys.stdout)
    try:
        try:
            execute_from_command_line(sys.argv)
        finally:
            # Also at a status of the command's own.
            if sys.argv[1:2] not in SERVING:
                sys.stdout.flush()
    except OutputError as error:
        drop_output()
        sys.exit(str(error))
    except Error as error:
        if connection.connection is not None and not isinstance(error, OperationalError):
            raise
        sys.exit(cannot_be_used(error))


def _read_settings() -> None:
    """Load the settings; exit with a sentence if the module named by the environment does not exist."""
    from django.conf import settings

    module = os.environ["DJANGO_SETTINGS_MODULE"]
    try:
        # The first that is asked for reads all of them.
        _ = settings.CONSOLE_DATA_DIR
    except ModuleNotFoundError as error:
        if error.name is None or f"{module}.".startswith(f"{error.name}."):
            sys.exit(
                f"DJANGO_SETTINGS_MODULE names {module}, which is not there. Unset it, or set it to {PRODUCTION}."
            )
        raise
    except AttributeError:
        sys.exit(f"DJANGO_SETTINGS_MODULE names {module}, which has no settings of the console. Unset it.")


def run() -> None:
    """Run `main`, and exit as shells expect after Ctrl-C."""
    try:
        with_room(main)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    run()
