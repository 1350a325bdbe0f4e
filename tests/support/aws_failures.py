"""Ways in which AWS, or the way to it, fails: what a person is to read of each, and what the trail says of PutUsers.

A sentence says `{call}` for what was called and on what, and `{address}` for where the request went. The codes are
those of "Common Errors" and of PutUsers in AWS's API references, and of the page on retries of the AWS SDKs.
"""

from dataclasses import dataclass
from enum import Enum

from tests.support.aws_stand_in import End, Piece, http

# What is answered within moments has time enough on every machine; what hangs is waited for. A request that gets no
# answer is sent again after half of the time, and what is left then must do for a busy machine to begin the second one.
ENOUGH, LONGER, SHORT = 20, 4, 2
# How long a connection is waited for where there is none: three times fit into ENOUGH with much to spare.
SHORT_CONNECTION = 0.5
HTML = b"<html><body>Sign in to the network</body></html>"


class Where(Enum):
    """Who is asked."""

    STAND_IN = "the stand-in"
    NO_NAME = "a host that no name server knows"
    NOBODY = "a port that nobody listens on"
    NO_ROOM = "a server that takes no more connections"
    OTHER_CERTIFICATE = "a server whose certificate nobody trusts"
    NO_TLS = "a server without TLS, asked with TLS"
    SILENT_TLS = "a server that says nothing to a handshake"
    CLOSING_TLS = "a server that closes the connection at a handshake"


@dataclass(frozen=True)
class Case:
    """One way to fail. `attempts` are from the fewest to the most.

    `seconds` are what CONSOLE_AWS_SECONDS is then, and `connect_seconds` how long a connection is waited for; None for
    as long as the settings make of the former.
    """

    name: str
    outcome: str
    attempts: tuple[int, int]
    sentence: str
    pieces: tuple[Piece, ...] = ()
    where: Where = Where.STAND_IN
    code: str = ""
    status: int | None = None
    message: str = ""
    seconds: float = ENOUGH
    connect_seconds: float | None = None

    def __str__(self) -> str:
        return self.name


def error(code: str, status: int, outcome: str, sentence: str, attempts: tuple[int, int] = (1, 1)) -> Case:
    """Return the case of an error as AWS answers it: events have the code in a header, the control plane in the body."""
    body = f'{{"__type": "com.amazonaws.personalize#{code}", "message": "What AWS says."}}'
    answer = http(status, body.encode(), {"x-amzn-ErrorType": f"{code}:http://internal.amazon.com/"})
    return Case(
        f"{status} {code}", outcome, attempts, sentence, (answer,), code=code, status=status, message="What AWS says."
    )


def other(name: str, outcome: str, status: int, sentence: str, attempts: tuple[int, int], *pieces: Piece) -> Case:
    """Return the case of an answer that is none of AWS's."""
    return Case(name, outcome, attempts, sentence, pieces, status=status)


THREE, ONE, SOME, TWO = (3, 3), (1, 1), (1, 3), (2, 2)
IN = "in the environment Staging."
LATE = "AWS did not respond within {} seconds in the environment Staging."
LATE_SHORT, LATE_LONGER = LATE.format(SHORT), LATE.format(LONGER)
CLOSED = f"The connection was closed before AWS responded at {{address}} {IN}"
UNREADABLE = f"The response of Amazon Personalize {IN[:-1]} could not be read."
INSECURE = f"No secure connection could be made at {{address}} {IN}"
FAILED = "AWS had an internal error during {call}."
REFUSED = "AWS refused {call}."
THROTTLED = "Too many requests: AWS throttled {call}."
DENIED = f"Access denied: the credentials of {IN[3:-1]} may not do {{call}}."
EXPIRED = f"The AWS credentials of {IN[3:-1]} have expired."
CREDENTIALS = f"AWS does not accept the credentials of {IN[3:-1]}."
CLOCK = "The clock of the console's machine is wrong, so AWS refused the request."
CUT_SHORT = "AWS timed out during {call}."
ELSEWHERE = "The endpoint of the environment Staging redirects the console to another address, which AWS never does."
NOT_AWS = "The endpoint of the environment Staging refused {action} with a response that is not AWS's."
NO_ACCESS = f"The AWS account of {IN[3:-1]} has no access to this service or region, so AWS refused {{call}}."

