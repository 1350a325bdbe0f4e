"""Checking the rows of a file, comparing them with what is known, and fixing invalid ones."""
