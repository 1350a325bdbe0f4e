#!/bin/sh
# prometheus-client 0.26.0 in its multiprocess mode maps files that the disk has no room for yet.
#
# Seen: the file of a process is 64 KiB long as soon as one value is counted, and the file system has given it a few blocks
# of that. Each page of the mapping that is written for the first time asks for room then, outside any call that could
# fail with an error. What must keep running on a full disk has to allocate the files before they are mapped.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check prometheus-client==0.26.0

cat >"$folder/seen.py" <<'PROGRAM'
import os
import pathlib

import prometheus_client

prometheus_client.Counter("seen", "Counts").inc()
(file,) = pathlib.Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).iterdir()
is_sparse = file.stat().st_blocks * 512 < file.stat().st_size / 4
print(f"{file.stat().st_size} bytes long, {'sparse' if is_sparse else 'allocated'}")
PROGRAM
mkdir "$folder/metrics"
PROMETHEUS_MULTIPROC_DIR="$folder/metrics" "$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen"
echo "65536 bytes long, sparse" >"$folder/expected"
diff "$folder/expected" "$folder/seen"
