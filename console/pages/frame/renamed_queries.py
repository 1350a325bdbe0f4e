"""Query parameters of the former, users-only addresses, and their present names."""

from django.http import QueryDict

NAMES = {"user_id": "record_id", "known_user": "known_record"}
SORTS = {"users": "records", "-users": "-records"}


def renamed_query(query: QueryDict) -> QueryDict | None:
    """Return a query with former names replaced by present ones; None if it has no former name."""
    if not NAMES.keys() & query.keys() and query.get("sort") not in SORTS:
        return None
    renamed = QueryDict(mutable=True)
    for name, values in query.lists():
        present = [SORTS.get(value, value) for value in values] if name == "sort" else values
        renamed.setlist(NAMES.get(name, name), present)
    return renamed
