"""Errors of the local service, with the codes of AWS."""

from http import HTTPStatus


class ServiceError(Exception):
    """An error as a client receives it: AWS's code, a message, and the HTTP status."""

    def __init__(self, code: str, message: str, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def invalid_input(message: str) -> ServiceError:
    """Return an InvalidInputException (status 400); `message` says what is wrong in the request, and what to do."""
    return ServiceError("InvalidInputException", message)


def as_modelled(operation: str, error: ServiceError) -> ServiceError:
    """Return an error that an operation can have in AWS's model: for PutEvents, only InvalidInputException."""
    others = ("ResourceNotFoundException", "ResourceInUseException")
    return invalid_input(error.message) if operation == "PutEvents" and error.code in others else error


def too_large(most: int) -> ServiceError:
    """Return a RequestEntityTooLargeException (status 413) for a body of more than `most` bytes.

    Name and status are in "Common errors" of the API reference.
    """
    message = f"The body of the request is longer than {most} bytes."
    return ServiceError("RequestEntityTooLargeException", message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def aborted() -> ServiceError:
    """Return a RequestAbortedException (status 400) for a body that is shorter than its Content-Length.

    Name and status are in "Common errors" of the API reference.
    """
    return ServiceError("RequestAbortedException", "The request ended before its body had the stated length.")


def refused_body(status: int, most: int) -> ServiceError:
    """Return the error of a request whose body the server refused to receive, from its `status` and limit in bytes."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return too_large(most)
    if status == HTTPStatus.BAD_REQUEST:
        return aborted()
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return ServiceError("RequestTimeoutException", "The body of the request took too long to arrive.", status)
    # AWS's clients retry at this status.
    message = "The service is busy with other requests at the moment. Try again."
    return ServiceError("ServiceUnavailable", message, HTTPStatus.SERVICE_UNAVAILABLE)


def access_denied(access_key_id: str, account: str, operation: str, status: int) -> ServiceError:
    """Return an AccessDeniedException for an operation that an account's read-only key may not call.

    `status` is 400 or 403, by the operation's protocol. The name is in "Common errors" of the API reference.
    """
    user = f"arn:aws:iam::{account}:user/{access_key_id}"
    message = f"User: {user} is not authorized to perform: personalize:{operation} because its access key is read-only"
    return ServiceError("AccessDeniedException", message, status)


def not_found(kind: str, arn: str) -> ServiceError:
    """Return a ResourceNotFoundException (status 400); `kind` is in words, such as "dataset group"."""
    return ServiceError("ResourceNotFoundException", f"The given {kind} does not exist: {arn}")


def already_exists(arn: str) -> ServiceError:
    """Return a ResourceAlreadyExistsException (status 400) for an ARN that another resource has."""
    return ServiceError("ResourceAlreadyExistsException", f"Another resource with Arn {arn} already exists.")


def in_use(message: str) -> ServiceError:
    """Return a ResourceInUseException (status 400); `message` says what uses the resource, and what to wait for."""
    return ServiceError("ResourceInUseException", message)


def limit_exceeded(message: str) -> ServiceError:
    """Return a LimitExceededException (status 400); `message` names the limit."""
    return ServiceError("LimitExceededException", message)


def unavailable(message: str) -> ServiceError:
    """Return a ServiceUnavailable (status 503) for a temporary outage, which AWS's clients retry.

    Name and status are in "Common errors" of the API reference.
    """
    return ServiceError("ServiceUnavailable", message, HTTPStatus.SERVICE_UNAVAILABLE)


def throttled() -> ServiceError:
    """Return a ThrottlingException (status 400) for a call above the allowed rate, which AWS's clients retry.

    Name and status are in "Common errors" of the API reference.
    """
    return ServiceError("ThrottlingException", "Rate exceeded")