NETWORK = [
    Case("DNS", "not sent", THREE, f"No IP address was found for the host at {{address}} {IN}", where=Where.NO_NAME),
    Case("refused", "not sent", THREE, f"AWS could not be reached at {{address}} {IN}", where=Where.NOBODY),
    Case(
        "no connection",
        "not sent",
        THREE,
        f"No connection was made in time at {{address}} {IN}",
        where=Where.NO_ROOM,
        connect_seconds=SHORT_CONNECTION,
    ),
    Case(
        "wrong certificate",
        "not sent",
        THREE,
        f"The certificate is not trusted at {{address}} {IN}",
        where=Where.OTHER_CERTIFICATE,
    ),
    Case("plain HTTP on a port for TLS", "not sent", THREE, INSECURE, where=Where.NO_TLS),
    Case("silence at a handshake", "not sent", THREE, f"AWS did not respond in time at {{address}} {IN}", where=Where.SILENT_TLS, connect_seconds=SHORT_CONNECTION),
    Case("closed at a handshake", "not sent", THREE, INSECURE, where=Where.CLOSING_TLS),
    Case("closed without an answer", "unconfirmed", THREE, CLOSED, (End.CLOSE,)),
    Case("reset without an answer", "unconfirmed", THREE, CLOSED, (End.RESET,)),
    Case("reset within the headers", "unconfirmed", THREE, CLOSED, (b"HTTP/1.1 200 OK\r\nContent-Le", 0.05, End.RESET)),
    Case("reset within the body", "unconfirmed", THREE, CLOSED, (http(200, b'{"da', {"Content-Length": "90"}), 0.05, End.RESET)),
    Case("closed within the body", "unconfirmed", ONE, UNREADABLE, (http(200, b'{"da', {"Content-Length": "90"}), End.CLOSE), status=200),
    Case("closed before the body", "unconfirmed", ONE, UNREADABLE, (http(200, b"", {"Content-Length": "90"}), End.CLOSE), status=200),
    Case("no HTTP", "unconfirmed", THREE, CLOSED, (b"220 mail.example ESMTP\r\n", End.CLOSE)),
]  # fmt: skip
SLOW = [
    Case("no answer", "unconfirmed", TWO, LATE_LONGER, (30.0, End.CLOSE), seconds=LONGER),
    Case("headers that stop", "unconfirmed", TWO, LATE_LONGER, (b"HTTP/1.1 200 OK\r\n", 30.0), seconds=LONGER),
    Case("headers that drip", "unconfirmed", ONE, LATE_SHORT, (b"HTTP/1.1 200 OK\r\n", *(b"X: y\r\n", 0.2) * 150), seconds=SHORT),
    Case("a body that stops", "unconfirmed", TWO, LATE_LONGER, (http(200, b" ", {"Content-Length": "9"}), 30.0), seconds=LONGER),
    Case("a body that drips", "unconfirmed", ONE, LATE_SHORT, (http(200, b"", {"Content-Length": "999"}), *(b" ", 0.2) * 150), seconds=SHORT),
    Case("an error that drips", "unconfirmed", ONE, LATE_SHORT, (http(400, b"", {"Content-Length": "999"}), *(b" ", 0.2) * 150), seconds=SHORT),
]  # fmt: skip
GARBAGE = [
    Case("200 with HTML", "unconfirmed", ONE, UNREADABLE, (http(200, HTML, {"x-amzn-RequestId": ""}),), status=200),
    Case("200 with HTML and an id", "unconfirmed", ONE, UNREADABLE, (http(200, HTML),), status=200),
    Case("200 with half of JSON", "unconfirmed", ONE, UNREADABLE, (http(200, b'{"datasetGroups": ['),), status=200),
    Case("200 with an array", "unconfirmed", ONE, UNREADABLE, (http(200, b"[]"),), status=200),
    Case("200 with text", "unconfirmed", ONE, UNREADABLE, (http(200, b'"datasetGroups"'),), status=200),
    Case("200 with bytes", "unconfirmed", ONE, UNREADABLE, (http(200, b"\xff\xfe\x00"),), status=200),
    Case("200 with an error in it", "unconfirmed", ONE, UNREADABLE, (http(200, b'{"error": "no"}', {"x-amzn-RequestId": ""}),), status=200),
    Case("204", "unconfirmed", ONE, UNREADABLE, (http(204, b"", {"Content-Length": ""}),), status=204),
    *(
        other(f"{status} to another address", "unconfirmed", status, ELSEWHERE, ONE, http(status, b"", {"Location": "https://example.com/"}))
        for status in (301, 302, 303, 307, 308)
    ),
]  # fmt: skip
THROTTLING = [
    error(code, status, "refused", THROTTLED, THREE)
    for code, status in (
        ("ThrottlingException", 400),
        ("ThrottlingException", 429),
        ("Throttling", 400),
        ("ThrottledException", 400),
        ("RequestThrottledException", 400),
        ("RequestThrottled", 400),
        ("TooManyRequestsException", 429),
        ("ProvisionedThroughputExceededException", 400),
        ("RequestLimitExceeded", 503),
        ("BandwidthLimitExceeded", 400),
        ("SlowDown", 503),
        ("EC2ThrottledException", 400),
    )
]
ERRORS = [
    error("InvalidInputException", 400, "refused", REFUSED),
    error("ResourceNotFoundException", 404, "refused", REFUSED),
    error("ResourceInUseException", 409, "refused", REFUSED),
    error("ValidationException", 400, "refused", REFUSED),
    error("RequestEntityTooLargeException", 413, "refused", REFUSED),
    error("UnknownOperationException", 404, "refused", REFUSED),
    error("SomethingNewException", 418, "refused", REFUSED),
    error("LimitExceededException", 400, "refused", REFUSED, THREE),
    error("AccessDeniedException", 403, "refused", DENIED),
    error("AccessDenied", 403, "refused", DENIED),
    error("NotAuthorized", 401, "refused", DENIED),
    error("ExpiredTokenException", 403, "refused", EXPIRED),
    error("ExpiredToken", 400, "refused", EXPIRED),
    error("UnrecognizedClientException", 403, "refused", CREDENTIALS),
    error("InvalidClientTokenId", 403, "refused", CREDENTIALS),
    error("MissingAuthenticationTokenException", 403, "refused", CREDENTIALS),
    error("IncompleteSignatureException", 400, "refused", CREDENTIALS),
    error("InvalidSignatureException", 403, "refused", CREDENTIALS),
    error("RequestExpired", 400, "refused", CLOCK),
    error("OptInRequired", 403, "refused", NO_ACCESS),
    error("RequestTimeoutException", 408, "unconfirmed", CUT_SHORT, THREE),
    error("RequestAbortedException", 400, "unconfirmed", CUT_SHORT),
    error("InternalFailure", 500, "unconfirmed", FAILED, THREE),
    error("InternalServerException", 500, "unconfirmed", FAILED, THREE),
    error("ServiceUnavailable", 503, "unconfirmed", FAILED, THREE),
    Case(
        "a clock that is wrong", "refused", ONE, CLOCK,
        (http(403, b'{"__type": "com.amazon.coral.service#InvalidSignatureException", "Message": "Signature expired: 20200918T000000Z"}'),),
        code="InvalidSignatureException", status=403, message="Signature expired: 20200918T000000Z",
    ),
    other("400 without members", "refused", 400, NOT_AWS, ONE, http(400, b"{}")),
    other("403 with HTML", "refused", 403, NOT_AWS, ONE, http(403, HTML)),
    other("404 without a body", "refused", 404, NOT_AWS, ONE, http(404)),
    other("407 of a proxy", "refused", 407, NOT_AWS, ONE, http(407, HTML)),
    other("408 of a proxy", "unconfirmed", 408, CUT_SHORT, ONE, http(408, HTML)),
    other("429 without members", "refused", 429, THROTTLED, THREE, http(429)),
    *(other(f"{status} with HTML", "unconfirmed", status, FAILED, THREE, http(status, HTML)) for status in (500, 502, 503, 504)),
    other("500 without a body", "unconfirmed", 500, FAILED, THREE, http(500)),
    other("501 with half of JSON", "unconfirmed", 501, FAILED, ONE, http(501, b'{"mess')),
]  # fmt: skip
CASES = [*NETWORK, *SLOW, *GARBAGE, *THROTTLING, *ERRORS]
