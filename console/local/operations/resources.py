"""What all resources have in common: making one, finding one, and listing them in pages."""

from typing import Any

from django.core import signing
from django.db.models import Manager, QuerySet

from console.local.errors import ServiceError, already_exists, not_found
from console.local.models import Resource
from console.local.operations.caller import Caller

LONGEST_PAGE = 100


def make[Row: Resource](rows: Manager[Row], caller: Caller, arn: str, **fields: Any) -> Row:
    """Return a new resource of the caller; raise ResourceAlreadyExistsException if its ARN is taken."""
    row, is_new = rows.get_or_create(arn=arn, defaults={**caller.scope, **fields})
    if not is_new:
        raise already_exists(arn)
    return row


def find[Row: Resource](rows: Manager[Row] | QuerySet[Row], caller: Caller, arn: str, kind: str) -> Row:
    """Return the caller's resource of an ARN; raise ResourceNotFoundException, which names its kind."""
    row = rows.filter(arn=arn, **caller.scope).first()
    if row is None:
        raise not_found(kind, arn)
    return row


def page[Row: Resource](
    rows: Manager[Row] | QuerySet[Row], caller: Caller, parameters: dict[str, Any], list_name: str
) -> tuple[list[Row], dict[str, str]]:
    """Return one page of the caller's rows, newest first, and the answer's nextToken if there are more.

    The token is the signed key of the page's last row, so that it stays right while rows are added and removed. One
    of another caller or another list is refused with InvalidNextTokenException, as a forged one is.
    """
    own = rows.filter(**caller.scope)
    salt = f"{caller.account}/{caller.region}/{list_name}"
    size = parameters.get("maxResults", LONGEST_PAGE)
    if "nextToken" in parameters:
        try:
            own = own.filter(pk__lt=signing.loads(parameters["nextToken"], salt=salt))
        except signing.BadSignature as error:
            message = "The next token is not valid: start again without it."
            raise ServiceError("InvalidNextTokenException", message) from error
    found = list(own.order_by("-pk")[: size + 1])
    if len(found) <= size:
        return found, {}
    return found[:size], {"nextToken": signing.dumps(found[size - 1].pk, salt=salt)}
