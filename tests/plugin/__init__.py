"""The package pytest-personalize-local."""
