"""What tests do with the local service beside AWS's calls, over HTTP: reset it, read records back, simulate responses.

All of it is below /aws/_local/, for programs that have the token which the data directory keeps.
"""
