"""Verifies AWS Signature Version 4: rebuilds what the client signed, signs it, and compares.

The scheme is that of "Create a signed AWS API request" (User Guide of AWS Identity and Access Management), as sent in
the Authorization header. Presigned requests, whose signature is in the query, are refused: no SDK makes them for this
service, and the body of a request without that header is not read.

Where clients put a request together in different ways, each of them is taken:

* a path with a run of slashes is signed as it is, or with one slash in its place, as SDKs do that send `//`;
* a header that is not ASCII is signed by its characters in UTF-8, while Latin-1 is sent (boto3, JavaScript), or by the
  bytes that are sent (curl, Go);
* a run of space is one space, to boto3 also one of no-break spaces.

The way that a request is read by does not depend on the one that it was signed in, so that no signature is valid for
another request than the one it was made for.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import quote

from django.conf import settings

from console.local.errors import ServiceError
from console.local.http.addresses import one_slash_each

SIGNING_NAME = "personalize"
LONGEST_CLOCK_DIFFERENCE = timedelta(minutes=15)
ALGORITHM = "AWS4-HMAC-SHA256"
# A header's name is a token (RFC 9110, section 5.1), in lower case here.
AUTHORIZATION = re.compile(
    rf"{ALGORITHM} +"
    r"Credential=(?P<access_key>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[a-z0-9-]{1,32})/(?P<service>[^/,\s]+)/aws4_request"
    r"\s*,\s*SignedHeaders=(?P<headers>[a-z0-9!#$%&'*+.^_`|~;-]+)\s*,\s*Signature=(?P<signature>[0-9a-f]{64})"
)
# The form of X-Amz-Date, narrower than what datetime.fromisoformat accepts; strptime takes ten times as long.
TIMESTAMP = re.compile(r"[0-9]{8}T[0-9]{6}Z")
TIMESTAMP_FORMAT = "%Y%m%dT%H%M%SZ"
# Headers that say where a request goes: a signature that leaves one out would be valid for another operation too.
ROUTING_HEADERS = {"host", "x-amz-target"}
SPACES = re.compile(r"[ \t]+")
PRESIGNED = re.compile(r"(?:^|&)X-Amz-(?:Signature|Credential|Algorithm)=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as received: the raw path and query of its URL, and headers by lower-case name.

    Each byte of a header is a character of its value, as in Latin-1. A header that came several times has its values
    in one, with commas between them. `host` is one of the headers.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Key:
    """An access key, its account, and whether it is read-only."""

    access_key_id: str
    # Left out of what is printed of a key, as in a traceback with its values.
    secret: str = field(repr=False)
    account: str
    is_read_only: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The caller that a verified signature identifies."""

    key: Key
    region: str


def verify(request: SignedRequest, find_key: Callable[[str], Key | None], now: datetime) -> Scope:
    """Return the scope of a request's signature, or raise ServiceError with AWS's code and status 403.

    `find_key` gives the key of an access key id, or None; `now` is an aware datetime.
    """
    header = request.headers.get("authorization")
    if not header:
        raise _forbidden("MissingAuthenticationTokenException", _missing_token(request))
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
    timestamp = _timestamp(request.headers)
    _check_date(timestamp, match["date"], now)
    signed_headers = sorted(set(match["headers"].split(";")))
    body_hash = hashlib.sha256(request.body).hexdigest()
    _check_stated_hash(request.headers, body_hash)
    if not ROUTING_HEADERS & {"host", *request.headers} <= set(signed_headers):
        raise _mismatch()
    scope = f"{match['date']}/{match['region']}/{SIGNING_NAME}/aws4_request"
    signing_key = _signing_key(key.secret, match["date"], match["region"])
    for canonical in _canonical_requests(request, signed_headers, body_hash):
        to_sign = f"{ALGORITHM}\n{timestamp}\n{scope}\n{hashlib.sha256(canonical).hexdigest()}"
        if hmac.compare_digest(hmac.digest(signing_key, to_sign.encode(), "sha256").hex(), match["signature"]):
            return Scope(key, match["region"])
    raise _mismatch()


def _missing_token(request: SignedRequest) -> str:
    if PRESIGNED.search(request.query):
        return "Missing Authentication Token: sign the request in its Authorization header, not in its query."
    return "Missing Authentication Token"


def _timestamp(headers: Mapping[str, str]) -> str:
    """Return when a request was signed, in the format of X-Amz-Date; raise ServiceError if that is missing.

    The header Date is for requests without X-Amz-Date: a date of HTTP, or one of ISO 8601 in its basic form.
    """
    stated = headers.get("x-amz-date")
    if stated is None and "date" in headers:
        stated = headers["date"]
        if not TIMESTAMP.fullmatch(stated):
            return _of_http_date(stated)
    if stated is None or not TIMESTAMP.fullmatch(stated):
        raise _no_date()
    return stated


