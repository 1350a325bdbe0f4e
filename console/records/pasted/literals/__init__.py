"""Literals of programming languages, read as JSON's values."""
