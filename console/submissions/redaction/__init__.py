"""Redaction of what was sent of a person, wherever the console keeps it; AWS is not asked for anything."""
