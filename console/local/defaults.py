"""Default settings of the local service, for the console and for `console/alone/`."""

ACCOUNT = "000000000000"
# The secret of the demo's key, which everybody can read here.
SECRET_ACCESS_KEY = "local-demo-secret-key"
REGION = "us-east-1"
# AWS gives an account 5 in a region until more are asked for.
MOST_DATASET_GROUPS = 100
