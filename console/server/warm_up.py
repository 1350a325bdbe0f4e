"""Prepares what a process needs for its first response once, before its threads would all do so at once."""

from importlib import import_module

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver

from console.storage.places import TEMPLATES

# Modules that pages use and commands start without.
USED_BY_PAGES = (
    "console.metrics.metrics",
    "console.personalize.connections.sessions",
    "console.personalize.messages.failures",
    "console.records.pasted.yaml.loading",
    "jsonschema",
    "jsonschema_rs",
    "regex",
)
USED_BY_PROVIDER = ("console.people.openid.bounded_client", "joserfc.errors")


def warm_up() -> None:
    """Import the pages and what they use, and read their templates, which Django keeps."""
    for name in (*USED_BY_PAGES, *(USED_BY_PROVIDER if settings.CONSOLE_OIDC_ISSUER else ())):
        import_module(name)
    get_resolver().url_patterns  # noqa: B018  # Reading it imports them.
    for path in TEMPLATES.rglob("*.html"):
        get_template(str(path.relative_to(TEMPLATES)))
