"""The people who use the console: their roles, and the accounts of the demo."""
