"""The matrix of permissions: every address, what each person may do in each environment, and the rule of each page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

SIGNED_OUT, VIEWER, OPERATOR, ADMINISTRATOR = "signed out", "viewer", "operator", "administrator"
# A viewer who is in the group `testers`.
MEMBER = "member"
PEOPLE = (SIGNED_OUT, VIEWER, OPERATOR, ADMINISTRATOR, MEMBER)

# The keys of each environment beside its name, region and endpoint.
ENVIRONMENTS = {
    "open": "",
    "hidden": 'viewers = ["others"]',
    "listed": 'viewers = ["testers"]',
    "granted": 'operators = ["testers"]',
    "private": 'viewers = ["others"]\noperators = ["testers"]',
    "sealed": "read_only = true",
    "sealed-private": 'read_only = true\nviewers = ["testers"]\noperators = ["testers"]',
    "guarded": "guarded = true",
    "local": "",
}
NOTHING, SEES, WRITES = "", "sees", "writes"
# What VIEWER, OPERATOR, ADMINISTRATOR and MEMBER may do in each of them.
MAY = {
    "open": (SEES, WRITES, WRITES, SEES),
    "hidden": (NOTHING, NOTHING, WRITES, NOTHING),
    "listed": (NOTHING, NOTHING, WRITES, SEES),
    "granted": (SEES, SEES, WRITES, WRITES),
    "private": (NOTHING, NOTHING, WRITES, WRITES),
    "sealed": (SEES, SEES, SEES, SEES),
    "sealed-private": (NOTHING, NOTHING, SEES, SEES),
    "guarded": (SEES, WRITES, WRITES, SEES),
    "local": (SEES, WRITES, WRITES, SEES),
}
# Whether these see properties of records, and what may quote them, there.
SEE_PROPERTIES = {
    "open": (False, True, True, False),
    "hidden": (False, False, True, False),
    "listed": (False, False, True, False),
    "granted": (False, False, True, True),
    "private": (False, False, True, True),
    "sealed": (False, True, True, False),
    "sealed-private": (False, False, True, True),
    "guarded": (False, True, True, False),
    "local": (False, True, True, False),
}
# A value for each name that an address has.
NAMES = {
    "environment": "local",
    "group": "loyalty-programme",
    "entity": "users",
    "tracker": "e896f116",
    "schema": "loyalty-programme-users-schema",
    "job": "nightly",
    "table": "datasets",
    "submission": "00000000-0000-4000-8000-000000000000",
    "key": "00000000-0000-4000-8000-000000000000",
    "person_id": "999999999",
    "object_id": "1",
    "content_type_id": "1",
    "id": "1",
    "app_label": "auth",
    "url": "nowhere/",
}


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the URL conf: its URL name, or its route where it has none, and its path in an environment."""

    name: str
    route: str

    @property
    def is_of_environment(self) -> bool:
        """Whether it is within an environment."""
        return self.route.startswith("<environment:environment>/")

    def path(self, environment: str) -> str:
        """Return a path of this address; fail for a name that has no value here."""
        names = {**NAMES, "environment": environment}
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: names[match[1]], self.route)


def addresses(resolver: Any = None, before: str = "", namespace: str = "") -> Iterator[Address]:
    """Give every address of the URL conf, those of the admin too."""
    for each in (resolver or get_resolver()).url_patterns:
        route = before + _route(each)
        if isinstance(each, URLResolver):
            yield from addresses(each, route, f"{each.namespace}:" if each.namespace else namespace)
        else:
            yield Address(f"{namespace}{each.name}" if each.name else route, route)


def _route(pattern: URLPattern | URLResolver) -> str:
    if isinstance(pattern.pattern, RoutePattern):
        return str(pattern.pattern)
    # What is left of a regular expression without its anchors, once its groups are names.
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(pattern.pattern)).strip("^$")


def may(person: str, environment: str) -> str:
    """Return what a person who is signed in may do in an environment."""
    people = (VIEWER, OPERATOR, ADMINISTRATOR, MEMBER)
    return MAY[environment][people.index(person)]


def sees_properties(person: str, environment: str) -> bool:
    """Return whether a person who is signed in sees properties of records in an environment."""
    people = (VIEWER, OPERATOR, ADMINISTRATOR, MEMBER)
    return SEE_PROPERTIES[environment][people.index(person)]


READS = ("GET", "HEAD")

type Rule = Callable[[str, str, str], int]


def shows(person: str, method: str, environment: str) -> int:
    """A page that everybody sees who sees the environment, and that takes nothing."""
    return 200 if method in READS else 405


def shows_what_is_not_there(person: str, method: str, environment: str) -> int:
    """A page of something that the address names, and that is not there."""
    return 404 if method in READS else 405


