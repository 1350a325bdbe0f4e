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


def not_found(kind: str, arn: str) -> ServiceError:
    return ServiceError("ResourceNotFoundException", f"The given {kind} does not exist: {arn}")


def already_exists(arn: str) -> ServiceError:
    return ServiceError("ResourceAlreadyExistsException", f"Another resource with Arn {arn} already exists.")


def in_use(message: str) -> ServiceError:
    return ServiceError("ResourceInUseException", message)


def limit_exceeded(message: str) -> ServiceError:
    return ServiceError("LimitExceededException", message)


def throttled() -> ServiceError:
    return ServiceError("ThrottlingException", "Rate exceeded")
