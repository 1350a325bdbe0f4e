"""Records within other values: in requests, and in the answers of databases and services."""
