"""Read-only environments: the gateway itself refuses all operations that write."""

from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, PersonalizeError


def refuse_if_read_only(environment: Environment, operation: str) -> None:
    """Raise PersonalizeError for an operation that writes in a read-only environment."""
    if environment.read_only:
        sentence = f"The environment {environment.label} is read-only, so {operation} was not sent."
        advice = "Choose another environment, or ask an administrator of the console."
        raise PersonalizeError(Failure(Effect.NOT_SENT, sentence, advice))
