"""What people type: `manage.py`, and the command `personalize-console` of an installed console."""
