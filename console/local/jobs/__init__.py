"""The background jobs of the local service: dataset imports and exports, and data deletions.

A job's row is its place in the queue, which the worker of `console.work` runs: see `running`. One that was cut off
runs again from its start, so that everything that a job does can be done twice.
"""
