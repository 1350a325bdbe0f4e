"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, connection, transaction


def refuses(statement: str) -> None:
    """Fail unless the database refuses a statement, since rows that it would touch are kept as they are."""
    refusal = pytest.raises(IntegrityError, match="neither changed nor removed")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
