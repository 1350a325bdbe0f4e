"""What there is to be fuzzed: each page, as people see it, its forms, and the names that its code asks a request for."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.test import Client

from tests.fuzz.markup import Form, forms_of
from tests.pages.permissions import Address

# Of CSRF: a cookie and the field that goes with it.
TOKEN = "a" * 32
# More addresses of a page, whose forms are others.
VIEWS = {
    "create_records": ("", "view=form", "again={submission}"),
    "dataset": ("", "filter=u&profile=yes"),
    "submissions": ("", "filter=u"),
}
# What is on every page, and what is in Settings, leads to addresses that show nothing of their own.
WITH_FORMS_OF_OTHERS = ("/local/dataset-groups/", "/settings/", "/local/simulate-responses/")
RECORDS = (
    '[{"USER_ID": "fuzz-1", "MEMBERSHIP_TYPE": "Premium Class|Founding Member", "MEMBER_SINCE": 1600000000, '
    '"TOTAL_SPEND": 12.5, "NEWSLETTER": true}, {"userId": "fuzz-2", "properties": {"membershipType": "Basic", '
    '"memberSince": "1600000001", "totalSpend": 0, "newsletter": "false", "city": null}}]'
)
SCHEMA = (
    '{"type": "record", "name": "Users", "namespace": "com.amazonaws.personalize.schema", "version": "1.0", "fields": '
    '[{"name": "USER_ID", "type": "string"}, {"name": "AGE", "type": ["null", "int"], "default": null}, '
    '{"name": "KIND", "type": "string", "categorical": true}]}'
)
# What a field or a part of an address may hold that is good, by its name, beside what the page itself has in it.
GOOD = {
    "record_input": (RECORDS, RECORDS[1:].partition(', {"userId"')[0]),
    "schema_text": (SCHEMA,),
    "schema_name": ("night-readers",),
    "name": ("night-shop",),
    "username": ("operator",),
    "password": ("operator",),
    "old_password": ("operator",),
    "new_password1": ("Kd83-long-enough",),
    "new_password2": ("Kd83-long-enough",),
    "confirmation": ("loyalty-programme", "night-shop"),
    "known_record": ("fuzz-1",),
    "record_id": ("fuzz-1",),
    "event": ("1",),
    "user": ("fuzz-1",),
    "object": ("fuzz-1",),
    "type": ("Watch",),
    "intent": (
        "create",
        "validate",
        "typing",
        "list",
        "add",
        "format",
        "convert",
        "reset",
        "load",
        "json",
        "form",
        "use",
        "compare",
    ),
    "view": ("form", "json", "details", "delete", ""),
    "format": ("csv", "json-lines", "xlsx"),
    "size": ("10",),
    "changed_at": ("1700000000000",),
    "start": ("0",),
    "end": ("look", "cancel"),
    "properties": ("1",),
    "filter": ("a", "fuzz"),
    "sort": ("-created", "name", "person", "-status"),
    "page": ("1", "2"),
    "seen": ("ACTIVE", "CREATE PENDING"),
    "asked": ("3",),
    "refresh": ("",),
    "selected": ("{submission}", "loyalty-programme", "e896f116"),
    "submission": ("{submission}",),
    "again": ("{submission}",),
    "dataset": ("arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS",),
    "schema_arn": ("arn:aws:personalize:us-east-1:000000000000:schema/loyalty-programme-users-schema",),
    "next": ("/local/dataset-groups/loyalty-programme/datasets/users/create-records/",),
    "from": ("2026-01-01",),
    "to": ("2030-01-01",),
    "within": ("7d",),
    "person": ("operator",),
    "outcome": ("created",),
    "key": ("00000000-0000-4000-8000-000000000001",),
    "opened": ("2026-01-01T00:00:00Z",),
    "schemas_from": ("0", "50"),
    "response": ("ThrottlingException", "none"),
    "scope": ("next", "all"),
    "deletion": ("delete", "loyalty-programme-users-schema", "loyalty-programme-users", "loyalty-programme"),
    "calls": ("3",),
    "seconds": ("0.1",),
    "mode": ("dark", "FULL", "INCREMENTAL", "PUT", "ALL"),
    "source": ("new", "existing", "text", "location"),
    "text": ("USER_ID\nfuzz-1\n", "fuzz-1\nfuzz-2"),
    "location": ("s3://bucket/file.csv", "s3://bucket/folder/"),
    "role_arn": ("arn:aws:iam::000000000000:role/personalize",),
    "kms_key_arn": ("arn:aws:kms:us-east-1:000000000000:key/1",),
    "tags": ("team=shop",),
    "remove": ("team",),
    "publishes_metrics": ("on",),
    "kind": ("dataset_import_job", "dataset_export_job", "signed in"),
    "environment": ("local",),
    "job": ("nightly",),
    "file": ("nightly.csv",),
    "density": ("compact",),
    "zone": ("", "GMT", "Europe/Berlin"),
}


@dataclass(slots=True)
class Page:
    """A page: its address, its forms, and the names that its code looks for in a request.

    `good` has what is good there and nowhere else, by the names of fields.
    """

    address: Address
    path: str
    forms: list[Form] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    good: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def good_values(page: Page, name: str, submission: str) -> tuple[str, ...]:
    """Return what is good in a page's field of a name, as far as it is known here."""
    values = page.good.get(name) or GOOD.get(name, ())
    return tuple(each.replace("{submission}", submission) for each in values)


def explore(
    addresses: list[Address], path_of: Callable[[Address], str], clients: dict[str, Client], submission: str
) -> list[Page]:
    """Open each page as each person, send its forms as they are, and return what was found out about it."""
    return [_explored(address, path_of(address), clients, submission) for address in addresses]


def _explored(address: Address, path: str, clients: dict[str, Client], submission: str) -> Page:
    page = Page(address, path)
    asked: set[str] = set()
    with _names_asked(asked):
        for client in clients.values():
            for query in VIEWS.get(address.name, ("",)):
                _learn_forms(page, client, f"{path}?{query.replace('{submission}', submission)}")
            # One that says nothing is refused wherever a field must be there, and changes nothing.
            client.post(path, {"intent": "typing"})
    # The last one sees all that there is.
    *_others, sees_all = clients.values()
    for each in WITH_FORMS_OF_OTHERS:
        _learn_forms(page, sees_all, each)
    page.names = sorted(asked | {name for form in page.forms for name in form.fields})
    return page


def _learn_forms(page: Page, client: Client, address: str) -> None:
    """Add the forms of an address that lead to a page, and that it does not have yet."""
    answer: Any = client.get(address)
    html = "" if answer.streaming else answer.content.decode(errors="replace")
    for form in forms_of(html):
        action = form.action.partition("#")[0].partition("?")[0] or address.partition("?")[0]
        # Each page has a token of its own, and a case has one that is known.
        form.fields |= {name: [TOKEN] for name in form.fields if name == "csrfmiddlewaretoken"}
        if form.method == "POST" and action == page.path and form not in page.forms:
            page.forms.append(form)


@contextmanager
def _names_asked(asked: set[str]) -> Iterator[None]:
    """Learn which names the code looks for in addresses and forms, as long as a block runs."""
    found, find_all = QueryDict.__getitem__, QueryDict.getlist

    def find(self: Any, key: str) -> Any:
        asked.add(key)
        return found(self, key)

    def find_each(self: Any, key: str, *default: Any) -> Any:
        asked.add(key)
        return find_all(self, key, *default)

    QueryDict.__getitem__, QueryDict.getlist = find, find_each  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del QueryDict.__getitem__, QueryDict.getlist
