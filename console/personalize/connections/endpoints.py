"""Where an environment's records go: with a dataset's ARN, the endpoint says which dataset is meant.

Two environments with one endpoint and one dataset ARN write to the same users, whatever their names and credentials.
"""

import hashlib
import os
import re
import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from console.personalize.connections.connections import connection_of
from console.personalize.environments import Environment, environments

# No environment can have these names: see RESERVED_NAMES.
AWS = "aws"
LOCAL_SERVICE = "local"
UNKNOWN = "unknown"
# Endpoints of Personalize at AWS: regional, FIPS, dual-stack and interface endpoints of a VPC (PrivateLink).
OF_AWS = re.compile(
    r"(?:[a-z0-9-]+\.)*personalize(?:-events)?(?:-fips)?\.[a-z0-9-]+\.(?:vpce\.)?(?:amazonaws\.com(?:\.cn)?|api\.aws)"
)
DEFAULT_PORTS = {"http": 80, "https": 443}
# Where this console serves the local service to AWS clients, below its own address.
PATH_OF_LOCAL_SERVICE = "/aws"
# The environment variable with the port on which `serve` listens, for its processes.
SERVED_PORT = "PERSONALIZE_CONSOLE_SERVED_PORT"
LOOPBACK = "localhost"
# With a space and a dataset's ARN of 256 characters at most, it fits into the trail.
LONGEST = 63


def endpoint_of(environment: Environment) -> str:
    """Return which endpoint an environment sends records to: AWS, LOCAL_SERVICE, or a normalised URL.

    An endpoint that the environment does not name may still be in boto3's own configuration. It may be the local
    service of this very console, over HTTP. UNKNOWN where that configuration cannot be read, so that nothing is sent.
    """
    if environment.is_local:
        return LOCAL_SERVICE
    url = environment.endpoint_url or connection_of(environment).endpoint_url
    if not url:
        return UNKNOWN
    try:
        return LOCAL_SERVICE if _is_own(url) else normalised(url)
    except ValueError:
        return normalised(url)


def endpoints() -> dict[str, str]:
    """Return the endpoint of each configured environment by its name; raise EnvironmentsError."""
    return {name: endpoint_of(environment) for name, environment in environments().items()}


def normalised(url: str) -> str:
    """Return one text for all spellings of an endpoint's URL, without user information; AWS for AWS's own endpoints.

    At most 63 characters: of a longer one, a hash stands for the end, and of one that is no URL, for all of it.
    """
    try:
        return _normalised(urlsplit(url.strip()), _host(url))
    except ValueError:
        return f"~{_mark(url)}"


def _normalised(parts: SplitResult, host: str) -> str:
    scheme = parts.scheme.lower()
    if OF_AWS.fullmatch(host):
        return AWS
    shown_host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, DEFAULT_PORTS.get(scheme)) else f":{parts.port}"
    path = re.sub(r"/+", "/", parts.path).rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    text = f"{scheme}://{shown_host}{port}{path}{query}"
    if len(text) <= LONGEST and " " not in text:
        return text
    mark = _mark(text)
    return f"{text[: LONGEST - len(mark) - 1].replace(' ', '')}~{mark}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:24]


def _host(url: str) -> str:
    """Return the host of a URL in small letters, LOOPBACK for every name and address of this machine alone."""
    host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    address = _address(host)
    # A connection to the unspecified address goes to this machine.
    return LOOPBACK if address and (address.is_loopback or address.is_unspecified) else host


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address that a host is, also in the short and other forms that resolvers take, such as 127.1."""
    with suppress(ValueError):
        return ip_address(host)
    with suppress(OSError):
        return ip_address(socket.inet_aton(host))
    return None


def _is_own(url: str) -> bool:
    """Return whether a URL leads to this console's local service, by its port or by one of its host names.

    Of names that begin with a dot, others may be of other consoles.
    """
    parts, host = urlsplit(url.strip()), _host(url)
    if re.sub(r"/+", "/", parts.path).rstrip("/") != PATH_OF_LOCAL_SERVICE:
        return False
    if host == LOOPBACK:
        port = parts.port or DEFAULT_PORTS.get(parts.scheme.lower())
        return str(port) == os.environ.get(SERVED_PORT)
    return host in {each.lower() for each in settings.ALLOWED_HOSTS if each not in settings.OWN_HOSTS}
