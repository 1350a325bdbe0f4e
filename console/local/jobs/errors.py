"""The reasons for which jobs fail."""


class JobFailure(Exception):
    """A job failed; the text is its failureReason, and contains no values of records."""
