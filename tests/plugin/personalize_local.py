"""The `personalize-local` of this checkout, from wherever it is started: `python tests/plugin/personalize_local.py`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from console.alone.command import run

    run()
