"""The request as the views have it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request that django-htmx's middleware has seen."""

    htmx: HtmxDetails
