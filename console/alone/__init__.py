"""`personalize-local`: the local service alone, without pages, people and sessions, for other people's tests.

It is one process: Granian answers requests in its event loop, threads run the operations, and one more thread the
background work. It starts in a second, in half the memory of the console's server, and needs none of the packages that
only pages need.
"""
