#!/bin/sh
# Apache's avro 1.12.2 and fastavro 1.13.1 check different halves of an Avro schema, and neither checks field names.
#
# A schema that a service refuses may therefore pass both. Seen, for a record with one field besides USER_ID:
# - fastavro takes two fields of one name, a union with one type twice, a union in a union and a record's name with a
#   hyphen, which the specification forbids; Apache's refuses each.
# - Apache's takes a default of another type than its field's; fastavro refuses it.
# - A field's name with a space or a leading digit passes both, though a record's name is checked by Apache's.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check avro==1.12.2 fastavro==1.13.1

cat >"$folder/seen.py" <<'PROGRAM'
import json

import avro.errors
import avro.schema
import fastavro
import fastavro.schema


def record(*fields, name="Users"):
    return {"type": "record", "name": name, "fields": [{"name": "USER_ID", "type": "string"}, *fields]}


CASES = {
    "two fields of one name": record({"name": "USER_ID", "type": "string"}),
    "a type twice in a union": record({"name": "AGE", "type": ["int", "int"]}),
    "a union in a union": record({"name": "AGE", "type": ["null", ["int"]]}),
    "a hyphen in the record's name": record(name="my-users"),
    "a default of another type": record({"name": "AGE", "type": "int", "default": "x"}),
    "a space in a field's name": record({"name": "MEMBER SINCE", "type": "int"}),
    "a digit at the start of a field's name": record({"name": "2ND_AGE", "type": "int"}),
}


def apaches(schema):
    try:
        avro.schema.parse(json.dumps(schema))
    except avro.errors.AvroException:
        return "refused"
    return "taken"


def fast(schema):
    try:
        fastavro.parse_schema(schema)
    except fastavro.schema.SchemaParseException:
        return "refused"
    return "taken"


for words, schema in CASES.items():
    print(f"{words}: avro {apaches(schema)}, fastavro {fast(schema)}")
PROGRAM

cat >"$folder/expected" <<'SEEN'
two fields of one name: avro refused, fastavro taken
a type twice in a union: avro refused, fastavro taken
a union in a union: avro refused, fastavro taken
a hyphen in the record's name: avro refused, fastavro taken
a default of another type: avro taken, fastavro refused
a space in a field's name: avro taken, fastavro taken
a digit at the start of a field's name: avro taken, fastavro taken
SEEN
"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
