"""Errors of the gateway: every failed call to Amazon Personalize raises one of these.

PersonalizeError      a call failed: `failure` says what it has done, and what a person is to read
└── NotFoundError     what was asked for does not exist
    └── NoDatasetError    the dataset group has no dataset of the type

Their words are in `messages.py`.
"""

from dataclasses import dataclass
from enum import Enum

from console.personalize.environments import Environment

# The codes of AWS for what does not exist, and for a name that is taken.
NOT_FOUND, ALREADY_EXISTS = "ResourceNotFoundException", "ResourceAlreadyExistsException"


class Effect(Enum):
    """What is known of the effect of a failed call, or of one attempt."""

    NOT_SENT = "not sent"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Call:
    """A call: the operation, the ARN or name of its resource, and the service by its IAM prefix."""

    environment: Environment
    operation: str
    resource: str
    service: str = "personalize"

    @property
    def action(self) -> str:
        """The call as IAM's policies name it."""
        return f"{self.service}:{self.operation}"

    @property
    def where(self) -> str:
        """The environment, as a sentence names it."""
        return f"the environment {self.environment.label}"

    @property
    def service_name(self) -> str:
        """Who answers the call, as the middle of a sentence names it."""
        return "the local service" if self.environment.is_local else "AWS"

    @property
    def subject(self) -> str:
        """Who answers the call, as the beginning of a sentence names it."""
        return self.service_name[0].upper() + self.service_name[1:]

    @property
    def writes(self) -> bool:
        """Whether it changes something at AWS."""
        return self.operation.startswith(("Create", "Delete", "Put", "Tag", "Untag", "Update"))


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed call. `sentence` and `advice` are the console's; `code` and `message` are those of AWS, if it spoke.

    `attempts` counts the requests that were begun, retries included. `is_about_access` says that credentials or
    configuration failed, not the request. `is_about_input` says that the API's model forbids what was to be sent.
    `denied_action` is the action of IAM that the credentials lack, if that is the matter. `resource` is the ARN or
    name of what AWS was asked about, if it answered.
    """

    effect: Effect
    sentence: str
    advice: str
    code: str = ""
    message: str = ""
    http_status: int | None = None
    request_id: str = ""
    attempts: int = 0
    is_about_access: bool = False
    is_about_input: bool = False
    denied_action: str = ""
    resource: str = ""

    @property
    def has_answer(self) -> bool:
        """Whether AWS said what is wrong, so that another call may well go through."""
        return self.http_status is not None and 400 <= self.http_status < 500

    @property
    def is_of_another(self) -> bool:
        """Whether the name is taken by something else: an earlier attempt without an answer may have taken it."""
        return self.code == ALREADY_EXISTS and self.effect is not Effect.UNCONFIRMED


class PersonalizeError(Exception):
    """A call to Personalize that failed, or that was not made since it would have."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code or failure.sentence)
        self.failure = failure


class NotFoundError(PersonalizeError):
    """What was asked for does not exist: AWS says so, or lists do not have it."""


class NoDatasetError(NotFoundError):
    """A dataset group has no dataset of the type that was asked for, so that one can be created."""


def error_of(failure: Failure) -> PersonalizeError:
    """Return the error for a failed call."""
    return NotFoundError(failure) if failure.code == NOT_FOUND else PersonalizeError(failure)
