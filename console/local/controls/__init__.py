"""HTTP controls for tests, beside AWS's API: reset the service, read records back, simulate responses.

All of it is below /aws/_local/, for programs that have the token which the data directory keeps.
"""
