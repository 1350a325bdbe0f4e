"""Finding the import in an address."""

from uuid import UUID

from django.http import Http404

from console.bulk.models import Import
from console.pages.bulk.taking_in import place
from console.personalize.environments import Environment
from console.records.entities import Entity


def import_of(environment: Environment, group: str, entity: Entity, key: UUID) -> Import:
    """Return an import into a dataset of a current environment; raise Http404 if there is none."""
    imports = Import.objects.filter(key=key, **place(environment, group, entity))
    bulk_import = imports.select_related("retry_of", "person").first()
    if bulk_import is None:
        raise Http404("There is no import at this address. It may have been removed: what was sent is in Submissions.")
    return bulk_import
