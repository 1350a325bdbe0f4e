"""Simulates a response for the next calls at a `personalize-local`: takes its data directory, the response, and how many."""

import sys
from pathlib import Path

import django

from console.alone.options import read_options
from console.alone.settings import configure

if __name__ == "__main__":
    directory, response, calls = sys.argv[1:]
    configure(read_options(["--memory"]), Path(directory))
    django.setup(set_prefix=False)
    from console.local.api import simulate

    simulate(response, 0, int(calls), "the tests")
