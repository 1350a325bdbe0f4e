"""Makes functions that call AWS usable by pages: with a deadline, and with failures in words."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, cast

from console.personalize.connections.connections import forget_connection, same_connections
from console.personalize.deadlines import in_time
from console.personalize.environments import Environment
from console.personalize.errors import Call, PersonalizeError
from console.personalize.read_only import refuse_if_read_only

log = logging.getLogger(__name__)


def asks[**Given, Answer](
    operation: str, service: str = "personalize"
) -> Callable[[Callable[Concatenate[Environment, Given], Answer]], Callable[Concatenate[Environment, Given], Answer]]:
    """Decorate a function that only calls an operation by boto3, so that it raises PersonalizeError.

    Its first argument is the environment, and the second the ARN or name of the call's subject, if there is a single
    one. After a failure of credentials, later calls use a new connection.
    """

    def decorate(
        ask: Callable[Concatenate[Environment, Given], Answer],
    ) -> Callable[Concatenate[Environment, Given], Answer]:
        @wraps(ask)
        def asked(environment: Environment, /, *given: Given.args, **more: Given.kwargs) -> Answer:
            call = Call(environment, operation, str(given[0]) if given else "*", service)
            if call.writes:
                refuse_if_read_only(environment, operation)
            try:
                with same_connections():
                    return in_time(call, lambda: ask(environment, *given, **more))
            except PersonalizeError as error:
                kind = type(error.__cause__).__name__
                log.info("%s in the environment %s failed: %s.", operation, environment.name, kind)
                if error.failure.is_about_access:
                    forget_connection(environment)
                raise

        return asked

    return decorate


def whole[Description](description: Description, *members: str) -> Description:
    """Return a description if it has the members that a page needs, as text; raise KeyError."""
    for member in members:
        if not isinstance(cast("Mapping[str, object]", description)[member], str):
            raise KeyError(member)
    return description
