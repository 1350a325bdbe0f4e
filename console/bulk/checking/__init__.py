"""The rows of a file: checked, compared with what is known, and fixed where they are no valid records."""
