"""Answers a request of an AWS client: signature, operation, constraints, the operation itself, the response.

botocore's service models are the specification: operations, constraints, error names and statuses are read from them.
"""

import json
import logging
import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from http import HTTPStatus
from itertools import islice
from typing import Any, NoReturn

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel
from django.conf import settings

from console.local import simulation
from console.local.constraints import is_valid, violations
from console.local.errors import ServiceError, access_denied, invalid_input, too_large, unavailable
from console.local.http.signature import Key, SignedRequest, verify
from console.local.json_characters import check_characters
from console.local.operations import OPERATIONS, WITHOUT_CAMPAIGNS, Caller
from console.local.storage import call_log
from console.output.logs import defect_in_words
from console.storage.database_trouble import database_trouble, give_up_broken_connection

CONTROL_PLANE = "personalize"
# The APIs whose operations are told by their paths.
REST = ("personalize-events", "personalize-runtime")
TARGET_HEADER = "x-amz-target"
TARGET_PREFIX = "AmazonPersonalize."
MOST_VIOLATIONS = 100
INVALID_NEXT_TOKEN = "InvalidNextTokenException"
LONGEST_BODY = 1024 * 1024
EPOCH, SECONDS_OF_A_DAY = datetime(1970, 1, 1, tzinfo=UTC), 24 * 60 * 60
CONTENT_TYPES = {"json": ("application/x-amz-json-1.1", "application/json"), "rest-json": ("application/json", "")}
# Operations that only read accept any key.
READING_VERBS = ("Describe", "Get", "List")
# Successful calls not worth a line of the log: CloudTrail, too, logs data events only on request.
QUIET_VERBS = (*READING_VERBS, "Put")

log = logging.getLogger(__name__)


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON.")


# NaN and Infinity, which json.loads reads, are no JSON.
DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response of the service."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def _request_id() -> str:
    # It is no secret. Random bytes of the system would let another thread go on first.
    return str(uuid.UUID(int=random.getrandbits(128), version=4))


@dataclass(slots=True)
class Exchange:
    """The context of a request while it is processed."""

    request: SignedRequest
    path: str
    request_id: str = field(default_factory=_request_id)
    operation: str = ""
    account: str = ""


def answer(
    request: SignedRequest,
    path: str,
    find_key: Callable[[str], Key | None],
    longest_wait: float = simulation.LONGEST_DELAY,
) -> Answer:
    """Answer a client's request; `path` is its URL's path after the prefix, `find_key` knows the endpoint's keys.

    Errors of the service become answers, as does a database that cannot be used. What is neither is a defect: it is
    logged without its text, which may repeat values, and answered as AWS answers its own. Raise ConnectionDropped
    where it is simulated that there is no answer; a simulated delay lasts at most `longest_wait` seconds.
    """
    exchange = Exchange(request, path)
    try:
        if len(request.body) > LONGEST_BODY:
            raise too_large(LONGEST_BODY)
        model = find_operation(request, path)
        exchange.operation = model.name
        _check_content_type(request, model)
        caller = _caller(request, model, find_key)
        exchange.account = caller.account
        simulation.play(simulation.Call(caller, model.name, partial(_parameters, request.body)), longest_wait)
        result = _run(caller, model, _parameters(request.body))
    except ServiceError as error:
        return _error_answer(exchange, error)
    except simulation.ConnectionDropped:
        _note(exchange, None, "")
        raise
    except Exception as error:
        found = database_trouble(error)
        if found:
            log.warning("The local service could not use its database: %s.", found.kind.value)
            # The console's own client tries again in this thread, without Django's end of a request between.
            give_up_broken_connection()
            return _error_answer(exchange, unavailable(f"{found.sentence} {found.advice}"))
        log.error("The local service failed on %s: %s", exchange.operation or "a request", defect_in_words(error))
        message = "The local service failed unexpectedly. Its log has the details."
        return _error_answer(exchange, ServiceError("InternalServerError", message, HTTPStatus.INTERNAL_SERVER_ERROR))
    return _answer(exchange, HTTPStatus.OK, b"" if model.output_shape is None else _json(result))


def refuse(request: SignedRequest, path: str, error: ServiceError) -> Answer:
    """Answer a request with an error without processing it."""
    return _error_answer(Exchange(request, path), error)


@cache
def service_model(service: str) -> ServiceModel:
    """Return botocore's model of a service."""
    return ServiceModel(Loader().load_service_model(service, "service-2"), service)


def find_operation(request: SignedRequest, path: str) -> OperationModel:
    """Return the operation that a request is for, or raise ServiceError as AWS does for an unknown one."""
    target = request.headers.get(TARGET_HEADER)
    if target is not None:
        control = service_model(CONTROL_PLANE)
        name = target.removeprefix(TARGET_PREFIX)
        if not target.startswith(TARGET_PREFIX) or name not in control.operation_names:
            raise ServiceError("UnknownOperationException", f"The operation {target[:100]} is unknown.")
        model = control.operation_model(name)
        if (request.method, path) != (model.http["method"], model.http["requestUri"]):
            raise _no_such_operation()
        return model
    found = _operations_by_path().get((request.method, path))
    if found is None:
        raise _no_such_operation()
    return found


@cache
def _operations_by_path() -> dict[tuple[str, str], OperationModel]:
    """Return the operations that are identified by path, by method and path."""
    services = map(service_model, REST)
    models = [service.operation_model(name) for service in services for name in service.operation_names]
    return {(model.http["method"], model.http["requestUri"]): model for model in models}


def _no_such_operation() -> ServiceError:
    return ServiceError("UnknownOperationException", "The service has no such operation.", HTTPStatus.NOT_FOUND)


