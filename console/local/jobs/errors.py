"""Why a job fails."""


class JobFailure(Exception):
    """The job cannot be done as it was asked for; the text is its failureReason, and has no value of a record."""
