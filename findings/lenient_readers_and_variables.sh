#!/bin/sh
# chompjs 1.4.1 and json-repair 0.64.6 make texts of what only a program knows, without an error or a mark.
#
# Both read objects that are nearly JSON. The name of a variable, a call and `undefined` are not values there, and come
# back as texts of their source: a record of "name" is stored where the program would have sent the variable's value.
# json5 0.17.3 refuses each of them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chompjs==1.4.1 json-repair==0.64.6 json5==0.17.3

cat >"$folder/seen.py" <<'PROGRAM'
import chompjs
import json5
import json_repair


def outcome(read, text):
    try:
        return read(text)
    except Exception as error:
        return type(error).__name__


for value in ("name", "f(1)", "undefined", "np.float64(34.0)"):
    text = '[{"AGE": ' + value + "}]"
    readers = (chompjs.parse_js_object, json_repair.loads, json5.loads)
    print(value, *(outcome(read, text) for read in readers), sep=" | ")
PROGRAM

cat >"$folder/expected" <<'SEEN'
name | [{'AGE': 'name'}] | [{'AGE': 'name'}] | ValueError
f(1) | [{'AGE': 'f(1)'}] | [{'AGE': 'f(1)'}] | ValueError
undefined | [{'AGE': 'undefined'}] | [{'AGE': 'undefined'}] | ValueError
np.float64(34.0) | [{'AGE': 'np.float64(34.0)'}] | [{'AGE': 'np.float64(34.0)'}] | ValueError
SEEN
"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
