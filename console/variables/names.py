"""Names of settings: which exist, and what a misspelt one was meant to be."""

from collections.abc import Iterable

PREFIX = "CONSOLE_"
# What others than the settings read: those of production, deploy/manage, the tests and the benchmarks.
READ_ELSEWHERE = frozenset({"CONSOLE_TRUSTED_PROXY", "CONSOLE_ENVIRONMENT_FILE"})
OF_TESTS = ("CONSOLE_TEST_", "CONSOLE_BENCH_")
MOST_LETTERS = 2
# The tag of the checks that commands run which need no pages: all others would import them, which takes as long again.
SETTINGS_TAG = "settings"

# The names that `text` of variables.py was asked for.
read_names: set[str] = set()


def known_names() -> set[str]:
    """Return the names of all settings, without those of the tests."""
    return {name for name in read_names | READ_ELSEWHERE if name.startswith(PREFIX)}


def misspelt(names: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Return which names are no settings and differ from one in two letters at most, or in case, and from which."""
    settings = sorted(known)
    found = {}
    for name in names:
        if name not in settings and not name.startswith(OF_TESTS):
            meant = next((each for each in settings if _is_close(name.upper(), each)), None)
            if meant:
                found[name] = meant
    return found


def unknown(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return the names that begin like settings but are none, without misspelt ones."""
    rest = [name for name in names if name.startswith(PREFIX) and not name.startswith(OF_TESTS)]
    return sorted({*rest} - {*known} - {*misspelt(rest, known)})


def _is_close(one: str, other: str) -> bool:
    """Return whether the Levenshtein distance of two texts is small: letters added, left out or replaced."""
    if abs(len(one) - len(other)) > MOST_LETTERS:
        return False
    row = list(range(len(other) + 1))
    for letter in one:
        above, row = row, [row[0] + 1]
        for position, each in enumerate(other):
            row.append(min(above[position] + (letter != each), above[position + 1] + 1, row[-1] + 1))
        if min(row) > MOST_LETTERS:
            return False
    return row[-1] <= MOST_LETTERS