def shows_a_job(person: str, method: str, environment: str) -> int:
    """The page of a job that AWS has, and the local service has not."""
    if method not in READS:
        return 405
    return 404 if environment == "local" else 200


def downloads(person: str, method: str, environment: str) -> int:
    """A file of the local service, for those who see properties; there is none."""
    if method not in READS:
        return 405
    return 404 if sees_properties(person, environment) else 403


def exports(person: str, method: str, environment: str) -> int:
    """A file for everybody who sees the environment, in one of the formats that the address asks for: in none here."""
    return 400 if method in READS else 405


def creates(person: str, method: str, environment: str) -> int:
    """A page to create or delete what is described in AWS's control plane: nobody else opens it."""
    if method not in (*READS, "POST"):
        return 405
    if may(person, environment) != WRITES:
        return 403
    return 200 if method in READS else 422


def sends(person: str, method: str, environment: str) -> int:
    """A page to create records or change tags: everybody opens it, and it sends for those alone who write."""
    if method in READS:
        return 200
    if method != "POST":
        return 405
    return 422 if may(person, environment) == WRITES else 403


def is_for_writers(person: str, method: str, environment: str) -> int:
    """A page for those alone who create records there, which takes nothing."""
    if method not in READS:
        return 405
    return 200 if may(person, environment) == WRITES else 403


def has_nothing_for_writers(person: str, method: str, environment: str) -> int:
    """A page, for those who create records there, of something that the address names, and that is not there."""
    status = is_for_writers(person, method, environment)
    return 404 if status == 200 else status


def changes_nothing_for_writers(person: str, method: str, environment: str) -> int:
    """A page of that kind with forms."""
    return has_nothing_for_writers(person, "GET" if method == "POST" else method, environment)


def takes_uploads(person: str, method: str, environment: str) -> int:
    """What a script sends the name of a file to, of those who create records there; this request has none."""
    if method != "POST":
        return 405
    return 422 if may(person, environment) == WRITES else 403


def takes_pieces(person: str, method: str, environment: str) -> int:
    """What a script sends the pieces of a file to, which is not there."""
    status = takes_uploads(person, method, environment)
    return 404 if status == 422 else status


def simulates(person: str, method: str, environment: str) -> int:
    """A page of the local service, for those who write."""
    if method in (*READS, "POST") and environment != "local":
        return 404
    return creates(person, method, environment)


def shows_in_local_service(person: str, method: str, environment: str) -> int:
    """A page of the local service that everybody sees, and that takes nothing."""
    if method not in READS:
        return 405
    return 200 if environment == "local" else 404


def resets(person: str, method: str, environment: str) -> int:
    """A page of the local service, for administrators; its form has no fields."""
    if method not in (*READS, "POST"):
        return 405
    if environment != "local":
        return 404
    if person != ADMINISTRATOR:
        return 403
    return 200 if method in READS else 302


def own(person: str, method: str, environment: str) -> int:
    """A page of a person's own, with a form that must have its fields."""
    if person == SIGNED_OUT:
        return 302
    if method not in (*READS, "POST"):
        return 405
    return 200 if method in READS else 422


def is_for_administrators(person: str, method: str, environment: str) -> int:
    """A page outside all environments, for administrators."""
    if person == SIGNED_OUT:
        return 302
    if method not in READS:
        return 405
    return 200 if person == ADMINISTRATOR else 403


def is_changed_by_administrators(person: str, method: str, environment: str) -> int:
    """A page outside all environments, with a form, for administrators."""
    if method != "POST":
        return is_for_administrators(person, method, environment)
    if person == SIGNED_OUT:
        return 302
    return 422 if person == ADMINISTRATOR else 403


def changes_nothing_for_administrators(person: str, method: str, environment: str) -> int:
    """A page of that kind of something that the address names, and that is not there."""
    status = is_changed_by_administrators(person, method, environment)
    return 404 if status in (200, 422) else status


def sets_passwords(person: str, method: str, environment: str) -> int:
    """A page for those who are not signed in, whose form must have its fields."""
    if method not in (*READS, "POST"):
        return 405
    if person != SIGNED_OUT:
        return 403
    return 422 if method == "POST" else 200


def exports_stored_records(person: str, method: str, environment: str) -> int:
    """A file of that kind that the local service alone has."""
    if method in READS and environment != "local":
        return 404
    return exports(person, method, environment)


def exports_for_administrators(person: str, method: str, environment: str) -> int:
    """A file of that kind, in one of the formats that the address asks for: in none here."""
    status = is_for_administrators(person, method, environment)
    return 400 if status == 200 else status


def leads_on(person: str, method: str, environment: str) -> int:
    """A page that leads to another one, which is the one to sign in where nobody is."""
    return 302


def is_for_all(person: str, method: str, environment: str) -> int:
    """What anybody and any machine may ask."""
    return 200


