"""The order of ids: by code point, whatever order of texts a database was made with."""

from django.db import connection
from django.db.models.functions import Collate

BY_CODE_POINT = {"sqlite": "BINARY", "postgresql": "C"}


def by_code_point(field: str) -> Collate:
    """Return the expression that rows are ordered by for one order of a field's texts in every database."""
    return Collate(field, BY_CODE_POINT[connection.vendor])
