"""The records of a file on their way to a dataset: in calls at AWS's rate, or by a job, and what failed."""
