"""The controls of the local service over HTTP."""
