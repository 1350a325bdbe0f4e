"""Uploads: which addresses accept files or pieces of them, their largest sizes, and from whom."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from console.pages.frame.permissions import environments_of, why_not_open
from console.pages.frame.registry import Upload, View, page_at
from console.people.roles import Person
from console.server.http.files import OneFile


def upload_at(address: str, content_type: str) -> Upload | None:
    """Return the upload of a content type that a path accepts besides forms; None if none."""
    match = page_at(address)
    upload = match[0].upload if match else None
    return upload if upload and upload.content_type == content_type else None


def longest_upload(address: str, content_type: str) -> int:
    """Return the most bytes of a body of a content type at a path; 0 if the path accepts only forms."""
    upload = upload_at(address, content_type)
    return upload.longest if upload else 0


def may_upload(person: Person, address: str) -> bool:
    """Return whether a person may open the upload page at a path."""
    match = page_at(address)
    if match is None:
        return False
    page, names = match
    environment = environments_of(person).get(names.get("environment", ""))
    return environment is not None and not why_not_open(person, environment, page)


def takes_file(view: View) -> View:
    """Decorate a view whose form may have one file; its CSRF token is checked after its upload handler is set."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def with_file(request: HttpRequest, *names: Any, **more: Any) -> HttpResponseBase:
        request.upload_handlers = [OneFile(request)]
        return protected(request, *names, **more)

    return with_file
