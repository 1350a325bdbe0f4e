"""YAML, as the AWS CLI takes it."""
