"""How much of what is repeated is run: a part by `make test` and `make test-served`, all of it by `make test-all`.

CONTRIBUTING.md lists what is run in smaller numbers.
"""

import os

# Whether this run is one of `make test-all`.
IS_WHOLE = os.environ.get("CONSOLE_TEST_WHOLE") == "1"
