"""Lists in pages: newest first, with an opaque token that stays right while rows are added and removed."""

from typing import Any

from django.core import signing
from django.db.models import QuerySet

from console.local.errors import ServiceError
from console.local.models import Resource

LONGEST_PAGE = 100


def page[Row: Resource](
    rows: QuerySet[Row], parameters: dict[str, Any], salt: str
) -> tuple[list[Row], dict[str, str]]:
    """Return one page of rows, and the answer's nextToken if there are more.

    The token is the signed key of the page's last row; `salt` names the list, so that a token of another list is
    refused with InvalidNextTokenException, as a forged one is.
    """
    size = parameters.get("maxResults", LONGEST_PAGE)
    if "nextToken" in parameters:
        try:
            rows = rows.filter(pk__lt=signing.loads(parameters["nextToken"], salt=salt))
        except signing.BadSignature as error:
            message = "The next token is not valid: start again without it."
            raise ServiceError("InvalidNextTokenException", message) from error
    found = list(rows.order_by("-pk")[: size + 1])
    if len(found) <= size:
        return found, {}
    return found[:size], {"nextToken": signing.dumps(found[size - 1].pk, salt=salt)}
