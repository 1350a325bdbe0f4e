"""The options of `personalize-local`."""

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.local.caller import is_account
from console.local.defaults import ACCOUNT, REGION

PORT = 4567
HIGHEST_PORT = 65535
MOST_SECONDS = 24 * 60 * 60
MOST_CALLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Options:
    """What `personalize-local` was asked for; `data` is None for the user's own directory, `port` 0 for any free one.

    `accounts` begins with the one whose key the variables have.
    """

    host: str
    port: int
    data: Path | None
    in_memory: bool
    create_seconds: float
    put_rate: int
    any_time: bool
    accounts: Sequence[str]
    region: str
    as_json: bool
    ends_with_stdin: bool


def read_options(arguments: Sequence[str] | None = None) -> Options:
    """Return the options of the command line; exit with a sentence and status 2 if one is invalid."""
    found = vars(parser().parse_args(arguments))
    # In their order, each once.
    found["accounts"] = tuple(dict.fromkeys([ACCOUNT, *found["accounts"]]))
    return Options(**found)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="personalize-local",
        description=(
            "Serves a local Amazon Personalize for tests until Ctrl-C or SIGTERM. It starts empty, creates at once, "
            "allows any number of calls, and prints the environment variables of AWS clients once it is ready."
        ),
    )
    made.add_argument("--host", default="127.0.0.1", help="the address to listen on, by default %(default)s")
    made.add_argument(
        "--port", type=_whole(HIGHEST_PORT), default=PORT, help="by default %(default)s; 0 for any that is free"
    )
    place = made.add_mutually_exclusive_group()
    place.add_argument("--data", type=Path, metavar="DIR", help="keep the data in this directory")
    place.add_argument(
        "--memory", action="store_true", dest="in_memory", help="keep the data in memory, and drop them in the end"
    )
    made.add_argument(
        "--create-seconds",
        type=_seconds,
        default=0.0,
        metavar="S",
        help="how long creations and deletions take, by default 0",
    )
    made.add_argument(
        "--put-rate",
        type=_whole(MOST_CALLS),
        default=0,
        metavar="N",
        help="calls of PutUsers, PutItems and PutActions each that a second and dataset group may have; AWS allows "
        "10, and the default 0 any number",
    )
    made.add_argument(
        "--any-time",
        action="store_true",
        help="accept requests whatever the time of their signature, as tests that set their clock send them; AWS "
        "accepts 15 minutes",
    )
    made.add_argument(
        "--account",
        type=_account,
        action="append",
        default=[],
        dest="accounts",
        metavar="ID",
        help=f"make a key for this account as well as for {ACCOUNT}; may be given several times",
    )
    made.add_argument(
        "--region", type=_region, default=REGION, help="the region of the variables, by default %(default)s"
    )
    made.add_argument("--json", action="store_true", dest="as_json", help="print the variables as a line of JSON")
    made.add_argument(
        "--end-with-stdin",
        action="store_true",
        dest="ends_with_stdin",
        help="end when standard input ends too, as it does when the program that writes there has died",
    )
    return made


def _whole(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text) or int(text) > most:
            raise argparse.ArgumentTypeError(f"expected a whole number from 0 to {most}; found {text}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text) or float(text) > MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"expected a number of seconds from 0 to {MOST_SECONDS}; found {text}")
    return float(text)


def _account(text: str) -> str:
    if not is_account(text):
        raise argparse.ArgumentTypeError(f"an account is 12 digits; found {text}")
    return text


def _region(text: str) -> str:
    if not re.fullmatch("[a-z0-9-]{1,64}", text):
        raise argparse.ArgumentTypeError(f"expected a region such as {REGION}; found {text}")
    return text
