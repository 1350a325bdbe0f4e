#!/bin/sh
# tablib 3.10.0 writes 0, 0.0 and False as a blank in its "jira" format, as it does None and an empty text.
#
# Its other formats keep them apart, so a table that was exported for a ticket looks right beside the CSV of the same
# dataset until a row has a zero: anyone who reads the ticket's table back takes an age of 0, or a false, as missing.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tablib==3.10.0

cat >seen.py <<'PROGRAM'
import tablib

users = tablib.Dataset(headers=["ID", "AGE", "SCORE", "VIP", "CITY"])
users.append(("u-1", 0, 0.0, False, ""))
users.append(("u-2", 1, 1.5, True, "Bern"))
for name in ("csv", "jira"):
    print(name)
    print(users.export(name).replace("\r", "").strip("\n"))
PROGRAM

cat >expected <<'SEEN'
csv
ID,AGE,SCORE,VIP,CITY
u-1,0,0.0,False,
u-2,1,1.5,True,Bern
jira
||ID||AGE||SCORE||VIP||CITY||
|u-1| | | | |
|u-2|1|1.5|True|Bern|
SEEN
venv/bin/python seen.py | tee seen
diff expected seen