def is_read_by_machines(person: str, method: str, environment: str) -> int:
    """What anybody on the console's own machine may read, as these people are."""
    return 200 if method in READS else 405


def has_moved(person: str, method: str, environment: str) -> int:
    """A former address, which leads to the new one in any environment: the rule of that one applies there."""
    if person == SIGNED_OUT:
        return 302
    if method not in (*READS, "POST"):
        return 405
    return 308 if method == "POST" else 301


def signs_in(person: str, method: str, environment: str) -> int:
    """The page to sign in, which leads on a person who is signed in."""
    if person != SIGNED_OUT:
        return 302
    return 422 if method == "POST" else 200


def leads_to_provider(person: str, method: str, environment: str) -> int:
    """The way to sign in with a provider, where there is none."""
    return 404 if method in ("GET", "POST") else 405


def comes_from_provider(person: str, method: str, environment: str) -> int:
    """The way back from a provider, where there is none."""
    return 404 if method == "GET" else 405


def signs_out(person: str, method: str, environment: str) -> int:
    """It takes a POST, so that no link signs anybody out, of everybody: the database need not say who it is."""
    return 302 if method == "POST" else 405


def signs_out_elsewhere(person: str, method: str, environment: str) -> int:
    """It takes a POST too, and needs to know of whom."""
    return 302 if method == "POST" or person == SIGNED_OUT else 405


def signs_in_to_admin(person: str, method: str, environment: str) -> int:
    """It stands in for the admin's own: a person who is signed in comes here because they may not go further."""
    return 302 if person == SIGNED_OUT else 403


def redacts(person: str, method: str, environment: str) -> int:
    """A page for administrators, in read-only environments too: the trail is the console's own."""
    if method not in (*READS, "POST"):
        return 405
    if person != ADMINISTRATOR:
        return 403
    return 200 if method in READS else 422


RULES: dict[str, Rule] = {
    "home": leads_on,
    "healthz": is_for_all,
    "readyz": is_for_all,
    "metrics": is_read_by_machines,
    "sign_in": signs_in,
    "sign_in_with_provider": leads_to_provider,
    "provider_answer": comes_from_provider,
    "sign_out": signs_out,
    "environment_submissions": shows,
    "activity": is_for_administrators,
    "export_activity": exports_for_administrators,
    "people": is_for_administrators,
    "export_people": exports_for_administrators,
    "person": changes_nothing_for_administrators,
    "invite_person": is_changed_by_administrators,
    "set_password": sets_passwords,
    "environments_page": is_changed_by_administrators,
    "former_environments": is_for_administrators,
    "settings_page": own,
    "sign_out_everywhere": signs_out_elsewhere,
    "change_password": own,
    "table_preferences": own,
    "admin/login/": signs_in_to_admin,
    "admin/logout/": signs_out,
    "admin:login": signs_in_to_admin,
    "admin:logout": signs_out,
    "simulate_responses": simulates,
    "reset_demo_data": resets,
    "earlier_demos": shows_in_local_service,
    "tour": shows_in_local_service,
    "tour_file": shows_in_local_service,
    "former_create_dataset": has_moved,
    "former_record_history": has_moved,
    "former_stored_record": has_moved,
    "create_dataset_group": creates,
    "dataset_groups": shows,
    "dataset_group": shows,
    "delete_dataset_group": creates,
    "dataset_group_tags": sends,
    "dataset_tags": sends,
    "event_tracker_tags": sends,
    "datasets": shows,
    "create_dataset": creates,
    "delete_dataset": creates,
    "replace_schema": creates,
    "dataset": shows,
    "schemas": shows,
    "schema": shows,
    "delete_schema": creates,
    "event_trackers": shows,
    "event_tracker": shows,
    "create_event_tracker": creates,
    "delete_event_tracker": creates,
    "dataset_import_jobs": shows,
    "dataset_import_job": shows_a_job,
    "create_dataset_import_job": creates,
    "dataset_export_jobs": shows,
    "dataset_export_job": shows_a_job,
    "create_dataset_export_job": creates,
    "data_deletion_jobs": shows,
    "data_deletion_job": shows_a_job,
    "create_data_deletion_job": creates,
    "job_file": downloads,
    "create_records": sends,
    "import_records": creates,
    "import_template": exports,
    "begin_upload": takes_uploads,
    "import_pieces": takes_pieces,
    "imports": is_for_writers,
    "bulk_import": changes_nothing_for_writers,
    "download_failed_rows": has_nothing_for_writers,
    "stored_event": shows_what_is_not_there,
    "export_stored_records": exports_stored_records,
    "stored_record": shows_what_is_not_there,
    "submissions": shows,
    "export_submissions": exports,
    "export_environment_submissions": exports,
    "export_records": exports,
    "export_environment_records": exports,
    "record_history": shows_what_is_not_there,
    "redact_records": redacts,
    "submission": shows_what_is_not_there,
}
