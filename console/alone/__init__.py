"""`personalize-local`: the local service alone, without pages, people and sessions, for other people's tests.

It is one process: each connection has a thread, which answers its requests, and one more thread does the background
work. It starts in a second, in half the memory of the console's server, and needs none of the packages that only pages
need.
"""
