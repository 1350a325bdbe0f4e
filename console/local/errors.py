"""Errors of the local service, with the codes of AWS."""

from http import HTTPStatus


class ServiceError(Exception):
    """An error that a client gets: AWS's code, a message, and the HTTP status."""

    def __init__(self, code: str, message: str, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def invalid_input(message: str) -> ServiceError:
    return ServiceError("InvalidInputException", message)


def too_large(most: int) -> ServiceError:
    message = f"The body of the request is longer than {most} bytes."
    return ServiceError("RequestEntityTooLargeException", message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def aborted() -> ServiceError:
    return ServiceError("RequestAbortedException", "The request ended before its body had the stated length.")


def refused_body(status: int, most: int) -> ServiceError:
    """Return the error of a request whose body the server has not received: with the status that it gives."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return too_large(most)
    if status == HTTPStatus.BAD_REQUEST:
        return aborted()
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return ServiceError("RequestTimeoutException", "The body of the request took too long to arrive.", status)
    # Clients of AWS try again at this status.
    message = "The service has no room for the body of the request at the moment. Try again."
    return ServiceError("ServiceUnavailable", message, HTTPStatus.SERVICE_UNAVAILABLE)


def access_denied(access_key_id: str, account: str, operation: str, status: int) -> ServiceError:
    user = f"arn:aws:iam::{account}:user/{access_key_id}"
    message = f"User: {user} is not authorized to perform: personalize:{operation} because its access key is read-only"
    return ServiceError("AccessDeniedException", message, status)


def not_found(kind: str, arn: str) -> ServiceError:
    return ServiceError("ResourceNotFoundException", f"The given {kind} does not exist: {arn}")


def already_exists(arn: str) -> ServiceError:
    return ServiceError("ResourceAlreadyExistsException", f"Another resource with Arn {arn} already exists.")


def in_use(message: str) -> ServiceError:
    return ServiceError("ResourceInUseException", message)


def limit_exceeded(message: str) -> ServiceError:
    return ServiceError("LimitExceededException", message)


def unavailable(message: str) -> ServiceError:
    """Return the error of a service that cannot work for a while, which AWS's clients try again after.

    Its name is that of AWS's errors that all services share: "Common errors" of the API reference.
    """
    return ServiceError("ServiceUnavailable", message, HTTPStatus.SERVICE_UNAVAILABLE)


def throttled() -> ServiceError:
    return ServiceError("ThrottlingException", "Rate exceeded")
