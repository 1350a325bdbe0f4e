"""The HTTP server of the local service alone: each connection has a thread, which reads, answers and writes.

An event loop between the two would take half of the time of a call: the request passes from one thread to the next and
back. A client that stalls keeps no other waiting, since its thread is its own; calls that are answered take turns at a
number of connections to the database. llhttp, the reader of Node.js, reads the requests.
"""
