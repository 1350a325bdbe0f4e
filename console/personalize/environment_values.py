"""The environments file: its keys, and the rules of their values."""

import re
from typing import Any
from urllib.parse import urlsplit

from console.output.user_information import may_have_user_information, without_user_information

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# As the host names of AWS's endpoints have it.
REGION = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
LONGEST_REGION = 63
ROLE_ARN = re.compile(r"arn:[a-z-]+:iam::[0-9]{12}:role/[!-~]+")
# "Bucket naming rules" (user guide of Amazon S3), of general purpose buckets: none looks like an IPv4 address.
BUCKET = re.compile(r"(?!.*\.\.)(?![0-9.]+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
# The pattern and length of STS for ExternalId, in its API reference of AssumeRole.
EXTERNAL_ID = re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII)
# Without what RFC 3986 has nowhere in a URL.
ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE | re.ASCII)
# The colours of Cloudscape's badges.
COLOURS = ("blue", "green", "grey", "red", "yellow")
# Where the console writes the files of jobs to, and the role that Amazon Personalize reads them with.
IMPORT_KEYS = ("import_bucket", "import_role_arn")
TEXTS = ("name", "label", "region", "profile", "role_arn", "external_id", "endpoint_url", "colour", *IMPORT_KEYS)
SWITCHES = ("read_only", "guarded")
GROUPS = ("viewers", "operators")
KEYS = (*TEXTS, *SWITCHES, *GROUPS)
LONGEST_TEXT = 2048


class EnvironmentsError(ValueError):
    """The environments file cannot be used; the text says where and what is expected, and no password."""

    def __init__(self, text: str) -> None:
        super().__init__(without_user_information(text))


def check_kind(place: str, key: str, value: object) -> None:
    """Raise EnvironmentsError for a value that is not of the kind of its key; `place` is where it stands."""
    if key in SWITCHES:
        if not isinstance(value, bool):
            raise EnvironmentsError(f"{place}: {key} must be true or false.")
    elif key in GROUPS:
        if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
            raise EnvironmentsError(f'{place}: {key} must be a list of names of groups, such as ["operations"].')
        for name in value:
            _check_characters(place, f"a name in {key}", name)
    elif not isinstance(value, str) or not value:
        raise EnvironmentsError(f"{place}: {key} must be text that is not empty.")
    else:
        _check_characters(place, key, value)


def check_access(place: str, table: dict[str, Any]) -> None:
    """Raise EnvironmentsError for a name, a region, a role or another text of a table that cannot be one.

    No sentence repeats an endpoint URL, which may have a password.
    """
    if not NAME.fullmatch(table["name"]):
        raise EnvironmentsError(
            f"{place}: the name {table['name']!r} must consist of lower-case letters, digits and hyphens."
        )
    region = table["region"]
    if not REGION.fullmatch(region) or len(region) > LONGEST_REGION:
        raise EnvironmentsError(f"{place}: region must look like us-east-1; found {region!r}.")
    for key in ("role_arn", "import_role_arn"):
        if key in table and not ROLE_ARN.fullmatch(table[key]):
            raise EnvironmentsError(f"{place}: {key} must look like arn:aws:iam::123456789012:role/name.")
    _check_imports(place, table)
    if "external_id" in table and "role_arn" not in table:
        raise EnvironmentsError(f"{place}: external_id is for assuming a role, so it needs role_arn.")
    if "external_id" in table and not EXTERNAL_ID.fullmatch(table["external_id"]):
        allowed = "2 to 1224 letters, digits, and characters of +=,.@:/-_"
        raise EnvironmentsError(f"{place}: external_id must consist of {allowed}.")
    if "endpoint_url" in table:
        _check_endpoint_url(place, table["endpoint_url"])
    if table.get("colour", COLOURS[0]) not in COLOURS:
        raise EnvironmentsError(f"{place}: colour must be one of {', '.join(COLOURS)}.")


def _check_imports(place: str, table: dict[str, Any]) -> None:
    for key, other in (IMPORT_KEYS, reversed(IMPORT_KEYS)):
        if key in table and other not in table:
            raise EnvironmentsError(f"{place}: {key} needs {other} beside it.")
    if "import_bucket" in table and not BUCKET.fullmatch(table["import_bucket"]):
        raise EnvironmentsError(
            f"{place}: import_bucket must be the name of a bucket, of 3 to 63 lower-case letters, digits, dots and "
            "hyphens, without s3:// and without a folder."
        )


def _check_characters(place: str, what: str, text: str) -> None:
    """Raise EnvironmentsError for what nobody means: space around a text, a line break in it, an endless one."""
    if text != text.strip():
        raise EnvironmentsError(f"{place}: {what} begins or ends with a space or a line break. Remove it.")
    if not text.isprintable():
        raise EnvironmentsError(f"{place}: {what} has a line break, or another character that cannot be printed.")
    if what != "endpoint_url" and without_user_information(text) != text:
        raise EnvironmentsError(
            f"{place}: {what} has a URL with a user name or a password, before an @. Leave it out."
        )
    if len(text) > LONGEST_TEXT:
        raise EnvironmentsError(f"{place}: {what} has {len(text)} characters. Expected at most {LONGEST_TEXT}.")


def _check_endpoint_url(place: str, url: str) -> None:
    if may_have_user_information(url):
        raise EnvironmentsError(
            f"{place}: endpoint_url has a user name or a password, before an @. Leave it out: the console signs its "
            "requests with AWS credentials, which boto3 finds by itself."
        )
    if "?" in url or "#" in url:
        raise EnvironmentsError(
            f"{place}: endpoint_url must not have a ? or a #. Expected an address such as https://personalize.example."
        )
    if not ADDRESS.fullmatch(url) or not _is_reachable(url):
        raise EnvironmentsError(f"{place}: endpoint_url must be an address such as https://personalize.example:8443.")


def _is_reachable(url: str) -> bool:
    """Return whether botocore sends requests to a URL, to a port that there is."""
    # Importing it takes a tenth of the time of a command.
    from botocore.utils import is_valid_uri

    try:
        return bool(is_valid_uri(url)) and urlsplit(url).port != 0
    except ValueError:
        return False