def _check_content_type(request: SignedRequest, model: OperationModel) -> None:
    """Raise ServiceError if a request is of another content type than its protocol's.

    JSON 1.1 services know their operations by content type too, so that another one is an unknown operation there.
    They take plain JSON beside their own type, and rest-json ones a body without a type, as older SDKs send it.
    """
    protocol = model.service_model.metadata["protocol"]
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type in CONTENT_TYPES[protocol]:
        return
    if protocol == "json":
        raise _no_such_operation()
    message = "The content type of the request must be application/json."
    raise ServiceError("UnsupportedMediaTypeException", message, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def _caller(request: SignedRequest, model: OperationModel, find_key: Callable[[str], Key | None]) -> Caller:
    scope = verify(request, find_key, datetime.now(UTC))
    if scope.key.is_read_only and not model.name.startswith(READING_VERBS):
        # Services of the protocol JSON 1.1 answer a denial with 400, those of rest-json with 403.
        status = HTTPStatus.BAD_REQUEST if TARGET_HEADER in request.headers else HTTPStatus.FORBIDDEN
        raise access_denied(scope.key.access_key_id, scope.key.account, model.name, status)
    return Caller(scope.key.account, scope.region)


def _parameters(body: bytes) -> dict[str, Any]:
    try:
        parameters = DECODER.decode(body.decode() or "{}")
        check_characters(body, parameters)
    except (ValueError, RecursionError) as error:
        raise ServiceError("SerializationException", "The body of the request is not JSON in UTF-8.") from error
    if not isinstance(parameters, dict):
        raise ServiceError("SerializationException", "The body of the request is not a JSON object.")
    return {name: value for name, value in parameters.items() if value is not None}


def _run(caller: Caller, model: OperationModel, parameters: dict[str, Any]) -> Mapping[str, object]:
    operation = OPERATIONS.get(model.name) or WITHOUT_CAMPAIGNS.get(model.name)
    if operation is None:
        served = ", ".join(sorted(OPERATIONS))
        raise ServiceError(
            "UnsupportedOperationException", f"{model.name} is not served by the local service. It serves: {served}."
        )
    if model.input_shape is not None and not is_valid(model.input_shape)(parameters):
        raise _invalid(model, list(islice(violations(model.input_shape, parameters), MOST_VIOLATIONS)))
    return operation(caller, parameters)


def _invalid(model: OperationModel, broken: list[str]) -> ServiceError:
    """Return the error for a request that violates constraints.

    What is wrong with a token alone is InvalidNextTokenException where the operation has it. ListDatasetGroups and
    ListSchemas have no error for their maxResults, and no source says what AWS answers: here it is the service's
    InvalidInputException too.
    """
    errors = "1 validation error" if len(broken) == 1 else f"{len(broken)} validation errors"
    message = f"{errors} detected: {'; '.join(broken)}"
    about_token = all(sentence.startswith("Value at 'nextToken' ") for sentence in broken)
    if about_token and any(error.name == INVALID_NEXT_TOKEN for error in model.error_shapes):
        return ServiceError(INVALID_NEXT_TOKEN, message)
    return invalid_input(message)


def _error_answer(exchange: Exchange, error: ServiceError) -> Answer:
    status = _modelled_status(exchange.operation, error)
    body = _json({"__type": error.code, "message": error.message})
    return _answer(exchange, status, body, error.code)


def _modelled_status(operation: str, error: ServiceError) -> int:
    for service in (*REST, CONTROL_PLANE):
        model = service_model(service)
        if operation in model.operation_names and error.code in model.shape_names:
            status: int = model.shape_for(error.code).metadata.get("error", {}).get("httpStatusCode", error.status)
            return status
    return error.status


def _answer(exchange: Exchange, status: int, body: bytes, error_code: str = "") -> Answer:
    is_control = TARGET_HEADER in exchange.request.headers
    content_type = "application/x-amz-json-1.1" if is_control else "application/json"
    is_quiet = status < HTTPStatus.BAD_REQUEST and exchange.operation.startswith(QUIET_VERBS)
    level = logging.DEBUG if is_quiet else logging.INFO
    log.log(
        level, "%s answered with %d, request id %s.", exchange.operation or "A request", status, exchange.request_id
    )
    common = {
        "x-amzn-RequestId": exchange.request_id,
        "Content-Type": content_type,
        "Content-Length": str(len(body)),
    }
    _note(exchange, status, error_code)
    return Answer(status, common | ({"x-amzn-ErrorType": error_code} if error_code else {}), body)


def _note(exchange: Exchange, status: int | None, error_code: str) -> None:
    if settings.CONSOLE_LOCAL_CONTROLS:
        call_log.note(exchange.account, exchange.operation, status, error_code, exchange.request_id)


def _json(content: Mapping[str, object]) -> bytes:
    # Half of a surrogate pair cannot be encoded: it is written as JSON's own escape, which has the same form.
    return ENCODER.encode(content).encode(errors="backslashreplace")


def _json_value(value: object) -> float:
    """Return a date as the protocol writes it: seconds since 1970."""
    if isinstance(value, datetime):
        # A list has hundreds of dates, and `round(value.timestamp(), 3)` takes half as long again.
        since = value - EPOCH
        return since.days * SECONDS_OF_A_DAY + since.seconds + round(since.microseconds / 1000) / 1000
    raise TypeError(f"An answer has {type(value).__name__}, which the protocol cannot write.")


# It looks for no circles: each date of a list would be remembered while it is written.
ENCODER = json.JSONEncoder(ensure_ascii=False, default=_json_value, check_circular=False)
