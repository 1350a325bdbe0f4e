"""Names of columns that a program has cut, as SQL*Plus does above narrow columns."""

from dataclasses import replace

from console.records.pasted.tables.headings import field_named, matched_columns
from console.records.pasted.tables.table import Table
from console.records.schemas.schema import Schema

FEWEST_LETTERS = 3


def with_whole_names(schema: Schema, table: Table, rule: str) -> Table:
    """Return a table with the names of fields in the places of those that may be cut, and a sentence on each.

    A name may be cut that is as wide as the part of the rule below it, if one field alone that no other column is
    begins so.
    """
    names = list(table.heading or ())
    known = set(matched_columns(schema, names)[0])
    notes: list[str] = []
    for place, (name, dashes) in enumerate(zip(names, rule.split(), strict=False)):
        if len(name) != len(dashes) or len(name) < FEWEST_LETTERS or field_named(schema, name):
            continue
        others = [each.name for each in schema.declared_fields if each.name not in known]
        found = [each for each in others if each.upper().startswith(name.upper())]
        if len(found) == 1 and found[0] not in names:
            names[place] = found[0]
            notes.append(f"{name} is taken for {found[0]}.")
    return replace(table, heading=names, notes=(*notes, *table.notes)) if notes else table
