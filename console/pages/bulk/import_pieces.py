"""Uploads in pieces by the script of Import records from a file: start or resume one, and send its pieces.

The responses are JSON: the bytes received, the address for the next piece, and finally the import's page; or a
problem, as a sentence.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from console.bulk.models import Import, Stage
from console.bulk.removing import discard
from console.bulk.uploading import uploads
from console.bulk.uploading.uploads import LONGEST_PIECE, UploadError, WrongPlaceError
from console.pages.bulk.taking_in import look, origin_of_request, place, why_not_import, why_not_into
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.frame.registry import Upload
from console.personalize.datasets import load_dataset
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.records.entities import Entity

PIECE = "application/octet-stream"
TOO_LONG = "A piece of a file may have 8 MB at most."
NO_FILE = "The name and the size of the file are missing. Reload the page, and choose the file again."
NO_START = "The request does not say where the piece begins. Reload the page, and choose the file again."
# Sizes in bytes and times in milliseconds have fewer digits.
MOST_DIGITS = 16
POST = ("POST",)

type View = Callable[..., HttpResponse]


def in_json(view: View) -> View:
    """Decorate a view for a script: failures become a problem in JSON rather than a page."""

    @wraps(view)
    def answer(request: HttpRequest, *names: Any, **more: Any) -> HttpResponse:
        try:
            return view(request, *names, **more)
        except WrongPlaceError as error:
            return JsonResponse({"received": error.received}, status=409)
        except UploadError as error:
            return JsonResponse({"problem": str(error)}, status=422)
        except PersonalizeError as error:
            problem = f"{error.failure.sentence} {error.failure.advice}"
            return JsonResponse({"problem": problem, "may_pass": True}, status=502)

    return answer


@environment_page(
    DATASET + "import-records/begin/",
    "Import records from a file",
    methods=POST,
    why_not=why_not_import,
    is_file=True,
)
@in_json
def begin_upload(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Start the upload of a file by `name`, `size` and `changed_at`, or resume the same person's upload of it."""
    name, size = request.POST.get("name", ""), _number(request.POST.get("size"))
    changed_at = _number(request.POST.get("changed_at"))
    if not name or size is None:
        raise UploadError(NO_FILE)
    dataset = load_dataset(environment, group, entity)
    obstacle = why_not_into(dataset)
    if obstacle:
        raise UploadError(obstacle)
    known = origin_of_request(request, environment, group, dataset)
    bulk_import = uploads.unfinished(name, size, changed_at, **known)
    if bulk_import is None:
        bulk_import = uploads.begin(name, size, file_changed_at=changed_at, **known)
    return _answer(bulk_import, environment, group, entity)


@environment_page(
    DATASET + "imports/<uuid:key>/pieces/",
    "Import records from a file",
    methods=POST,
    why_not=why_not_import,
    upload=Upload(PIECE, LONGEST_PIECE, TOO_LONG),
    is_file=True,
)
@in_json
def import_pieces(
    request: HttpRequest, environment: Environment, group: str, entity: Entity, key: UUID
) -> HttpResponse:
    """Receive the piece of a file that begins at `start`; `end` is `look` after the last one, or `cancel`.

    Raise Http404 for an upload that does not exist or is another person's.
    """
    own = Import.objects.filter(person_id=request.user.pk, **place(environment, group, entity))
    bulk_import = own.filter(key=key).first()
    if bulk_import is None:
        raise Http404("There is no such upload.")
    end = request.GET.get("end")
    if end == "cancel":
        left = discard(bulk_import) if bulk_import.stage == Stage.UPLOADING else ""
        return JsonResponse({"is_cancelled": True} | ({"problem": left} if left else {}))
    if end == "look":
        return _look_once(bulk_import, environment, group, entity)
    start = _number(request.GET.get("start"))
    if start is None or request.content_type != PIECE:
        raise UploadError(NO_START)
    if int(request.headers.get("content-length") or 0) > LONGEST_PIECE:
        raise UploadError(TOO_LONG)
    uploads.add_piece(bulk_import, start, request.read())
    return _answer(bulk_import, environment, group, entity)


def _look_once(bulk_import: Import, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Look at a complete file once, and return its page's address, even if an earlier response was lost."""
    if bulk_import.stage == Stage.UPLOADING:
        if bulk_import.received < bulk_import.file_size:
            raise WrongPlaceError(bulk_import.received)
        dataset = load_dataset(environment, group, entity)
        obstacle = why_not_into(dataset)
        if obstacle:
            raise UploadError(obstacle)
        look(bulk_import, dataset)
    return JsonResponse({"page": reverse("bulk_import", args=[environment.name, group, entity, bulk_import.key])})


def _answer(bulk_import: Import, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    pieces = reverse("import_pieces", args=[environment.name, group, entity, bulk_import.key])
    return JsonResponse({"received": bulk_import.received, "pieces": pieces})


def _number(text: str | None) -> int | None:
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number and text is not None else None
