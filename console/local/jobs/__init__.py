"""The jobs of the local service: datasets are imported and exported, and users deleted, in the background.

A job's row is its place in the queue, which the worker of `console.work` runs: see `running`. One that was cut off
runs again from its start, so that everything that a job does can be done twice.
"""
