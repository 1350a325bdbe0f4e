"""Background work that survives crashes. Other packages register theirs; this package knows none of them.

Work is rows in the project's own database. Any number of worker processes, on any number of machines, take a row under
a lease that they renew while they work. A lease that was not renewed can be taken by another worker, which resumes
from what the row says. So everything that work does must be safe to do twice. Progress is columns of the row,
committed together with the work that it counts.

`leases` has the row and its lease, `queues` decides which row is next and handles failures, `worker` has the loops
over all registered steps, and `waking` lets a request wake the worker.

django-tasks-db, the usual way to run tasks from a database, leaves the task of a killed worker running for ever (its
issue 46), and would be a second queue beside rows that the API and the pages show anyway.
"""
