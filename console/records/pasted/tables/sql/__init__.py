"""Rows in scripts of SQL, as database clients export them."""
