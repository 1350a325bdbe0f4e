"""Where an environment's records go: with a dataset's ARN, the endpoint says which dataset is meant.

Two environments with one endpoint and one dataset ARN write to the same users, whatever their names and credentials.
"""

import hashlib
import os
import re
from ipaddress import ip_address
from urllib.parse import urlsplit

import botocore.session
from botocore.exceptions import BotoCoreError
from django.conf import settings

from console.personalize.environments import Environment, environments

# No environment can have these names: see RESERVED_NAMES.
AWS = "aws"
LOCAL_SERVICE = "local"
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
    service of this very console, over HTTP.
    """
    if environment.is_local:
        return LOCAL_SERVICE
    url = environment.endpoint_url or _configured_endpoint(environment)
    if not url:
        return AWS
    return LOCAL_SERVICE if _is_own(url) else normalised(url)


def endpoints() -> dict[str, str]:
    """Return the endpoint of each configured environment by its name; raise EnvironmentsError."""
    return {name: endpoint_of(environment) for name, environment in environments().items()}


def normalised(url: str) -> str:
    """Return one text for all spellings of an endpoint's URL, without user information; AWS for AWS's own endpoints.

    At most 63 characters: of a longer one, a hash stands for the end.
    """
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), _host(url)
    if OF_AWS.fullmatch(host):
        return AWS
    shown_host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, DEFAULT_PORTS.get(scheme)) else f":{parts.port}"
    path = re.sub(r"/+", "/", parts.path).rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    text = f"{scheme}://{shown_host}{port}{path}{query}"
    if len(text) <= LONGEST and " " not in text:
        return text
    mark = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:24]
    return f"{text[: LONGEST - len(mark) - 1].replace(' ', '')}~{mark}"


def _host(url: str) -> str:
    """Return the host of a URL in small letters, LOOPBACK for every name and address of this machine alone."""
    host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    try:
        return LOOPBACK if ip_address(host).is_loopback else host
    except ValueError:
        return host


def _is_own(url: str) -> bool:
    """Say whether a URL is that of this console's local service: at the port that it serves, or at a name of its own.

    Of names that begin with a dot, others may be of other consoles.
    """
    parts, host = urlsplit(url.strip()), _host(url)
    if re.sub(r"/+", "/", parts.path).rstrip("/") != PATH_OF_LOCAL_SERVICE:
        return False
    if host == LOOPBACK:
        port = parts.port or DEFAULT_PORTS.get(parts.scheme.lower())
        return str(port) == os.environ.get(SERVED_PORT)
    return host in {each.lower() for each in settings.ALLOWED_HOSTS if each not in settings.OWN_HOSTS}


# By profile and region: boto3's configuration is read when clients are made, and not again.
_configured: dict[tuple[str | None, str], str] = {}


def _configured_endpoint(environment: Environment) -> str:
    """Return the endpoint that boto3's own configuration has for PutUsers; "" if none can be made of it."""
    key = environment.profile, environment.region
    if key not in _configured:
        try:
            _configured[key] = _read_configuration(*key)
        except (BotoCoreError, ValueError):
            # Nothing can be sent with such a configuration; the pages say what is wrong with it.
            return ""
    return _configured[key]


def _read_configuration(profile: str | None, region: str) -> str:
    session = botocore.session.Session(profile=profile)
    # It calls nothing. With keys of its own it does not look for credentials either, which may take long.
    client = session.create_client(
        "personalize-events", region_name=region, aws_access_key_id="none", aws_secret_access_key="none"
    )
    return client.meta.endpoint_url


def forget_endpoint(environment: Environment) -> None:
    """Read boto3's configuration of an environment anew when it is asked for next, as its clients will."""
    _configured.pop((environment.profile, environment.region), None)


def forget_endpoints() -> None:
    """Read boto3's configuration anew when it is asked for next."""
    _configured.clear()
