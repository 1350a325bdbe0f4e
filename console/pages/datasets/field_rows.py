"""The template tag for the rows of a schema's fields, which several pages show."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from console.records.schemas.fields import Field

register = template.Library()


@register.simple_tag
def field_rows(fields: Iterable[Field]) -> SafeString:
    """Return the rows of a schema's fields, cached: rendering them takes an eighth of the time of Create record(s)."""
    return _rows(tuple(fields))


# Safe to cache: the rows contain nothing but the fields.
@lru_cache(maxsize=64)
def _rows(fields: tuple[Field, ...]) -> SafeString:
    return render_to_string("datasets/field_rows.html", {"fields": fields})
