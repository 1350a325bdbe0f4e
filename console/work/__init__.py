"""Background work that survives crashes: other packages register it, and this one knows none of them.

Work is rows of the project's own database. Workers, any number of processes on any number of machines, take a row by a
lease that they renew while they work at it; a lease that was not renewed is another worker's to take, which begins
again where the row says that the work has got to. So everything that work does can be done twice. Progress is columns
of the row, and committed together with the work that it counts.

`leases` has the row and its lease, `queues` which row is next and what becomes of failures, `worker` the loop that all
registered steps share, and `waking` how a request lets the worker know that there is something to do.

django-tasks-db, the usual way to run tasks from a database, leaves the task of a worker that was killed as running for
ever (its issue 46), and would be a second queue beside rows that the API and pages show anyway.
"""
