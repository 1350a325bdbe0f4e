"""Uploads: the pieces of a file, what the file is, and which column is which field."""