def _of_http_date(stated: str) -> str:
    try:
        moment = parsedate_to_datetime(stated)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime(TIMESTAMP_FORMAT)
    except (ValueError, OverflowError) as error:
        raise _no_date() from error


def _check_date(timestamp: str, scope_date: str, now: datetime) -> None:
    try:
        signed_at = datetime.fromisoformat(timestamp)
    except ValueError as error:
        raise _no_date() from error
    if timestamp[:8] != scope_date:
        raise _forbidden(
            "InvalidSignatureException",
            f"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            f"'{scope_date}' != '{timestamp[:8]}', from '{timestamp}'.",
        )
    if settings.CONSOLE_LOCAL_ANY_TIME:
        return
    earliest, latest = now - LONGEST_CLOCK_DIFFERENCE, now + LONGEST_CLOCK_DIFFERENCE
    if earliest <= signed_at <= latest:
        return
    # The words are AWS's: SDKs for Java read the clock's difference out of them.
    minutes = int(LONGEST_CLOCK_DIFFERENCE.total_seconds() // 60)
    now_in_words = now.strftime(TIMESTAMP_FORMAT)
    if signed_at < earliest:
        raise _forbidden(
            "InvalidSignatureException",
            f"Signature expired: {timestamp} is now earlier than {earliest.strftime(TIMESTAMP_FORMAT)} "
            f"({now_in_words} - {minutes} min.)",
        )
    raise _forbidden(
        "InvalidSignatureException",
        f"Signature not yet current: {timestamp} is still later than {latest.strftime(TIMESTAMP_FORMAT)} "
        f"({now_in_words} + {minutes} min.)",
    )


def _no_date() -> ServiceError:
    message = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header with a date."
    return _forbidden("IncompleteSignatureException", message)


def _check_stated_hash(headers: Mapping[str, str], body_hash: str) -> None:
    """Raise ServiceError if a request states the hash of another body, or that its body is not signed."""
    stated = headers.get("x-amz-content-sha256")
    if stated is None or hmac.compare_digest(stated.lower().encode(), body_hash.encode()):
        return
    raise _forbidden(
        "InvalidSignatureException",
        "The header X-Amz-Content-SHA256 is not the SHA-256 hash of the body, which is signed at this service.",
    )


def _canonical_requests(request: SignedRequest, signed_headers: list[str], body_hash: str) -> Iterator[bytes]:
    """Yield the canonical request in each of the ways that clients make it, the usual one first."""
    query = "&".join(f"{key}={value}" for key, value in sorted(_pairs(request.query))) if request.query else ""
    headers = [_value(request.headers, name) for name in signed_headers]
    names = ";".join(signed_headers)
    # An address is written in percent-encoding, which SDKs encode once more.
    for path in dict.fromkeys((one_slash_each(request.path), request.path)):
        start = f"{request.method.upper()}\n{quote(path, safe='/~')}\n{query}\n".encode()
        end = f"\n{names}\n{body_hash}".encode()
        for encoded in _encoded(headers):
            lines = (name.encode() + b":" + value + b"\n" for name, value in zip(signed_headers, encoded, strict=True))
            yield b"".join((start, *lines, end))


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        yield key, value


def _value(headers: Mapping[str, str], name: str) -> str:
    """Return the value of a header; where only CGI's names are known, those with `_` are found under `-`."""
    value = headers.get(name)
    return headers.get(name.replace("_", "-"), "") if value is None else value


def _encoded(values: list[str]) -> Iterator[list[bytes]]:
    """Yield the signed form of header values, in bytes; runs of spaces become one space."""
    if all(value.isascii() for value in values):
        yield [" ".join(value.split()).encode() for value in values]
        return
    sent = [value.encode("latin-1", "replace") for value in values]
    yield [_one_space_each(value).encode() for value in values]
    yield [_one_space_each(value.decode("latin-1")).encode("latin-1") for value in sent]
    # To botocore, no-break spaces are space, too.
    yield [" ".join(value.split()).encode() for value in values]
    yield [" ".join(value.decode(errors="replace").split()).encode() for value in sent]


def _one_space_each(value: str) -> str:
    return SPACES.sub(" ", value).strip(" ")


@lru_cache(maxsize=256)
def _signing_key(secret: str, date: str, region: str) -> bytes:
    """Return the signing key, derived from a secret in four steps; it is the same for a day."""
    key = f"AWS4{secret}".encode()
    for step in (date, region, SIGNING_NAME, "aws4_request"):
        key = hmac.digest(key, step.encode(), "sha256")
    return key


def _forbidden(code: str, message: str) -> ServiceError:
    return ServiceError(code, message, HTTPStatus.FORBIDDEN)


def _mismatch() -> ServiceError:
    return _forbidden(
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided. "
        "Check your AWS Secret Access Key and signing method.",
    )
