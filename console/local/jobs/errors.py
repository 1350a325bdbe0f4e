"""Why a job does not go on."""


class JobFailure(Exception):
    """The job cannot be done as it was asked for; the text is its failureReason, and has no value of a record."""


class Stopped(Exception):
    """The worker is to end: the job is left for the next one."""


class ClaimLost(Exception):
    """Another worker has taken the job, or the job is gone."""
