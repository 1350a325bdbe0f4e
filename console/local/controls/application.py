"""The controls as a WSGI application, in front of the endpoint that AWS's clients use."""

import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.signals import request_started

from console.local.controls import data, keys, simulating
from console.local.controls.addresses import BELOW, STATE, path_of
from console.local.controls.answers import PIECE, Answer, as_json
from console.local.controls.requests import Refusal, check_sender
from console.local.controls.token import control_token
from console.local.errors import ServiceError
from console.local.http.addresses import PREFIX
from console.output.logs import defect_in_words
from console.storage.database_trouble import database_trouble

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# By address, and then by method.
CONTROLS: Mapping[str, Mapping[str, Callable[[Any], Answer]]] = {
    "/health": {"GET": data.health},
    "/reset": {"POST": data.reset_data},
    "/keys": {"POST": keys.make_key},
    "/records": {"GET": data.records},
    "/simulations": {"GET": simulating.list_simulations, "POST": simulating.add_simulation},
    "/simulations/clear": {"POST": simulating.clear_simulations},
    "/calls": {"GET": data.calls},
    STATE: {"GET": data.save_state, "POST": data.load_state},
}

log = logging.getLogger(__name__)


def with_controls(application: "WSGIApplication") -> "WSGIApplication":
    """Return the application with the controls added."""
    # So that it is there to be read once the server answers.
    control_token()

    def controlled(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = path_of(environ["PATH_INFO"])
        if path is None:
            return application(environ, start_response)
        request_started.send(sender=with_controls, environ=environ)
        answer = _answer(environ, path)
        log.info("The control %s answered with %d.", path if path in CONTROLS else "at another address", answer.status)
        return _sent(answer, environ, start_response)

    return controlled


def _answer(environ: Any, path: str) -> Answer:
    """Return the response of a control, or the refusal of its request."""
    try:
        check_sender(environ)
        return _control(path, environ["REQUEST_METHOD"])(environ)
    except Refusal as refusal:
        return as_json({"message": refusal.sentence}, refusal.status, dict(refusal.headers))
    except ServiceError as error:
        return as_json({"message": error.message}, error.status)
    except Exception as error:
        found = database_trouble(error)
        if found:
            log.warning("A control could not use the database: %s.", found.kind.value)
            return as_json({"message": f"{found.sentence} {found.advice}"}, HTTPStatus.SERVICE_UNAVAILABLE)
        log.error("The control %s failed: %s", path, defect_in_words(error))
        message = "The local service failed unexpectedly. Its log has the details."
        return as_json({"message": message}, HTTPStatus.INTERNAL_SERVER_ERROR)


def _control(path: str, method: str) -> Callable[[Any], Answer]:
    by_method = CONTROLS.get(path)
    if by_method is None:
        known = ", ".join(f"{PREFIX}{BELOW}{each}" for each in CONTROLS)
        raise Refusal(HTTPStatus.NOT_FOUND, f"There is no control at this address. The controls are {known}.")
    if method not in by_method:
        known = " and ".join(by_method)
        headers = {"Allow": ", ".join(by_method)}
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, f"This control takes {known}, and no {method[:20]}.", headers)
    return by_method[method]


def _sent(answer: Answer, environ: Any, start_response: "StartResponse") -> Iterable[bytes]:
    headers = {"Content-Type": answer.content_type, "Cache-Control": "no-store", **answer.headers}
    body = answer.body
    if isinstance(body, bytes):
        headers["Content-Length"] = str(len(body))
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(headers.items()))
    if isinstance(body, bytes):
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
    if hasattr(body, "read"):
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](body, PIECE)
        return wrapped
    return body
