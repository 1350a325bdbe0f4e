#!/bin/sh
# tabulate 0.10.0 writes tab-separated text (`tablefmt="tsv"`) whose cells are padded with spaces.
#
# A reader that splits at the tabs gets ids with spaces behind them, two more than the longest id has characters, and a
# heading with spaces: pandas keeps both. "u-1      " is another id than "u-1" to whoever stores it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tabulate==0.10.0 pandas==3.1.1

cat >"$folder/seen.py" <<'PROGRAM'
import io

import pandas
import tabulate

rows = [["u-1", 34, "Gold"], ["user-22", 7, "Basic"]]
text = tabulate.tabulate(rows, headers=["USER_ID", "AGE", "TIER"], tablefmt="tsv")
for line in text.split("\n"):
    print(line.split("\t"))
frame = pandas.read_csv(io.StringIO(text), sep="\t")
print(list(frame.columns), repr(frame.iloc[0, 0]))
PROGRAM

cat >"$folder/expected" <<'SEEN'
['USER_ID  ', '  AGE', 'TIER']
['u-1      ', '   34', 'Gold']
['user-22  ', '    7', 'Basic']
['USER_ID  ', '  AGE', 'TIER'] 'u-1      '
SEEN
"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
