"""A file on its way in: its pieces, what it is, and which column is which field."""
