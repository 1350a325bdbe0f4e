#!/bin/sh
# jsonschema 4.26.0 and jsonschema-rs 0.61.2 do not agree on which Python values are valid.
#
# Where the fast validator says "valid" and the other one names what is wrong, these are values on which one of them has
# nothing to say. Seen, with the same schema (Draft 2020-12):
# - NaN and Infinity are numbers to jsonschema and not to jsonschema-rs; NaN is below every `maximum` of jsonschema.
# - Decimal("1") is an integer to jsonschema-rs alone.
# - Subclasses of str, as YAML loaders that keep quotes and numpy make, raise ValueError in jsonschema-rs.
# - 0.29 and 0.3 are multiples of 0.01 and 0.1 to jsonschema-rs alone, which counts in decimals.
# - \d and \w of a `pattern` take letters and digits of every script in jsonschema, as Python's re does, and ASCII in
#   jsonschema-rs, as ECMA-262 does.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jsonschema==4.26.0 jsonschema-rs==0.61.2

cat >"$folder/seen.py" <<'PROGRAM'
import decimal
import math

import jsonschema
import jsonschema_rs

PAIRS = [
    ("NaN is a number", {"type": "number"}, math.nan),
    ("Infinity is a number", {"type": "number"}, math.inf),
    ("NaN is at most 10", {"type": "number", "maximum": 10}, math.nan),
    ("Decimal 1 is an integer", {"type": "integer"}, decimal.Decimal("1")),
    ("a subclass of str is a string", {"type": "string"}, type("Text", (str,), {})("a")),
    ("0.29 is a multiple of 0.01", {"multipleOf": 0.01}, 0.29),
    ("an Arabic digit is a digit", {"pattern": r"^\d$"}, "\u0663"),
    ("1.0 is an integer", {"type": "integer"}, 1.0),
]


def answer(validator, value):
    try:
        return "yes" if validator.is_valid(value) else "no"
    except ValueError as error:
        return type(error).__name__


for words, schema, value in PAIRS:
    one = answer(jsonschema.Draft202012Validator(schema), value)
    other = answer(jsonschema_rs.Draft202012Validator(schema), value)
    print(f"{words}: {one}, {other}")
PROGRAM

cat >"$folder/expected" <<'SEEN'
NaN is a number: yes, no
Infinity is a number: yes, no
NaN is at most 10: yes, no
Decimal 1 is an integer: no, yes
a subclass of str is a string: yes, ValueError
0.29 is a multiple of 0.01: no, yes
an Arabic digit is a digit: yes, no
1.0 is an integer: yes, yes
SEEN
"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
