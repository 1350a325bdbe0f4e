"""The local service: an embedded, durable service that speaks Amazon Personalize's protocol.

For demonstrations and tests on one machine. It serves dataset groups, datasets, schemas, tags, PutUsers, PutItems and
PutActions, and jobs that import, export and delete data; every other operation answers with an error that says so.
What is created takes its time to be ACTIVE, and what is deleted to be gone. Only jobs, and the records of large
datasets that were deleted, need a process that works in the background: `manage.py run_worker`.
"""
