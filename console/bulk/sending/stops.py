"""What stops an import: whether a person has to do something first, and the words for them."""

from console.personalize.answers import is_throttled
from console.personalize.attempts import GivenUp
from console.personalize.errors import NoDatasetError, NotFoundError, PersonalizeError
from console.submissions.models import Submission

CREATE_AGAIN = "Create the dataset again and resume, or cancel this import."


def needs_person(error: PersonalizeError) -> bool:
    """Return whether a failed call fails again until a person has done something, such as created what is missing."""
    failure = error.failure
    if is_throttled(failure.http_status or 0, failure.code):
        return False
    if isinstance(error.__cause__, GivenUp):
        # A credentials provider may hang, but the machine may equally have had no time for the call.
        return False
    return isinstance(error, NotFoundError) or failure.has_answer or failure.is_about_access


def why_it_failed(error: PersonalizeError) -> str:
    """Return what is known of a failed call: the console's sentence, the code and words of AWS, and what to do."""
    failure = error.failure
    advice = CREATE_AGAIN if isinstance(error, NoDatasetError) else failure.advice
    return _in_words(failure.sentence, failure.code, failure.message, advice)


def why_it_was_refused(submission: Submission) -> str:
    """Return the same of a call that sent records."""
    return _in_words(submission.sentence, submission.error_code, submission.message, submission.advice)


def _in_words(sentence: str, code: str, message: str, advice: str) -> str:
    said = ": ".join(filter(None, (code, f"“{message}”" if message else "")))
    return " ".join(filter(None, (sentence, said, advice)))
