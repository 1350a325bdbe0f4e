"""Redaction of a person's records wherever the console keeps them; AWS is not involved."""
