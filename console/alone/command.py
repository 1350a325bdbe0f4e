"""`personalize-local`: from start to exit."""

import logging
import os
import signal
import sys
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from console.alone.signals import signals_to_end
from console.work.frames import with_room

if TYPE_CHECKING:
    from pathlib import Path

    from console.alone.options import Options

STDIN = 0
MOST_READ = 4096


def run() -> None:
    """Serve according to the command line, and exit with status 0 on Ctrl-C, SIGTERM and SIGHUP.

    End with a sentence where the port or the data directory cannot be used.
    """
    is_ending = _end_cleanly()
    # Imported when signals end this process as they should: until then, Python answers them in its own way.
    from console.alone.data import dropped_data, kept_data
    from console.alone.options import read_options

    options = read_options()
    if options.ends_with_stdin:
        Thread(target=_end_with_stdin, daemon=True, name="stdin").start()
    # Files of this process are readable by its owner only: see console/storage/data_directory.py.
    os.umask(0o077)
    status = 0
    try:
        with dropped_data() if options.in_memory else kept_data(options.data) as data:
            with_room(_serve, options, data, is_ending)
    except SystemExit as end:
        status = _say(end)
    # The server's own threads would still wait for clients that stall, and abort where they outlive Python.
    os._exit(status)


def _say(end: SystemExit) -> int:
    """Say why the process ends, as Python does, and return its status."""
    if not isinstance(end.code, str):
        return end.code or 0
    with suppress(OSError):
        print(end.code, file=sys.stderr, flush=True)
    return 1


def _end_cleanly() -> Event:
    """Until the server runs, make signals exit this process with status 0 and release its data properly.

    What is returned is set by a signal, whose exception is lost where Python can raise none.
    """
    is_ending = Event()

    def end(*_signal: Any) -> None:
        is_ending.set()
        sys.exit(0)

    for each in signals_to_end():
        signal.signal(each, end)
    return is_ending


def _end_with_stdin() -> None:
    """Exit this process, as on a signal, once its standard input is closed."""
    with suppress(OSError):
        while os.read(STDIN, MOST_READ):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def _serve(options: "Options", data: "Path", is_ending: Event) -> None:
    import django
    from django.db import DatabaseError

    from console.alone.settings import configure
    from console.output.streams import Output, OutputError, drop_output

    configure(options, data)
    django.setup(set_prefix=False)
    # These imports need Django to be set up.
    from console.alone import serving, variables
    from console.alone.migrating import migrate
    from console.local.controls.token import control_token

    # A line of the log that cannot be written is no reason for forty others on the other stream.
    logging.raiseExceptions = False
    port = serving.free_port(options.host, options.port)
    try:
        migrate(data)
        accounts = variables.keys_of(options.accounts)
    except DatabaseError as error:
        sys.exit(f"The database in {data} cannot be used ({error}). Fix it, or name another directory with --data.")
    endpoint = variables.endpoint_of(options.host, port)
    ready = variables.Ready(endpoint, data, options.region, accounts, control_token())
    printed = variables.as_json(ready) if options.as_json else variables.as_shell(ready)
    try:
        serving.serve(options.host, port, data, is_ending, lambda: print(printed, file=Output(sys.stdout), flush=True))
    except OutputError as error:
        drop_output()
        sys.exit(str(error))
    except (OSError, RuntimeError) as error:
        # The lines after the first are for Granian's developers.
        reason = str(error).partition("\n")[0]
        sys.exit(f"Port {port} of {options.host} cannot be served ({reason}). Choose another with --port.")
