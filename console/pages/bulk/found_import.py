"""The import that an address names, and the fields of one that say whose request it is."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from console.bulk.models import Import
from console.pages.bulk.taking_in import LONGEST_ADDRESS, place
from console.personalize.environments import Environment
from console.records.entities import Entity


def import_of(environment: Environment, group: str, entity: Entity, key: UUID) -> Import:
    """Return an import of a dataset of an environment as it is today; raise Http404 if there is none."""
    found = Import.objects.filter(key=key, **place(environment, group, entity))
    bulk_import = found.select_related("retry_of", "person").first()
    if bulk_import is None:
        raise Http404("There is no import at this address. It may have been removed: what was sent is in Submissions.")
    return bulk_import


def person_fields(request: HttpRequest) -> dict[str, Any]:
    """Return the fields of an import that say whose request it is."""
    return {
        "person": request.user,
        "person_name": request.user.get_username(),
        "address": request.META.get("REMOTE_ADDR", "")[:LONGEST_ADDRESS],
    }
