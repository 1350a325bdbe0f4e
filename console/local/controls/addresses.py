"""Paths of the controls, below that of the endpoint."""

from console.local.http.addresses import path_below

BELOW = "/_local"
STATE = "/state"


def path_of(path: str) -> str | None:
    """Return the path of a control, such as "/reset", or None if a path is not a control's."""
    below = path_below(path)
    if below is None or (below != BELOW and not below.startswith(f"{BELOW}/")):
        return None
    return below.removeprefix(BELOW)
