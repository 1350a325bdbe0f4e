"""What runs the jobs of the local service: datasets are imported and exported, and users deleted, in the background.

A job's row is its place in the queue. Workers, which may be any number of processes, take due jobs by a claim that
they renew while they work; a claim that was not renewed is another worker's to take, and the job then runs again from
its start. So everything that a job does can be done twice.

django-tasks-db, the usual way to run tasks from a database, leaves the task of a worker that was killed as running for
ever (its issue 46), and would be a second queue beside these rows, which the API shows anyway.
"""
