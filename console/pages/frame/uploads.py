"""Uploads: at which addresses files are taken, or pieces of them, how long they may be, and of whom."""

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
    """Return what a path takes of a content type beside forms, None if nothing."""
    found = page_at(address)
    upload = found[0].upload if found else None
    return upload if upload and upload.content_type == content_type else None


def longest_upload(address: str, content_type: str) -> int:
    """Return how many bytes a body of a content type may have at a path, 0 where none is taken but a form."""
    upload = upload_at(address, content_type)
    return upload.longest if upload else 0


def may_upload(person: Person, address: str) -> bool:
    """Return whether a person may open the page at a path, to which files are uploaded."""
    found = page_at(address)
    if found is None:
        return False
    page, names = found
    environment = environments_of(person).get(names.get("environment", ""))
    return environment is not None and not why_not_open(person, environment, page)


def takes_file(view: View) -> View:
    """Let the form of a view have one file. The token of the form is looked at once it is known that it may."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def taking(request: HttpRequest, *names: Any, **more: Any) -> HttpResponseBase:
        request.upload_handlers = [OneFile(request)]
        return protected(request, *names, **more)

    return taking
