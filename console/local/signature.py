"""AWS Signature Version 4, verified by signing the request again with botocore and comparing."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus

from botocore.auth import SIGV4_TIMESTAMP, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

from console.local.errors import ServiceError

SIGNING_NAME = "personalize"
LONGEST_CLOCK_DIFFERENCE = timedelta(minutes=15)
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 +"
    r"Credential=(?P<access_key>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[a-z0-9-]{1,32})/(?P<service>[^/,\s]+)/aws4_request,"
    r"\s*SignedHeaders=(?P<headers>[a-z0-9;_-]+),\s*Signature=(?P<signature>[0-9a-f]{64})"
)
# Of what datetime.fromisoformat takes, the form of SIGV4_TIMESTAMP: reading it by that takes ten times as long.
TIMESTAMP = re.compile(r"[0-9]{8}T[0-9]{6}Z")
# Headers that say where a request goes: a signature that leaves one out would hold for another operation too.
ROUTING_HEADERS = {"host", "x-amz-target"}


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as it was signed: its URL, of which the path and the query count, and headers by lower-case name.

    `host` is one of the headers.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Key:
    """A pair of keys, the account that it is for, and whether it may only read."""

    access_key_id: str
    # Left out of what is printed of a key, as in a traceback with its values.
    secret: str = field(repr=False)
    account: str
    is_read_only: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What a verified signature says of the caller."""

    key: Key
    region: str


def verify(request: SignedRequest, find_key: Callable[[str], Key | None], now: datetime) -> Scope:
    """Return the scope of a request's signature, or raise ServiceError with AWS's code and status 403.

    `find_key` gives the key of an access key id, or None. The scheme is that of "Signature Version 4 signing process"
    in the AWS General Reference, as sent in the Authorization header.
    """
    header = request.headers.get("authorization")
    if not header:
        raise _forbidden("MissingAuthenticationTokenException", "Missing Authentication Token")
    match = AUTHORIZATION.fullmatch(header.strip())
    if match is None:
        raise _forbidden("IncompleteSignatureException", "The Authorization header is not a Signature Version 4.")
    key = find_key(match["access_key"])
    if key is None:
        raise _forbidden("UnrecognizedClientException", "The security token included in the request is invalid.")
    if match["service"] != SIGNING_NAME:
        raise _forbidden(
            "InvalidSignatureException", f"Credential should be scoped to correct service: '{SIGNING_NAME}'."
        )
    _check_date(request.headers.get("x-amz-date", ""), match["date"], now)
    signed_headers = match["headers"].split(";")
    if not ROUTING_HEADERS & {"host", *request.headers} <= set(signed_headers) or not _hash_holds(request):
        raise _mismatch()
    signature = _signature(request, signed_headers, Credentials(key.access_key_id, key.secret), match["region"])
    if not hmac.compare_digest(signature, match["signature"]):
        raise _mismatch()
    return Scope(key, match["region"])


def _check_date(timestamp: str, scope_date: str, now: datetime) -> None:
    if not TIMESTAMP.fullmatch(timestamp):
        raise _no_date()
    try:
        signed_at = datetime.fromisoformat(timestamp)
    except ValueError as error:
        raise _no_date() from error
    if timestamp[:8] != scope_date:
        raise _forbidden(
            "InvalidSignatureException", "Date in Credential scope does not match YYYYMMDD of X-Amz-Date."
        )
    if abs(now - signed_at) > LONGEST_CLOCK_DIFFERENCE:
        earlier_or_later = "Signature expired" if signed_at < now else "Signature not yet current"
        raise _forbidden(
            "InvalidSignatureException",
            f"{earlier_or_later}: {timestamp} is more than 15 minutes from {now.strftime(SIGV4_TIMESTAMP)}.",
        )


def _no_date() -> ServiceError:
    return _forbidden("IncompleteSignatureException", "The header X-Amz-Date is missing or not a date.")


def _hash_holds(request: SignedRequest) -> bool:
    stated = request.headers.get("x-amz-content-sha256")
    if stated is None:
        return True
    return hmac.compare_digest(stated.encode(), hashlib.sha256(request.body).hexdigest().encode())


class _Resigner(SigV4Auth):
    """Signs exactly the headers that the client signed.

    A key is derived from the secret, the date, the region and the service in four steps, the same for a day.
    """

    def _sign(self, key: bytes, msg: str, hex: bool = False) -> bytes | str:
        if hex:
            return hmac.digest(key, msg.encode(), "sha256").hex()
        return _derived(key, msg)

    def headers_to_sign(self, request: AWSRequest) -> HTTPHeaders:
        return request.headers


@lru_cache(maxsize=256)
def _derived(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode(), "sha256")


def _signature(request: SignedRequest, signed_headers: list[str], credentials: Credentials, region: str) -> str:
    headers = {name: request.headers.get(name, "") for name in signed_headers}
    again = AWSRequest(request.method, request.url, headers, request.body)
    again.context["timestamp"] = request.headers["x-amz-date"]
    signer = _Resigner(credentials, SIGNING_NAME, region)
    canonical = signer.canonical_request(again)
    signature: str = signer.signature(signer.string_to_sign(again, canonical), again)
    return signature


def _forbidden(code: str, message: str) -> ServiceError:
    return ServiceError(code, message, HTTPStatus.FORBIDDEN)


def _mismatch() -> ServiceError:
    return _forbidden(
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided. "
        "Check your AWS Secret Access Key and signing method.",
    )
