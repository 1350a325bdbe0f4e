#!/usr/bin/env bash
# pytest-xdist 3.8.0 with pytest 9.2.0: `--dist=loadgroup` spreads the tests of one `xdist_group` over all workers.
#
# xdist puts the name of the group behind the test's id by writing the attribute `_nodeid`, from which the controller
# reads it. Since pytest 9.2 the id comes from another attribute: nothing fails or warns, and the tests of a group run
# anywhere, each worker with module fixtures of its own. With pytest 9.1.1 they run in one worker.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >test_group.py <<'PYTHON'
import time
import pytest

@pytest.mark.parametrize("number", range(8))
@pytest.mark.xdist_group("one")
def test_of_the_group(number, worker_id):
    with open("workers", "a") as file:
        print(worker_id, file=file)
    time.sleep(0.2)
PYTHON

workers() {
  python3 -m venv "$1"
  "$1/bin/pip" install --quiet --disable-pip-version-check "$2" pytest-xdist==3.8.0
  rm -f workers
  "$1/bin/python" -m pytest --quiet -p no:cacheprovider -n 2 --dist=loadgroup test_group.py >/dev/null
  sort workers | uniq | wc -l | tr -d ' '
}

before=$(workers before pytest==9.1.1)
now=$(workers now pytest==9.2.0)
echo "workers that ran the tests of one group: $before with pytest 9.1.1, $now with pytest 9.2.0"
[ "$before" = 1 ] && [ "$now" = 2 ]
