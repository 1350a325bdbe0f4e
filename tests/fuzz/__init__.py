"""Bad input to every address and to every header."""

import math

from hypothesis import settings

# Requests to pages, by the profile: of `make test`, `make test-all` and `make test-fuzz`.
CASES = {"console": 125, "whole": 250, "fuzz": 8500}


def share_of_cases(parts: int) -> int:
    """Return how many cases each of several equal parts is to try in this run."""
    return math.ceil(CASES[settings.get_current_profile_name()] / parts)
